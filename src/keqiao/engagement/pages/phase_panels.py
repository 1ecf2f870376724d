"""What the workspace shows at each step: which parts, in which columns, when rows can be worked on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model, Prefetch, Q, prefetch_related_objects
from django.urls import reverse

from keqiao.engagement import models as m
from keqiao.engagement.case.states import GIVING, OPEN, Stage
from keqiao.faces.columns import field_of, shown, tone_of
from keqiao.faces.page import Link
from keqiao.faces.resource import resource_of, url_of
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps import operation

LONGEST = 80
JUDGED = tuple(stage for stage in Stage.values if stage not in {*GIVING, Stage.REVIEWED})


@dataclass(frozen=True)
class PhasePanel:
    model: type[Model]
    columns: tuple[str, ...]
    files: tuple[str, ...] = ()
    when: tuple[str, ...] = OPEN
    exists: tuple[str, ...] = tuple(Stage.values)  # the stages in which there can be rows
    only: Q | None = None  # of those the reader may see, the ones shown here

    @property
    def relation(self) -> str:
        return str(self.model._meta.get_field("engagement").remote_field.related_name)  # type: ignore[union-attr]

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def related(self) -> tuple[str, ...]:
        names = [name for name in self.columns if isinstance(field_of(self.model, name), ForeignKey)]
        return (*names, *self.files)


PHASE_PANELS: dict[str, tuple[PhasePanel, ...]] = {
    "6.1": (
        PhasePanel(m.Material, ("name", "required", "state", "reason"), ("blob",), GIVING),
        PhasePanel(m.SiteVisit, ("visited_on", "place", "people", "findings"), ("blob",)),
        PhasePanel(m.Feasibility, ("feasible", "grounds", "risks", "decided_by")),
        PhasePanel(m.Notice, ("number", "kind", "time_limit"), ("blob",), exists=JUDGED),
    ),
    "6.2": (
        PhasePanel(
            m.Contract, ("number", "state", "begins_on", "ends_on", "signed_on"), ("pdf", "signed_copy")
        ),
        PhasePanel(m.FeeLine, ("name", "amount", "due_on", "paid", "paid_on")),
        PhasePanel(m.Custody, ("what", "quantity", "kept_at", "received_on", "returned_on")),
        PhasePanel(m.Amendment, ("number", "state", "reason", "new_end", "signed_on"), ("pdf",)),
    ),
    "6.3.1": (
        PhasePanel(m.Member, ("user", "role", "duty", "undertaking_at", "left_on")),
        PhasePanel(m.Task, ("title", "member", "due_on", "done_on")),
    ),
    "6.3.2": (
        PhasePanel(m.MaterialAnalysis, ("what", "result")),
        PhasePanel(m.Interview, ("held_on", "people", "answers"), ("blob",)),
        PhasePanel(m.Questionnaire, ("title", "state", "summary")),
        PhasePanel(m.Finding, ("text", "consequence")),
    ),
    "6.3.3": (
        PhasePanel(m.Plan, ("number", "edition", "state", "sent_at", "decided_at", "reason"), ("pdf",)),
        PhasePanel(m.Milestone, ("name", "plan", "due_on", "result", "delivered_on"), ("blob",)),
    ),
    "6.3.4": (
        PhasePanel(m.Milestone, ("name", "plan", "due_on", "result", "delivered_on"), ("blob",)),
        PhasePanel(m.Adjustment, ("reason", "state", "chosen")),
    ),
    "6.3.4-log": (
        PhasePanel(m.Guidance, ("given_on", "channel", "question", "advice")),
        PhasePanel(m.ProgressReport, ("sent_at", "done", "next_steps", "problems"), ("pdf",)),
        PhasePanel(m.WorkingData, ("name", "analysis"), ("blob",)),
        PhasePanel(m.Partner, ("name", "service", "contact", "undertaking")),
    ),
    "6.4": (
        PhasePanel(m.Deliverable, ("name", "form", "due_on", "state", "handed_over_on", "reason"), ("blob",)),
        PhasePanel(m.Survey, ("sent_at", "answered_at", "comment")),
        PhasePanel(m.Complaint, ("number", "kind", "state", "due_on", "answered_on")),
    ),
    "6.5": (
        PhasePanel(m.ArchiveSummary, ("time", "content", "effect")),
        PhasePanel(m.Survey, ("sent_at", "answered_at", "comment")),
        PhasePanel(m.Complaint, ("number", "kind", "state", "due_on", "answered_on")),
        PhasePanel(
            m.Archive, ("number", "created_at", "seal"), ("blob", "client_blob"), exists=(Stage.ARCHIVED,)
        ),
    ),
}


def panels_of(chosen: str, engagement: m.Engagement) -> tuple[PhasePanel, ...]:
    """What is shown at a step; a part that can't have rows yet is neither read nor shown."""
    return tuple(part for part in PHASE_PANELS[chosen] if engagement.state in part.exists)


# Read too where the step's guards ask for it several times.
ASKED_OFTEN: dict[str, tuple[PhasePanel, ...]] = {"6.3.4": (PhasePanel(m.Plan, ()),)}


def read(engagement: Any, parts: Iterable[PhasePanel], actor: Actor) -> None:
    """Read the rows of `parts` that are open to `actor`, one query a part; guards then find them read."""
    wanted = [
        _prefetch(part, actor)
        for part in parts
        if part.relation not in engagement.__dict__.get("_prefetched_objects_cache", {})
    ]
    prefetch_related_objects([engagement], *wanted)


def _prefetch(part: PhasePanel, actor: Actor) -> "Prefetch[Any]":
    rows = policy.visible(part.model, actor).filter(part.only or Q()).order_by("pk")
    return Prefetch(part.relation, rows.select_related(*part.related) if part.related else rows)


@dataclass(frozen=True)
class FileRow:
    """A file as faces/files.html lists it; `kind` says what it is about, `size` is in bytes."""

    name: str
    url: str
    size: int
    at: datetime
    hash: str
    kind: str


@dataclass(frozen=True)
class PanelRow:
    """`cells` are label, value and tone."""

    url: str
    cells: list[tuple[str, Any, str]]
    files: list[FileRow]
    operations: list[Link]


@dataclass(frozen=True)
class Panel:
    """A part as engagement/part.html draws it."""

    title: str
    heads: list[str]
    rows: list[PanelRow]


def panel(engagement: Any, part: PhasePanel, actor: Actor, back: str) -> Panel:
    rows = list(getattr(engagement, part.relation).all())
    return Panel(
        title=part.title,
        heads=[str(_field(part, name).verbose_name) for name in part.columns],
        rows=[_row(engagement, part, row, actor, back) for row in rows],
    )


def _field(part: PhasePanel, name: str) -> "Field[Any, Any]":
    field = field_of(part.model, name)
    assert field is not None, f"{part.model.__name__} has no field {name}"
    return field


def _row(engagement: Any, part: PhasePanel, row: Any, actor: Actor, back: str) -> PanelRow:
    return PanelRow(
        url=url_of(row),
        cells=[
            (str(_field(part, name).verbose_name), _short(shown(row, name)), tone_of(row, name))
            for name in part.columns
        ],
        files=files([row], part, actor),
        operations=_buttons(part, row, actor, back) if engagement.state in part.when else [],
    )


def _short(value: Any) -> Any:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


def _buttons(part: PhasePanel, row: Any, actor: Actor, back: str) -> list[Link]:
    """The steps that fit this row's state. What a step still lacks is said on its own page."""
    resource = resource_of(part.model)
    if resource is None:
        return []
    fitting = [
        op
        for op in operation.operations_on(part.model)
        if op.exposed and not op.creates and op.fits_state(row) and op.permission(actor, row)
    ]
    return [
        Link(str(op.label), reverse(f"{resource.slug}-do", args=[row.pk, op.name]) + f"?next={back}")
        for op in fitting
    ]


def files(rows: Iterable[Any], part: PhasePanel, actor: Actor) -> list[FileRow]:
    read = [name for name in part.files if policy.may_read(part.model, actor, name)]
    blobs = [(row, getattr(row, name)) for row in rows for name in read]
    return [file_row(blob, str(row)) for row, blob in blobs if blob is not None]


def file_row(blob: Blob, about: str) -> FileRow:
    return FileRow(
        name=blob.name, url=url_of(blob), size=blob.size, at=blob.created_at, hash=blob.sha256, kind=about
    )
