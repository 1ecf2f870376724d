"""`eligibility diff CODE@v1 CODE@v2 FACTS --on DATE`: whose verdict changes between two versions, and why."""

import argparse
from collections import Counter

from eligibility.advice import compare
from eligibility.cli.arguments import add_facts, complain_of, opened_facts, own_programmes
from eligibility.cli.printing import say
from eligibility.evaluation import evaluate
from eligibility.library import find_version


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("diff", help="who is affected by a new version, and why")
    parser.add_argument("before", metavar="CODE@v1")
    parser.add_argument("after", metavar="CODE@v2")
    add_facts(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when a row had an error, 0 otherwise."""
    own = own_programmes(options)
    earlier, later = (
        find_version(code, options.on, own, application=options.application)
        for code in (options.before, options.after)
    )
    facts, failed, counts = opened_facts(options), False, Counter[str]()
    for row, reading in enumerate(facts.rows, start=1):
        complain_of(reading)
        failed |= bool(reading.errors)
        before, after = evaluate(earlier, reading.facts), evaluate(later, reading.facts)
        if before.verdict == after.verdict:
            counts["unchanged"] += 1
            continue
        counts[f"{before.verdict} -> {after.verdict}"] += 1
        why = "; ".join(
            f"{c.id}: {c.before or 'absent'} -> {c.after or 'absent'}" for c in compare(before, after) if c.id
        )
        say(f"row {row}: {before.verdict} -> {after.verdict} ({why})")
    say(", ".join(f"{number} {word}" for word, number in counts.most_common()) or "no rows")
    return int(failed)
