"""Tests of the command line: every command, exit code and language."""
