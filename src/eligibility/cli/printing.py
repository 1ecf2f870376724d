"""What commands print, and where."""

import sys


def say(text: str) -> None:
    """A line of result."""
    sys.stdout.write(f"{text}\n")


def points_text(points: tuple[int, int]) -> str:
    """Points as one number, or from the least to the most."""
    lo, hi = points
    return str(lo) if lo == hi else f"{lo}-{hi}"


def complain(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stderr.write(f"{text}\n")
