"""Entry point: choose the command, turn the library's errors into one line and an exit code."""

import argparse
import os
import sys
from collections.abc import Sequence

from eligibility.cli import bench, check, diff, evaluate, explain, table, whatif
from eligibility.errors import EligibilityError

COMMANDS = (check, evaluate, explain, whatif, diff, table, bench)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="eligibility", description="Which programmes can an enterprise get, and why."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except EligibilityError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201 - a command prints
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code
