"""Evidence counted live: what was done in a period, and what stands now, clause by clause."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from keqiao.conformity.clauses import ENTRY, Clause, Evidence, load
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.validity import term_of

CASE = "engagement:"  # how the case of every step of an engagement begins; its number follows


@dataclass(frozen=True)
class Period:
    """Days, both included."""

    begins: date
    ends: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        zone = timezone.get_current_timezone()
        first = datetime.combine(self.begins, time.min, zone)
        return first, datetime.combine(self.ends + timedelta(days=1), time.min, zone)


@dataclass(frozen=True)
class Counted:
    evidence: Evidence
    count: int | None  # None: kept by hand, so not countable
    last: datetime | None = None
    as_of: date | None = None  # the day the records stood; none for what is counted over the period


@dataclass(frozen=True)
class Line:
    """A clause with its evidence. `depth` is how deep it lies in the tree."""

    clause: Clause
    depth: int
    counted: tuple[Counted, ...]

    @property
    def total(self) -> int:
        return sum(one.count or 0 for one in self.counted)

    @property
    def by_hand_only(self) -> bool:
        return bool(self.counted) and all(one.count is None for one in self.counted)

    @property
    def is_gap(self) -> bool:
        return not self.clause.is_heading and not self.by_hand_only and self.total == 0

    @property
    def tone(self) -> str:
        if self.clause.is_heading:
            return "plain"
        return "late" if self.is_gap else "todo" if self.by_hand_only else "done"


def lines(period: Period) -> list[Line]:
    """Every clause in the order of the standard, with its evidence in `period`; a handful of queries whatever the size."""
    counts = _Counts(period)
    return [
        Line(clause, depth, tuple(counts.of(one) for one in clause.evidence))
        for chapter in load()
        for clause, depth in _walk(chapter)
    ]


def _walk(clause: Clause, depth: int = 0) -> Iterator[tuple[Clause, int]]:
    yield clause, depth
    for child in clause.children:
        yield from _walk(child, depth + 1)


@dataclass(frozen=True)
class _Steps:
    """How often an operation was run, by the mark that tells evidence apart: a clause, or an item of the catalogue."""

    operation: str
    mark: str | None
    count: int
    last: datetime


class _Counts:
    def __init__(self, period: Period) -> None:
        steps = _in(period)
        by_item = {one.ref for one in _every() if one.kind == "operation" and one.item}
        self._steps = _grouped(steps, "clause")
        self._steps_of_items = _grouped(_with_item(steps.filter(operation__in=by_item)), "item")
        self._period = period
        self._records: dict[tuple[str, str | None], Counted] = {}

    def of(self, evidence: Evidence) -> Counted:
        if evidence.kind == "by_hand" or evidence.ref is None:
            return Counted(evidence, None)
        return self._step(evidence) if evidence.kind == "operation" else self._record(evidence)

    def _step(self, evidence: Evidence) -> Counted:
        steps = self._steps_of_items if evidence.item else self._steps
        found = [one for one in steps if one.operation == evidence.ref and _counts_for(evidence, one.mark)]
        return Counted(
            evidence, sum(one.count for one in found), max((one.last for one in found), default=None)
        )

    def _record(self, evidence: Evidence) -> Counted:
        key = (str(evidence.ref), evidence.dated)
        if key not in self._records:
            self._records[key] = _counted(evidence, self._period)
        return replace(self._records[key], evidence=evidence)


def _every() -> Iterator[Evidence]:
    return (one for chapter in load() for clause in chapter.walk() for one in clause.evidence)


def _model(ref: str) -> type[Model]:
    found: type[Model] = apps.get_model(ref)
    return found


def _counted(evidence: Evidence, period: Period) -> Counted:
    """Records that came in the period, or those in force on its last day; on today where the past isn't known."""
    model = _model(str(evidence.ref))
    rows = model._default_manager.order_by()  # noqa: SLF001 - counts, never rows
    if evidence.dated:
        first, after = period.bounds
        within = {f"{evidence.dated}__gte": first, f"{evidence.dated}__lt": after}
        return Counted(evidence, rows.filter(**within).count())
    term = term_of(model)
    if term is None:
        raise LookupError(f"{evidence.ref}: say by which time it is counted (`dated`), or give it a term")
    day = period.ends if term.has_a_past else clock.today()
    return Counted(evidence, rows.filter(term.on(day)).count(), as_of=day)


def _in(period: Period) -> "QuerySet[Entry]":
    first, after = period.bounds
    return Entry.objects.filter(at__gte=first, at__lt=after).order_by()


def _grouped(steps: "QuerySet[Entry]", mark: str) -> list[_Steps]:
    rows = steps.values_list("operation", mark).annotate(Count("id"), Max("at"))
    return [_Steps(*row) for row in rows]


def _with_item(steps: "QuerySet[Entry]") -> "QuerySet[Entry]":
    """Each step with `item`, the code of the service item its engagement is for; none for steps of other cases."""
    number = Cast(Substr("case", len(CASE) + 1), BigIntegerField())
    engagements = _model("engagement.Engagement")._default_manager.filter(pk=OuterRef("engagement"))  # noqa: SLF001
    # The case of something else may end in no number: only those of engagements are turned into one.
    return steps.annotate(
        engagement=Case(When(case__startswith=CASE, then=number)),
        item=Subquery(engagements.values("item__code")),
    )


def _counts_for(evidence: Evidence, mark: str | None) -> bool:
    """The same as `_are`, of what is grouped already."""
    if evidence.item:
        return f"{mark}.".startswith(f"{evidence.item}.")
    return evidence.element is None or mark == f"6.2.{evidence.element}"


def _are(evidence: Evidence) -> Q:
    """The steps that are this evidence."""
    steps = Q(operation=evidence.ref)
    if evidence.item:
        return steps & (Q(item=evidence.item) | Q(item__startswith=f"{evidence.item}."))
    return steps & Q(clause=f"6.2.{evidence.element}") if evidence.element else steps


def entries_of(clause: Clause, period: Period) -> "QuerySet[Entry]":
    """The recorded steps that are evidence for a clause, newest first."""
    if any(one.ref == ENTRY for one in clause.evidence):
        return _in(period).order_by("-id")
    wanted = [_are(one) for one in clause.evidence if one.kind == "operation"]
    if not wanted:
        return Entry.objects.none()
    steps = _with_item(_in(period)) if any(one.item for one in clause.evidence) else _in(period)
    return steps.filter(reduce(or_, wanted)).order_by("-id")
