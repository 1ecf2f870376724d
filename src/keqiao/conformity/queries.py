"""Evidence counted live: what was done in a period, and what stands now, clause by clause."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Count, Max, Model, Q, QuerySet

from keqiao.conformity import registry
from keqiao.conformity.clauses import ENTRY, MEASURED, SERVICES, Clause, Evidence, Strength, load
from keqiao.conformity.fulfilment import Fulfilment, Period, measured
from keqiao.conformity.models import DueRhythm
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import aliases, clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.validity import term_of

READERS = {"manager", "auditor"}


class Status(StrEnum):
    """How a line of evidence, or a clause, stands; of a clause the worst of its lines decides."""

    MISSING = "missing"  # nothing of it was done, or stands
    LACKING = "lacking"  # something was not done, not in time or not often enough
    OUTSIDE = "outside"  # kept by hand, and nothing of it in the system
    MET = "met"
    NOT_DUE = "not_due"  # nothing was to be done in the period
    NOT_OFFERED = "not_offered"  # a service that the institution doesn't offer


TONES = {
    Status.MISSING: "late", Status.LACKING: "late", Status.OUTSIDE: "todo",
    Status.MET: "done", Status.NOT_DUE: "plain", Status.NOT_OFFERED: "plain",
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """A line of evidence with what was counted for it; of a measure, `taken` says how many of how many."""

    evidence: Evidence
    count: int | None  # None: kept by hand, so not countable
    last: datetime | None = None
    as_of: date | None = None  # the day the records stood; none for what is counted over the period
    taken: Fulfilment | None = None

    @property
    def status(self) -> Status:
        if self.count is None:
            return Status.OUTSIDE
        if not self.evidence.meets:
            return Status.NOT_DUE
        if self.taken is None:
            return Status.MET if self.count else Status.MISSING
        if self.evidence.kind == "none_open":
            return Status.MET if self.taken.m == 0 else Status.LACKING
        if self.taken.m == 0:
            return Status.NOT_DUE
        return Status.MET if self.taken.is_met else Status.LACKING


@dataclass(frozen=True)
class Line:
    """A clause with its evidence. `depth` is how deep it lies in the tree; `strength` is as strongly as it is asked of
    this institution."""

    clause: Clause
    depth: int
    counted: tuple[Counted, ...]
    is_offered: bool | None = None  # of a service: whether the institution offers it; None of everything else

    @property
    def strength(self) -> Strength | None:
        """A service that is offered must be there (4.1.1); none need be offered."""
        return "S" if self.is_offered else self.clause.strength

    @property
    def total(self) -> int:
        return sum(counted.count or 0 for counted in self._plain)

    @property
    def _plain(self) -> list[Counted]:
        """Steps and registers that are enough for the clause."""
        return [
            counted
            for counted in self.counted
            if counted.taken is None and counted.count is not None and counted.evidence.meets
        ]

    @property
    def status(self) -> Status:
        """Steps and registers say together whether anything is there at all; each measure stands for itself, and the
        worst decides. What is kept by hand decides only where nothing can be counted."""
        if self.is_offered is False:
            return Status.NOT_OFFERED
        statuses = {counted.status for counted in self.counted if counted.taken is not None}
        if self._plain:
            statuses.add(Status.MET if self.total else Status.MISSING)
        order = (Status.MISSING, Status.LACKING, Status.MET)
        worst = next((status for status in order if status in statuses), None)
        if worst is not None:
            return worst
        return Status.OUTSIDE if any(counted.count is None for counted in self.counted) else Status.NOT_DUE

    @property
    def is_gap(self) -> bool:
        return not self.clause.is_heading and self.status in {Status.MISSING, Status.LACKING}

    @property
    def tone(self) -> str:
        return "plain" if self.clause.is_heading else TONES[self.status]


def lines(period: Period) -> list[Line]:
    """Every clause in the order of the standard, with its evidence in `period`; a handful of queries whatever the size."""
    counts, offered = _Counts(period), registry.offered(period.known_until)
    return [
        Line(
            clause,
            depth,
            tuple(counts.of(evidence) for evidence in clause.evidence),
            _is_offered(clause, offered),
        )
        for chapter in load()
        for clause, depth in _walk(chapter)
    ]


def _is_offered(clause: Clause, offered: frozenset[str] | None) -> bool | None:
    """Of a service item, whether it is offered; of a family, whether any of its items is."""
    if offered is None or clause.is_heading or not clause.id.startswith(f"{SERVICES}."):
        return None
    return any(f"{code}.".startswith(f"{clause.id}.") for code in offered)


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
        by_item = {
            evidence.ref
            for evidence in _every()
            if evidence.kind == "operation" and evidence.item and evidence.ref
        }
        self._steps = _grouped(steps, "clause")
        self._steps_of_items = _grouped(steps.filter(aliases.steps(by_item)), "services__code")
        self._period = period
        self._records: dict[tuple[str, str | None], Counted] = {}
        self._taken: dict[str, Fulfilment] = {}

    def of(self, evidence: Evidence) -> Counted:
        if evidence.kind == "by_hand" or evidence.ref is None:
            return Counted(evidence, None)
        if evidence.kind in MEASURED:
            return self._measure(evidence, evidence.ref)
        return self._step(evidence) if evidence.kind == "operation" else self._record(evidence)

    def _measure(self, evidence: Evidence, name: str) -> Counted:
        if name not in self._taken:
            measure = registry.find(name)
            assert measure is not None, f"{name} was checked at start"
            self._taken[name] = measured(measure, self._period)
        taken = self._taken[name]
        return Counted(evidence, taken.m if evidence.kind == "none_open" else taken.n, taken=taken)

    def _step(self, evidence: Evidence) -> Counted:
        steps = self._steps_of_items if evidence.item else self._steps
        names = aliases.OPERATIONS.all(str(evidence.ref))
        counted = [step for step in steps if step.operation in names and _counts_for(evidence, step.mark)]
        return Counted(
            evidence, sum(step.count for step in counted), max((step.last for step in counted), default=None)
        )

    def _record(self, evidence: Evidence) -> Counted:
        key = (str(evidence.ref), evidence.dated)
        if key not in self._records:
            self._records[key] = _counted(evidence, self._period)
        return replace(self._records[key], evidence=evidence)


def _every() -> Iterator[Evidence]:
    return (evidence for chapter in load() for clause in chapter.walk() for evidence in clause.evidence)


def _model(ref: str) -> type[Model]:
    model: type[Model] = apps.get_model(ref)
    return model


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


def _counts_for(evidence: Evidence, mark: str | None) -> bool:
    """The same as `_are`, of what is grouped already."""
    if evidence.item:
        return f"{mark}.".startswith(f"{evidence.item}.")
    return evidence.element is None or mark == f"6.2.{evidence.element}"


def _are(evidence: Evidence) -> Q:
    """The steps that are this evidence."""
    steps = aliases.steps([str(evidence.ref)])
    if evidence.item:
        code = Q(services__code=evidence.item) | Q(services__code__startswith=f"{evidence.item}.")
        return steps & Q(pk__in=Entry.objects.filter(code).values("pk"))
    return steps & Q(clause=f"6.2.{evidence.element}") if evidence.element else steps


def entries_of(clause: Clause, period: Period) -> "QuerySet[Entry]":
    """The recorded steps that are evidence for a clause, newest first."""
    if any(evidence.ref == ENTRY for evidence in clause.evidence):
        return _in(period).order_by("-id")
    wanted = [_are(evidence) for evidence in clause.evidence if evidence.kind == "operation"]
    if not wanted:
        return Entry.objects.none()
    return _in(period).filter(reduce(or_, wanted)).order_by("-id")


def may_read(actor: Actor) -> bool:
    return actor.kind == "staff" and bool(actor.roles & READERS)


def rhythms_open_to(actor: Actor, _verb: str) -> Q:
    return policy.EVERYTHING if may_read(actor) else policy.NOTHING


def clauses_asking(measure: str) -> list[Clause]:
    """Those for which it is evidence."""
    return [
        clause
        for chapter in load()
        for clause in chapter.walk()
        if any(evidence.ref == measure and evidence.kind in MEASURED for evidence in clause.evidence)
    ]


policy.register(DueRhythm, scope=rhythms_open_to)
