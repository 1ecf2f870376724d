"""The options of the command."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import NoReturn

from satisfaction.answers.missing import Missing
from satisfaction.index import IndexWeights
from satisfaction.options import Options
from satisfaction.pls.schemes import Scheme
from satisfaction.pls.weights import Iteration
from satisfaction.problems import SatisfactionError
from satisfaction.resample.intervals import IntervalKind
from satisfaction.texts import DEFAULT_LANGUAGE, LANGUAGES

REPORT_DRAWS = 500  # people-facing output tells how sure it is, so it gets a bootstrap unless told otherwise


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """A mistyped command is a problem with a name like any other."""
        raise SatisfactionError("bad-command", why=message)


def build_parser() -> ArgumentParser:
    parser = _Parser(prog="satisfaction", description="Satisfaction measurement after GB/T 19038.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="analyse | plan")
    _add_analyse(commands)
    _add_plan(commands)
    return parser


def _add_analyse(commands: "_SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("analyse", help="analyse a CSV file of answers")
    add = parser.add_argument
    add("answers", metavar="ANSWERS.csv", help="one row a respondent, one column an item")
    add("--model", metavar="MODEL.yaml", help="constructs, items and arrows (default: the shipped model)")
    add("--scheme", choices=list(map(str, Scheme)), default=str(Scheme.PATH), help="inner weighting")
    add("--plsc", action="store_true", help="correct for measurement error")
    add("--bootstrap", type=int, metavar="DRAWS", help=f"default: 0 with --json, else {REPORT_DRAWS}")
    add("--seed", type=int, default=1, help="of the bootstrap and the permutations")
    add(
        "--workers",
        type=int,
        default=0,
        help="threads; any number gives the same result (default: all cores)",
    )
    add("--confidence", type=float, default=0.95, help="of the intervals")
    add("--interval", choices=list(map(str, IntervalKind)), default=str(IntervalKind.PERCENTILE))
    add("--missing", choices=list(map(str, Missing)), default=str(Missing.CONSTRUCT_MEAN))
    add("--index-weights", choices=list(map(str, IndexWeights)), default=str(IndexWeights.UNSTANDARDISED))
    add("--group", metavar="COLUMN", help="compare the groups this column names")
    add("--compare", nargs="+", default=[], metavar="GROUP", help="only these groups")
    add("--permutations", type=int, default=1000, help="random groupings a comparison")
    add("--floor", type=int, default=5, help="smallest number of answers that is shown")
    add("--max-iterations", type=int, default=300)
    add(
        "--tolerance",
        type=float,
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
    add("--population", type=int, help="number of people the survey is about (default: unlimited)")
    add("--error", type=float, default=0.05, help="margin of error, 0.05 for ±5 points of percentage")
    add("--confidence", type=float, default=0.95)
    add("--proportion", type=float, default=0.5, help="expected share; 0.5 needs most answers")
    add("--response-rate", type=float, default=1.0, help="share of invited people who answer")
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
