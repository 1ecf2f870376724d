"""The command: `satisfaction analyse`, `satisfaction plan` and `satisfaction questionnaire`."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from satisfaction.analyse import analyse
from satisfaction.analysis import Analysis
from satisfaction.answers.csv_file import read_answers
from satisfaction.cli_arguments import build_parser, options_from
from satisfaction.cli_output import print_error, print_json, print_plan, print_questionnaire, write_file
from satisfaction.document import document
from satisfaction.problems import SatisfactionError
from satisfaction.questionnaire.parse import read_model
from satisfaction.questionnaire.shipped import default_model, questionnaire
from satisfaction.report.page import report
from satisfaction.report.summary import summarise
from satisfaction.sampling import plan_sample
from satisfaction.texts import DEFAULT_LANGUAGE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if all went well, 1 for a problem with a name."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    language = DEFAULT_LANGUAGE
    try:
        parsed = build_parser().parse_args(words)
        language = parsed.lang
        COMMANDS[parsed.command](parsed)
    except SatisfactionError as error:
        return print_error(error.problem, language, as_json="--json" in words)
    except MemoryError:
        return print_error(SatisfactionError("out-of-memory").problem, language, as_json="--json" in words)
    return 0


def _speak_utf8() -> None:
    """Chinese must reach a terminal or a pipe whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def run_analyse(parsed: Namespace) -> None:
    result = _analysed(parsed)
    if parsed.json:
        print_json(document(result, parsed.lang))
    elif parsed.report:
        write_file(Path(parsed.report), report(result, parsed.lang))
    else:
        sys.stdout.write(summarise(result, parsed.lang).as_text() + "\n")


def _analysed(parsed: Namespace) -> Analysis:
    model = read_model(Path(parsed.model)) if parsed.model else default_model(parsed.family)
    answers = read_answers(Path(parsed.answers), model, parsed.group or "")
    return analyse(model=model, answers=answers, options=options_from(parsed), compare=parsed.compare)


def run_plan(parsed: Namespace) -> None:
    plan = plan_sample(
        error=parsed.error,
        confidence=parsed.confidence,
        population=parsed.population,
        proportion=parsed.proportion,
        response_rate=parsed.response_rate,
    )
    print_plan(plan, parsed)


def run_questionnaire(parsed: Namespace) -> None:
    asked = questionnaire(parsed.form, parsed.family, expectation_at_signing=parsed.expectation_at_signing)
    print_questionnaire(asked, parsed.lang, as_json=parsed.json)


COMMANDS = {"analyse": run_analyse, "plan": run_plan, "questionnaire": run_questionnaire}
