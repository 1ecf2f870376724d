"""`eligibility whatif FACTS --row N --set NAME=VALUE…`: what changes, or with --change the nearest way to
met.
"""

import argparse
from typing import Any

from eligibility.advice import nearest_fix, what_if
from eligibility.cli.arguments import add_facts, add_programmes, chosen_row, chosen_versions
from eligibility.cli.printing import say
from eligibility.errors import InputFileError
from eligibility.facts import Value, read_facts
from eligibility.headings import read_heading
from eligibility.relations import broken_relations
from eligibility.vocabulary import chinese_name


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser(
        "whatif", help="change facts of one enterprise and see which verdicts change"
    )
    add_facts(parser, row=True)
    add_programmes(parser)
    parser.add_argument(
        "--set", nargs="+", default=[], metavar="NAME=VALUE", help="facts to change; NAME= drops one"
    )
    parser.add_argument(
        "--change",
        nargs="+",
        default=[],
        metavar="NAME+",
        help="facts that may rise (NAME+) or fall (NAME-): propose",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when the row has errors, 0 otherwise."""
    changes = _changes(options)
    reading = chosen_row(options)
    ways = dict(_way(text) for text in options.change)
    for version in chosen_versions(options):
        say(f"{version.code}@{version.label}")
        for broken in broken_relations(_merged(reading.facts, changes)):
            raise InputFileError(f"--set contradicts the other facts: {broken.part} {broken.problem}")
        for change in what_if(version, reading.facts, changes):
            say(f"  {change.id or 'verdict'}: {change.before} -> {change.after}")
        if ways:
            fix = nearest_fix(version, _merged(reading.facts, changes), ways)
            say(
                f"  {'no way to met found with these facts' if fix is None else 'met with ' + _fix(fix.changes)}"
            )
    return int(bool(reading.errors))


def _merged(facts: dict[str, Value], changes: dict[str, Any]) -> dict[str, Value]:
    return {name: value for name, value in (facts | changes).items() if value is not None}


def _changes(options: argparse.Namespace) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for text in options.set:
        name, sign, value = text.partition("=")
        if not sign:
            raise InputFileError(f"expected NAME=VALUE after --set, got {text}")
        read = read_facts({name: value}, options.on)
        if read.errors:
            raise InputFileError(f"--set {text}: {read.errors[0].problem}")
        changes[_known(name)] = read.facts.get(_known(name)) if value.strip() else None
    return changes


def _way(text: str) -> tuple[str, int]:
    ways = {"+": 1, "-": -1}
    name, way = (text[:-1], ways[text[-1]]) if text[-1:] in ways else (text, 1)
    return _known(name), way


def _known(name: str) -> str:
    heading = read_heading(name)
    if heading is None:
        raise InputFileError(f"expected a fact of the vocabulary, got {name}")
    return heading.spec.name


def _fix(changes: dict[str, tuple[Value | None, Value]]) -> str:
    parts = [f"{chinese_name(name)} {name} {'missing' if old is None else old} -> {new}"
             for name, (old, new) in changes.items()]  # fmt: skip
    return "; ".join(parts) or "nothing changed"
