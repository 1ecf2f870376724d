"""The options of the command."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import NoReturn

from satisfaction.answers.missing import Missing
from satisfaction.index import IndexWeights
from satisfaction.options import Options
from satisfaction.pls.schemes import Scheme
from satisfaction.pls.weights import Iteration
from satisfaction.problems import SatisfactionError
from satisfaction.questionnaire.shipped import families, forms
from satisfaction.resample.intervals import IntervalKind
from satisfaction.texts import DEFAULT_LANGUAGE, LANGUAGES

REPORT_DRAWS = 500  # people-facing output tells how sure it is, so it gets a bootstrap unless told otherwise


def whole(text: str) -> int:
    """A whole number in plain digits: Python itself also takes 1_000."""
    return int(_digits(text))


def decimal(text: str) -> float:
    """A number in plain digits."""
    return float(_digits(text))


def _digits(text: str) -> str:
    if "_" in text:
        raise ValueError(text)
    return text


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """A mistyped command is a problem with a name like any other."""
        raise SatisfactionError("bad-command", why=message)


def build_parser() -> ArgumentParser:
    parser = _Parser(prog="satisfaction", description="Satisfaction measurement after GB/T 19038.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="analyse | plan | questionnaire")
    _add_analyse(commands)
    _add_plan(commands)
    _add_questionnaire(commands)
    return parser


def _add_analyse(commands: "_SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("analyse", help="analyse a CSV file of answers")
    add = parser.add_argument
    add("answers", metavar="ANSWERS.csv", help="one row a respondent, one column an item")
    add("--model", metavar="MODEL.yaml", help="constructs, items and arrows (default: the shipped model)")
    add("--family", default="", choices=families(), help="with the shipped model: items of a service family")
    add("--scheme", choices=list(map(str, Scheme)), default=str(Scheme.PATH), help="inner weighting")
    add("--plsc", action="store_true", help="correct for measurement error")
    add("--bootstrap", type=whole, metavar="DRAWS", help=f"default: 0 with --json, else {REPORT_DRAWS}")
    add("--seed", type=whole, default=1, help="of the bootstrap and the permutations")
    add(
        "--workers",
        type=whole,
        default=0,
        help="threads; any number gives the same result (default: all cores)",
    )
    add("--confidence", type=decimal, default=0.95, help="of the intervals")
    add("--interval", choices=list(map(str, IntervalKind)), default=str(IntervalKind.PERCENTILE))
    add("--missing", choices=list(map(str, Missing)), default=str(Missing.CONSTRUCT_MEAN))
    add("--index-weights", choices=list(map(str, IndexWeights)), default=str(IndexWeights.UNSTANDARDISED))
    add("--group", metavar="COLUMN", help="compare the groups this column names")
    add("--compare", nargs="+", default=[], metavar="GROUP", help="only these groups")
    add("--permutations", type=whole, default=1000, help="random groupings a comparison")
    add("--floor", type=whole, default=5, help="smallest number of answers that is shown")
    add("--max-iterations", type=whole, default=300)
    add(
        "--tolerance",
        type=decimal,
        default=Iteration().tolerance,
        help="change of weights that ends the iteration",
    )
    _add_language(parser)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print every figure as JSON")
    output.add_argument("--report", metavar="OUT.html", help="write the report")


def _add_plan(commands: "_SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("plan", help="how many answers are needed")
    add = parser.add_argument
    add("--population", type=whole, help="number of people the survey is about (default: unlimited)")
    add("--error", type=decimal, default=0.05, help="margin of error, 0.05 for ±5 points of percentage")
    add("--confidence", type=decimal, default=0.95)
    add("--proportion", type=decimal, default=0.5, help="expected share; 0.5 needs most answers")
    add("--response-rate", type=decimal, default=1.0, help="share of invited people who answer")
    add("--json", action="store_true")
    _add_language(parser)


def _add_questionnaire(commands: "_SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("questionnaire", help="print a shipped questionnaire")
    add = parser.add_argument
    add("--form", choices=forms(), default="annual", help="on which occasion it is asked")
    add("--family", default="", choices=families(), help="with the items of a service family")
    add("--expectation-at-signing", action="store_true", help="leave out what was asked at signing")
    add("--json", action="store_true")
    _add_language(parser)


def _add_language(parser: ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE)


def options_from(parsed: Namespace) -> Options:
    draws = parsed.bootstrap
    if draws is None:
        draws = 0 if parsed.json else REPORT_DRAWS
    return Options(
        iteration=Iteration(Scheme(parsed.scheme), parsed.tolerance, parsed.max_iterations),
        plsc=parsed.plsc,
        missing=Missing(parsed.missing),
        index_weights=IndexWeights(parsed.index_weights),
        draws=draws,
        seed=parsed.seed,
        workers=parsed.workers,
        confidence=parsed.confidence,
        interval=IntervalKind(parsed.interval),
        floor=parsed.floor,
        permutations=parsed.permutations,
    )
