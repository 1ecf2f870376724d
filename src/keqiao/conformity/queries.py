"""Evidence counted live: what was done in a period, and what stands now, clause by clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from keqiao.conformity.clauses import Clause, Evidence, load
from keqiao.kernel.models import Entry


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


class _Counts:
    def __init__(self, period: Period) -> None:
        rows = _in(period).values_list("operation", "clause").annotate(Count("id"), Max("at"))
        self._steps = {(operation, clause): (count, last) for operation, clause, count, last in rows}
        self._standing: dict[str, dict[str, int]] = {}

    def of(self, evidence: Evidence) -> Counted:
        if evidence.kind == "by_hand" or evidence.ref is None:
            return Counted(evidence, None)
        return (
            self._step(evidence)
            if evidence.kind == "operation"
            else Counted(evidence, self._record(evidence))
        )

    def _step(self, evidence: Evidence) -> Counted:
        wanted = f"6.2.{evidence.element}" if evidence.element else None
        found = [
            value for (operation, clause), value in self._steps.items()
            if operation == evidence.ref and wanted in (None, clause)
        ]  # fmt: skip
        return Counted(
            evidence,
            sum(count for count, _last in found),
            max((last for _count, last in found), default=None),
        )

    def _record(self, evidence: Evidence) -> int:
        assert evidence.ref is not None
        if evidence.ref not in self._standing:
            rows = apps.get_model(evidence.ref)._default_manager.all()  # noqa: SLF001 - counts, never rows
            named = any(field.name == "item" for field in rows.model._meta.get_fields())
            kept = (
                rows.values_list("item__code").annotate(Count("pk")).order_by()
                if named
                else [("", rows.count())]
            )
            self._standing[evidence.ref] = dict(kept)
        codes = self._standing[evidence.ref]
        return sum(
            count
            for code, count in codes.items()
            if evidence.item is None or f"{code}.".startswith(f"{evidence.item}.")
        )


def _in(period: Period) -> "QuerySet[Entry]":
    first, after = period.bounds
    return Entry.objects.filter(at__gte=first, at__lt=after).order_by()


def entries_of(clause: Clause, period: Period) -> "QuerySet[Entry]":
    """The recorded steps that are evidence for a clause, newest first."""
    found = Entry.objects.none()
    for one in clause.evidence:
        if one.kind == "operation":
            steps = _in(period).filter(operation=one.ref)
            found = found | (steps.filter(clause=f"6.2.{one.element}") if one.element else steps)
    return found.order_by("-id")
