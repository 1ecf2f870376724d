"""`eligibility check FILE…`: types, units, gaps and overlaps, conditions that can never hold."""

import argparse
from pathlib import Path

from eligibility.checks import check_programme
from eligibility.cli.printing import complain, say
from eligibility.errors import RuleError
from eligibility.loading import load_programme


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("check", help="check programme files")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a programme file (YAML)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when a file has an error, 0 otherwise; warnings alone pass."""
    return max(_check(path) for path in options.files)


def _check(path: Path) -> int:
    try:
        programme = load_programme(path)
    except RuleError as error:
        complain(str(error))
        return 1
    findings = check_programme(programme)
    for finding in findings:
        complain(f"{path}:{finding}")
    failed = any(finding.severity == "error" for finding in findings)
    if not failed:
        states = ", ".join(f"{version.label} {version.state}" for version in programme.versions)
        say(f"{path}: {programme.code} can be used ({states})")
    return int(failed)
