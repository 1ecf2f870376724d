"""`eligibility explain FACTS --row N`: every condition with article, text, verdict and the values used."""

import argparse
from datetime import date, timedelta
from fractions import Fraction

from eligibility.advice import earliest_date
from eligibility.cli.arguments import add_facts, chosen_row, chosen_versions, own_programmes
from eligibility.cli.printing import say
from eligibility.evaluation import Evaluation, FactUse, evaluate, rank_missing_over
from eligibility.library import find_programme, shipped_programmes
from eligibility.results import final_verdict, stand_in_warnings
from eligibility.tree import NO_RATIO
from eligibility.vocabulary import chinese_name
from eligibility.wording import points_text

MARKS = {"met": "✓", "not_met": "✗", "unknown": "?"}
LONGEST = 12


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("explain", help="explain the verdict on one enterprise")
    add_facts(parser, row=True)
    parser.add_argument(
        "--programme", nargs="+", metavar="CODE", help="CODE or CODE@version; all when left out"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when the row has errors, 0 otherwise."""
    reading = chosen_row(options)
    own = own_programmes(options)
    if not options.programme:
        known = (*own, *shipped_programmes().values())
        options.programme = [
            p.code for p in known if any(v.in_force(options.on, options.application) for v in p.versions)
        ]
    evaluations = [evaluate(version, reading.facts) for version in chosen_versions(options)]
    for evaluation in evaluations:
        _print(evaluation, final_verdict(evaluation, row_has_errors=bool(reading.errors)))
        if evaluation.verdict == "not_met":
            programme = find_programme(evaluation.version.code, own)
            day = earliest_date(programme, reading.facts, options.on)
            if day:
                say(f"  met from {day}, if nothing but time passes")
    ranked = rank_missing_over(evaluations) if len(evaluations) > 1 else ()
    if ranked:
        say("missing, with how many of these verdicts each fact alone could decide:")
        say("  " + ", ".join(f"{name} {chinese_name(name)} {number}" for name, number in ranked))
    return int(bool(reading.errors))


def _print(evaluation: Evaluation, verdict: str) -> None:
    version = evaluation.version
    score = "" if evaluation.score is None else f", score {points_text(evaluation.score)}"
    say(f"{version.code}@{version.label} ({version.state}): {verdict}{score}")
    for condition in evaluation.conditions:
        note = "" if condition.checked else " (figures not checked)"
        points = "" if condition.points is None else f" [{points_text(condition.points)}]"
        say(
            f"  {MARKS[condition.verdict]} {condition.id} · {condition.article} · {condition.text}{points}{note}"
        )
        metrics = [f"{name} = {_value(value)}" for name, value in condition.metrics.items()]
        used = "; ".join([*map(_use, condition.facts[:LONGEST]), *metrics])
        say(f"      {used}")
    for band in evaluation.bands:
        say(
            f"  {MARKS[band.verdict]} {band.name} · {band.article} · {band.text} [{points_text((band.lo, band.hi))}]"
        )
    for error in evaluation.errors:
        say(f"  error: {error}")
    for warning in stand_in_warnings(evaluation):
        say(f"  warning: {warning}")
    if evaluation.missing:
        say(
            "  missing, most far-reaching first: "
            + ", ".join(f"{n} {chinese_name(n)}" for n in evaluation.missing)
        )


def _use(use: FactUse) -> str:
    value = use.value
    if use.unit == "date" and isinstance(value, int):
        return f"{use.zh} {use.name} = {date.min + timedelta(value - 1)}"
    return f"{use.zh} {use.name} = {_value(value)}"


def _value(value: object) -> str:
    if value is None or value is NO_RATIO:
        return "missing" if value is None else "no ratio: divided by zero"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{float(value):.6g}"
    return str(value)
