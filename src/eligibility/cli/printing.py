"""What commands print, and where."""

import sys


def say(text: str) -> None:
    """A line of result."""
    sys.stdout.write(f"{text}\n")


def complain(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stderr.write(f"{text}\n")
