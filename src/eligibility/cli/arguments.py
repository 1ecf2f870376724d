"""Arguments and reading that several commands share."""

import argparse
import re
from datetime import date
from itertools import islice
from pathlib import Path

from eligibility.cli.printing import complain
from eligibility.errors import InputFileError
from eligibility.facts import Reading
from eligibility.facts_file import FactsFile, open_facts
from eligibility.kinds import KINDS, NEW
from eligibility.library import find_version
from eligibility.loading import load_programme
from eligibility.programme import Programme, Version

DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def read_day(text: str) -> date:
    """A date of the command line."""
    try:
        return date.fromisoformat(text if DAY.match(text) else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date such as 2026-01-31, got {text}") from None


def read_row(text: str) -> int:
    """The number of a row in plain digits."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"expected a number such as 3, got {text}")
    return int(text)


def add_facts(parser: argparse.ArgumentParser, *, row: bool = False) -> None:
    """FACTS, --on, --rules, and --row where one enterprise is meant."""
    parser.add_argument(
        "facts", type=Path, metavar="FACTS", help="CSV or Parquet, columns named by the vocabulary"
    )
    add_day(parser)
    if row:
        parser.add_argument(
            "--row", type=read_row, default=1, metavar="N", help="row below the header, from 1"
        )


def add_day(parser: argparse.ArgumentParser) -> None:
    """--on, --application and --rules."""
    parser.add_argument(
        "--on", type=read_day, required=True, metavar="DATE", help="date of application, YYYY-MM-DD"
    )
    parser.add_argument("--application", choices=KINDS, default=NEW, help="kind of application")
    parser.add_argument(
        "--rules", nargs="+", type=Path, default=[], metavar="FILE", help="more programme files"
    )


def add_programmes(parser: argparse.ArgumentParser) -> None:
    """--programme, one or more."""
    parser.add_argument("--programme", nargs="+", required=True, metavar="CODE", help="CODE or CODE@version")


def own_programmes(options: argparse.Namespace) -> list[Programme]:
    """The programmes of --rules."""
    return [load_programme(path) for path in options.rules]


def chosen_versions(options: argparse.Namespace) -> list[Version]:
    """The versions of --programme."""
    own = own_programmes(options)
    return [
        find_version(code, options.on, own, application=options.application) for code in options.programme
    ]


def chosen_row(options: argparse.Namespace) -> Reading:
    """The facts of --row; complains about its errors and doubts."""
    facts = opened_facts(options)
    reading = next(islice(facts.rows, options.row - 1, None), None) if options.row > 0 else None
    if reading is None:
        raise InputFileError(
            f"{options.facts}: expected a row {options.row}, got fewer; count from 1 below the header"
        )
    complain_of(reading)
    return reading


def opened_facts(options: argparse.Namespace) -> FactsFile:
    """The facts file; warns of columns that nobody knows."""
    facts = open_facts(options.facts, options.on, options.application)
    if facts.unknown_columns:
        complain(f"warning: unknown columns, not read: {', '.join(facts.unknown_columns)}")
    return facts


def complain_of(reading: Reading) -> None:
    """Errors and doubts of a row."""
    for error in reading.errors:
        complain(f"error: {error}")
    for doubt in reading.doubts:
        complain(f"warning: {doubt}")
