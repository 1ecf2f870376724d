"""`eligibility table`: all programme versions at a glance; with FILE one as the table a policy officer recognises."""

import argparse
from pathlib import Path

from eligibility.cli.printing import say
from eligibility.decision_table import as_html, as_markdown
from eligibility.errors import InputFileError
from eligibility.library import shipped_programmes
from eligibility.loading import load_programme
from eligibility.overview import overview


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("table", help="list the programme versions, or show one as a decision table")
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a programme file, or the code of a shipped programme; all left out",
    )
    parser.add_argument("--version", metavar="LABEL", help="one version; the last when left out")
    parser.add_argument("--html", action="store_true", help="an HTML page instead of Markdown")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--out", type=Path, metavar="PATH", help="write to a file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Always 0."""
    text = _text(options)
    if options.out is None:
        say(text.rstrip("\n"))
        return 0
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputFileError.unwritable(options.out, error) from None
    return 0


def _text(options: argparse.Namespace) -> str:
    if options.file is None:
        return overview(shipped_programmes().values(), options.language)
    shipped = shipped_programmes().get(options.file)
    programme = shipped or load_programme(Path(options.file))
    version = programme.version(options.version) if options.version else programme.versions[-1]
    return (as_html if options.html else as_markdown)(programme, version, options.language)
