"""`python -m pomost`: the command line, also for runs the panel starts as processes of their own."""

from pomost.cli import main

if __name__ == "__main__":
    main(prog_name="pomost")
