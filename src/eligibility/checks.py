"""Checks beyond types and units: what can be read but cannot be meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from eligibility import tree
from eligibility.kinds import KINDS, NEW
from eligibility.programme import BandTable, Programme, Version
from eligibility.ranges import Range, always_holds, can_hold, compared
from eligibility.tree import Node


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `error` when the file must not be used so, else `warning`; the line in the file."""

    severity: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.line}: {self.severity}: {self.problem}"


def check_programme(programme: Programme) -> tuple[Finding, ...]:
    """All findings of a programme, by line."""
    findings = [*_check_versions(programme)]
    for version in programme.versions:
        findings.extend(_check_conditions(version))
        for table in version.bands.values():
            findings.extend(_check_rows(table))
            findings.extend(_check_points(table))
    return tuple(sorted(findings, key=lambda finding: finding.line))


def _check_versions(programme: Programme) -> Iterator[Finding]:
    named = {kind for version in programme.versions for kind in version.spans}
    for kind in [kind for kind in KINDS if kind == NEW or kind in named]:
        whose = f" for a {kind}" if kind in named else ""
        ordered = sorted(programme.versions, key=lambda version, kind=kind: version.span(kind)[0])  # type: ignore[misc]
        for earlier, later in pairwise(ordered):
            (_, end), (begin, _) = earlier.span(kind), later.span(kind)
            if end is None or end > begin:
                problem = f"{earlier.label} ends {end or 'never'}, {later.label} begins {begin}"
                yield Finding("error", later.line, f"versions overlap{whose}: {problem}")
            elif end < begin:
                problem = f"no version from {end} to {begin}, between {earlier.label} and {later.label}"
                severity = "warning" if programme.sample else "error"
                yield Finding(severity, later.line, f"versions leave a gap{whose}: {problem}")


def _check_conditions(version: Version) -> Iterator[Finding]:
    for leaf in version.leaves:
        if not can_hold(leaf.condition):
            yield Finding("error", leaf.line, f"condition {leaf.id} can never hold{_why(leaf.condition)}")
        elif always_holds(leaf.condition):
            yield Finding("warning", leaf.line, f"condition {leaf.id} always holds{_why(leaf.condition)}")
    if can_hold_all(version) is False:
        yield Finding(
            "error",
            version.line,
            f"version {version.label} can never be met: its conditions exclude each other",
        )


def can_hold_all(version: Version) -> bool:
    """Whether the conditions can hold together, judged by the metrics they share."""
    return not all(can_hold(leaf.condition) for leaf in version.leaves) or can_hold(version.root)


def _why(condition: Node) -> str:
    if isinstance(condition, tree.ScoreCompare):
        score = condition.score
        asked = f"{condition.op} {condition.threshold}"
        return f": the score lies from {score.lowest} to {score.highest}, asked {asked}"
    return ""


def _check_rows(table: BandTable) -> Iterator[Finding]:
    """Rows that an earlier one hides, rows that overlap, and values between rows that fall to `else`."""
    rows = [_row_range(condition) for condition in table.bands.conditions]
    metrics = {metric for metric, _ in (row for row in rows if row)}
    known = [row[1] for row in rows if row]
    for index, condition in enumerate(table.bands.conditions):
        line = table.row_lines[index]
        if not can_hold(condition):
            yield Finding("error", line, f"band {table.name}: this row can never be reached")
    if len(metrics) != 1 or len(known) != len(rows):
        return
    for index, row in enumerate(known):
        if any(earlier.meet(row) == row for earlier in known[:index]):
            yield Finding(
                "error", table.row_lines[index], f"band {table.name}: an earlier row hides this one"
            )
    yield from _check_two_edged(table, known)


def _check_two_edged(table: BandTable, rows: list[Range]) -> Iterator[Finding]:
    bounded = [r for r in rows if r.lo is not None and r.hi is not None]
    if not bounded:
        return
    ordered = sorted(
        zip(rows, table.row_lines, strict=False), key=lambda pair: (pair[0].lo is not None, pair[0].lo or 0)
    )
    for (low, _), (high, line) in pairwise(ordered):
        if not low.meet(high).empty:
            yield Finding("error", line, f"band {table.name}: this row overlaps another at {high.lo}")
        elif low.hi != high.lo or (low.hi_open and high.lo_open):
            yield Finding("error", line, f"band {table.name}: a gap between rows from {low.hi} to {high.lo}")


def _row_range(condition: Node) -> tuple[Node, Range] | None:
    if not isinstance(condition, tree.AllOf):
        return compared(condition)
    pairs = [compared(argument) for argument in condition.arguments]
    known = [pair for pair in pairs if pair]
    if len(known) != len(pairs) or len({metric for metric, _ in known}) != 1:
        return None
    merged = Range()
    for _, values in known:
        merged = merged.meet(values)
    return known[0][0], merged


def _check_points(table: BandTable) -> Iterator[Finding]:
    """Ranges of points that share a value: an entered point would not tell which row was meant."""
    rows = [*table.bands.points, table.bands.otherwise]
    for index, (lo, hi) in enumerate(rows):
        for other_lo, other_hi in rows[:index]:
            distinct = (lo, hi) != (other_lo, other_hi)
            if distinct and (lo < hi or other_lo < other_hi) and lo <= other_hi and other_lo <= hi:
                problem = f"points {lo}-{hi} overlap {other_lo}-{other_hi}"
                yield Finding("error", table.row_lines[index], f"band {table.name}: {problem}")
