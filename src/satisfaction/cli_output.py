"""What the command prints and writes."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from satisfaction.document import problem_part
from satisfaction.problems import Problem, SatisfactionError
from satisfaction.questionnaire.shipped import Questionnaire
from satisfaction.report.words import percent
from satisfaction.sampling import SamplePlan
from satisfaction.texts import say


def print_json(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def print_error(found: Problem, language: str, *, as_json: bool) -> int:
    """Tell a person on standard error, and a program that asked for JSON on standard output."""
    if as_json:
        print_json({"error": problem_part(found, language)})
    sys.stderr.write(f"{found.name}: {found.text(language)}\n{found.remedy(language)}\n")
    return 1


def print_plan(plan: SamplePlan, parsed: Namespace) -> None:
    """The number alone on standard output, so that scripts can use it; what it means on standard error."""
    if parsed.json:
        sizes = {"n": plan.answers, "rounding": "nearest", "rounded_up": plan.rounded_up}
        print_json({**sizes, "invitations": plan.invitations, "exact": plan.exact, "z": plan.z})
        return
    sys.stdout.write(f"{plan.answers}\n")
    whole = say("plan-unlimited", parsed.lang) if parsed.population is None else str(parsed.population)
    explained = say(
        "plan",
        parsed.lang,
        n=plan.answers,
        exact=f"{plan.exact:.2f}",
        rounded_up=plan.rounded_up,
        invitations=plan.invitations,
        population=whole,
        confidence=percent(parsed.confidence),
        error=f"{100 * parsed.error:g}%",
    )
    sys.stderr.write(explained + "\n")


def print_questionnaire(asked: Questionnaire, language: str, *, as_json: bool) -> None:
    """Its questions, one a line after its id; as JSON with everything that is known of each."""
    if as_json:
        print_json(asdict(asked))
        return
    for one in asked.questions:
        filters = [other.id for other in asked.questions if one.ask_when and other.sets == one.ask_when]
        notes = [say("only-after-filter", language, filter=name) for name in filters]
        notes += [say("asked-later", language, days=one.after_days)] if one.after_days else []
        sys.stdout.write("\t".join([one.id, one.text(language), *notes]) + "\n")


def write_file(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise SatisfactionError("file-not-writable", path=path.name, why=error.strerror or error) from error
