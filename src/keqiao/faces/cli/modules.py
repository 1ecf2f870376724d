"""`keqiao modules`: what each module declares, by the registries' own count."""

import argparse
import sys
from typing import Any

from keqiao.kernel.steps import modules

FIRST = ("models", "states")


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("modules", help="print what each module declares")
    parser.set_defaults(call=show)


def show(_args: argparse.Namespace) -> None:
    sys.stdout.write(table())


def table() -> str:
    """A line a module, the lowest first: its clauses, and how much of each registry is its own."""
    rows = [(config, modules.counts(config)) for config in modules.installed()]
    heads = sorted(rows[0][1], key=lambda name: (name not in FIRST, name)) if rows else []
    lines = [["module", *heads, "clauses"]]
    lines += [
        [config.label, *(str(counts[head] or "") for head in heads), " ".join(config.about.clauses)]
        for config, counts in rows
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )
