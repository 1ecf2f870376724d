"""What commands print, and where."""

import json
import sys
from typing import Any


def say(text: str) -> None:
    """A line of result."""
    sys.stdout.write(f"{text}\n")


def say_json(record: dict[str, Any]) -> None:
    """One JSON object on a line, Chinese as it is."""
    say(json.dumps(record, ensure_ascii=False))


def complain(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stderr.write(f"{text}\n")
