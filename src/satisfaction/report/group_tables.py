"""Tables of groups and of their differences."""

from satisfaction.analysis import Analysis
from satisfaction.groups.comparison import Comparison, GroupReport
from satisfaction.questionnaire.shipped import label_of
from satisfaction.report.html import Row, table
from satisfaction.report.words import with_interval
from satisfaction.resample.intervals import Spread
from satisfaction.texts import say

SURE = 0.05  # p values below are called a difference (convention)


def group_tables(result: Analysis, report: GroupReport, language: str) -> list[str]:
    labels = [label_of(result.layout.model, name, language) for name in result.layout.constructs]
    head = [say("column-group", language), say("column-n", language), *labels]
    rows: list[Row] = [(one.name, str(one.n), *_indices(one.index, language)) for one in report.groups]
    shown = [table(say("table-groups", language), head, rows)]
    if report.comparisons:
        shown.append(_differences(result, report, labels, language))
    return shown


def _indices(index: Spread, language: str) -> list[str]:
    ends = zip(index.estimate, index.low, index.high, strict=True)
    return [with_interval(value, low, high, language) for value, low, high in ends]


def _differences(result: Analysis, report: GroupReport, labels: list[str], language: str) -> str:
    named = dict(zip(result.layout.constructs, labels, strict=True))
    arrows = [f"{named[cause]} → {named[effect]}" for cause, effect in result.layout.model.arrows]
    rows = [
        row for one in report.comparisons for row in _rows(one, [*labels, *arrows], len(labels), language)
    ]
    columns = ("pair", "compared", "difference", "p", "p-holm", "verdict")
    head = [say(f"column-{column}", language) for column in columns]
    return table(say("table-differences", language), head, rows, words=2)


def _rows(one: Comparison, names: list[str], constructs: int, language: str) -> list[Row]:
    rows: list[Row] = []
    for place, (difference, p_value, adjusted) in enumerate(
        zip(one.test.difference, one.test.p_value, one.adjusted, strict=True)
    ):
        verdict = say("verdict-different" if adjusted < SURE else "verdict-chance", language)
        digits = 1 if place < constructs else 3
        row = (f"{difference:+.{digits}f}", f"{p_value:.3f}", f"{adjusted:.3f}", verdict)
        rows.append((f"{one.first} – {one.second}", names[place], *row))
    return rows
