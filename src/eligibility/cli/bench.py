"""`eligibility bench`: times, ratios against peers where they are installed, memory."""

import argparse

from eligibility.bench import report


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("bench", help="measure speed and memory, with peers where installed")
    parser.add_argument("--rows", type=int, default=report.ROWS)
    parser.add_argument("--programmes", type=int, default=report.PROGRAMMES)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when it ran."""
    return report.run(options.rows, options.programmes)
