"""Takes one rule of the house away at a time and shows which test goes red: `python tools/mutate.py --seed 7 --count 60`.

A policy opened, a guard, lock or state check dropped, a line of evidence gone, an end of an interval moved: in a copy
of the tree under var/, never in the checkout. Tests likely to see it run up to the first red one, on SQLite; locks of
PostgreSQL on PostgreSQL. The table goes to docs/mutations.md, where the reason of a survivor is written by hand and kept.
No part of `make test`: it takes about half a minute a mutant.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from mutants import running, table
from mutants.choose import KINDS, chosen, every
from mutants.site import LAID, Site
from mutants.source import Mutant
from postgres import postgres

HOME = Path(__file__).resolve().parents[1]
TABLE = HOME / "docs/mutations.md"


def main() -> int:
    asked = arguments()
    found = every(HOME)
    mutants = chosen(found, seed=asked.seed, count=asked.count)
    wanted = [
        (n, mutant)
        for n, mutant in enumerate(mutants, 1)
        if mutant.kind in asked.only and (not asked.number or n in asked.number)
    ]
    if asked.list:
        for n, mutant in wanted:
            print(f"{n:>3} {mutant.kind:<9} {mutant.place}  {mutant.what}")
        return 0
    counts = Counter(mutant.kind for mutant in found)
    lines = table.read(TABLE)

    def keep(mutant: Mutant, line: table.Line) -> None:
        lines[table.key_of(mutant)] = line
        TABLE.write_text(
            table.written(mutants, lines, seed=asked.seed, found={kind: counts[kind] for kind in KINDS})
        )

    return Run(asked.seconds, lines, keep).all(wanted)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument(
        "--only", choices=KINDS, nargs="+", default=KINDS, help="of those chosen, these kinds"
    )
    parser.add_argument("--number", type=int, nargs="+", default=[], help="of those chosen, these alone")
    parser.add_argument(
        "--seconds", type=float, default=600, help="the longest that the tests of a mutant may take"
    )
    parser.add_argument("--list", action="store_true", help="show what is chosen, try nothing")
    return parser.parse_args()


class Run:
    def __init__(
        self, seconds: float, lines: dict[table.Key, table.Line], keep: Callable[[Mutant, table.Line], None]
    ) -> None:
        self.seconds, self.lines, self.keep = seconds, lines, keep
        self.site = Site(HOME, HOME / "var/mutants")
        self.killed: dict[bool, dict[str, list[Mutant]]] = {
            False: {},
            True: {},
        }  # by test; on PostgreSQL or not
        self.alive = 0

    def all(self, wanted: list[tuple[int, Mutant]]) -> int:
        os.nice(5)
        self.site.make()
        running.load()
        for on_postgres in (False, True):
            here = [(n, mutant) for n, mutant in wanted if mutant.postgres is on_postgres]
            if here:
                self.on(here, on_postgres=on_postgres)
        print(f"{len(wanted)} tried, {self.alive} alive without a reason")
        return 1 if self.alive else 0

    def on(self, wanted: list[tuple[int, Mutant]], *, on_postgres: bool) -> None:
        with ExitStack() as stack:
            folder = self.site.folder / "postgres"
            database = stack.enter_context(postgres(folder)) if on_postgres else ""
            broken = running.red_without_change(self.site, [LAID], database=database)
            if broken:
                sys.exit(f"The unchanged tree can't be laid out; {self.site.log} says why.")
            for n, mutant in wanted:
                self.one(n, mutant, database)
            self.doubt(on_postgres, database)

    def one(self, n: int, mutant: Mutant, database: str) -> None:
        verdict = running.tried(self.site, mutant, seconds=self.seconds, database=database)
        if verdict.killer:
            self.killed[mutant.postgres].setdefault(verdict.killer, []).append(mutant)
        self.write(mutant, verdict)
        end = (
            f"killed by {verdict.killer}"
            if verdict.killer
            else "SURVIVED"
            if verdict.in_time
            else "OUT OF TIME"
        )
        print(
            f"{n:>3} {mutant.kind:<9} {mutant.place}  {mutant.what}\n    {end}  {verdict.seconds:.0f} s",
            flush=True,
        )

    def write(self, mutant: Mutant, verdict: running.Verdict) -> None:
        known = self.lines.get(table.key_of(mutant))
        reason = known.reason if known else ""
        survived = table.SURVIVED + (f": {reason}" if reason else "")
        self.alive += not verdict.killer and not reason
        self.keep(mutant, table.Line(table.shown(verdict.killer) or survived, f"{verdict.seconds:.0f}"))

    def doubt(self, on_postgres: bool, database: str) -> None:
        """A test that is red without any change has killed nothing."""
        tests = [killer for killer in self.killed[on_postgres] if "::" in killer]
        for test in running.red_without_change(self.site, tests, database=database) if tests else ():
            for mutant in self.killed[on_postgres][test]:
                print(f"VOID: {test} is red on the unchanged tree: {mutant.place}  {mutant.what}")
                self.write(mutant, running.Verdict("", 0))


if __name__ == "__main__":
    sys.exit(main())
