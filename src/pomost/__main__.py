"""`python -m pomost`: the command line, also for runs the panel starts as processes of their own."""

from pomost.cli import run

if __name__ == "__main__":
    run()
