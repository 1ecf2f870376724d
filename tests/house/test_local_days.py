"""Days are those of the institution: at two in the morning the day in UTC is yesterday.

Nothing in the sources takes a day from a moment but `clock.day_of`, and asks no other clock than that.
"""

import ast
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src" / "keqiao"
FORBIDDEN_CALLS = {"date", "today", "now", "utcnow", "utcfromtimestamp", "fromtimestamp"}
CLOCKS = {"datetime", "date"}


def faults(source):
    """Lines that take a day from a moment, or the time from elsewhere."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if _takes_a_day(node) or _formats(node)]


def _takes_a_day(node):
    """`moment.date()`, `date.today()`, `datetime.now()`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    name, owner = node.func.attr, node.func.value
    if name == "date":
        return not node.args
    return name in FORBIDDEN_CALLS and isinstance(owner, ast.Name) and owner.id in CLOCKS


def _formats(node):
    """`f"{row.created_at:%Y-%m-%d}"` writes the day in UTC."""
    if not isinstance(node, ast.FormattedValue) or not isinstance(node.value, ast.Attribute):
        return False
    return node.format_spec is not None and node.value.attr.endswith("at")


def files():
    return [
        path.relative_to(SOURCES).as_posix()
        for path in sorted(SOURCES.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_no_day_is_taken_from_a_moment_in_passing():
    named = {name: faults((SOURCES / name).read_text("utf-8")) for name in files()}
    assert {name: lines for name, lines in named.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "engagement.created_at.date()",
        "timezone.now().date()",
        "date.today()",
        "datetime.now(tz=UTC)",
        "datetime.utcnow()",
        "f'{self.at:%Y-%m-%d}'",
        "f'{row.signed_at:%H:%M}'",
    ],
)
def test_the_control_each_way_of_doing_it_is_heard(line):
    assert faults(line) == [1]


@pytest.mark.parametrize(
    "line", ["clock.day_of(row.at)", "datetime.combine(day, noon)", "f'{day:%Y}'", "clock.now()"]
)
def test_the_ways_that_are_right_are_not(line):
    assert faults(line) == []
