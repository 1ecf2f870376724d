"""`eligibility evaluate FACTS --programme CODE… --on DATE`: verdicts for every row of a facts file."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from eligibility.batch import Batch, Result
from eligibility.cli.arguments import add_facts, add_programmes, chosen_versions, opened_facts
from eligibility.cli.printing import complain, say
from eligibility.facts_file import FactsFile
from eligibility.programme import DRAFT
from eligibility.wording import points_text


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("evaluate", help="evaluate enterprises for programmes")
    add_facts(parser)
    add_programmes(parser)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="one JSON object for each row and programme")
    output.add_argument("--out", type=Path, metavar="FILE.parquet", help="write a Parquet file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when a row had an error, 0 otherwise."""
    versions = chosen_versions(options)
    facts = opened_facts(options)
    for version in versions:
        if version.state == DRAFT:
            complain(
                f"warning: {version.code}@{version.label} is a draft: figures written from memory are in it"
            )
    results = _Results(Batch(versions, options.on, conditions=options.json), facts)
    if options.out:
        from eligibility.parquet_out import write_results

        write_results(iter(results), options.out)
    elif options.json:
        for result in results:
            say(result.json())
    else:
        say("row\tprogramme\tversion\tverdict\tscore\tmissing\tstate")
        for result in results:
            say(_line(result))
    return int(results.failed)


class _Results:
    """The results one by one; complains about errors and doubts as it meets them, of each stand-in once."""

    def __init__(self, batch: Batch, facts: FactsFile) -> None:
        self._batch = batch
        self._facts = facts
        self._told: set[str] = set()
        self.failed = False

    def __iter__(self) -> Iterator[Result]:
        for row in self._batch.results(self._facts):
            for error in row.errors:
                complain(f"error: {error}")
            for doubt in row.doubts:
                complain(f"warning: {doubt}")
            self.failed |= bool(row.errors)
            for result in row.results:
                self._tell(result)
                yield result

    def _tell(self, result: Result) -> None:
        for warning in result.stood_in:
            line = f"{result.version.code}: {warning}"
            if line not in self._told:
                self._told.add(line)
                complain(f"warning: {line}")


def _line(result: Result) -> str:
    version, score = result.version, "" if result.score is None else points_text(result.score)
    missing = " ".join(result.missing)
    cells = (result.row, version.code, version.label, result.verdict, score, missing, version.state)
    return "\t".join(map(str, cells))
