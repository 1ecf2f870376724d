"""The record of an object as people read it: who did what, when, under which clause."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from keqiao.kernel import operation
from keqiao.kernel.actors import Actor
from keqiao.kernel.models import Entry


@dataclass(frozen=True)
class Line:
    at: datetime
    actor: str
    label: str
    clause: str
    detail: str
    sealed: bool
    number: int


def timeline(item: Model, *, actor: Actor, limit: int = 200) -> list[Line]:
    """Newest first. People outside see that a step was taken, not what was written inside."""
    case = operation.case_of(item)
    own = f"{item._meta.model_name}:{item.pk}"
    rows = Entry.objects.filter(case=case)
    if case != own:
        rows = rows.filter(subject_type=item._meta.label_lower, subject_id=item.pk)
    inside = actor.kind == "staff"
    return [_line(entry, inside=inside) for entry in rows.select_related("said").order_by("-id")[:limit]]


def _line(entry: Entry, *, inside: bool) -> Line:
    known = {op.name: op for op in operation.operations()}
    op = known.get(entry.operation)
    detail = _detail(entry, op) if inside else ""
    label = str(op.label) if op else entry.operation
    return Line(entry.at, entry.actor_label, label, entry.clause, detail, entry.n is not None, entry.case_n)


def _detail(entry: Entry, op: Any) -> str:
    """The values of the step under their labels, shortened."""
    said = getattr(entry, "said", None)
    values = said.value if said is not None else None
    if not isinstance(values, dict) or op is None:
        return ""
    labels = {param.name: str(param.ask.label) for param in op.params}
    parts = [f"{labels[name]}：{_short(value)}" for name, value in values.items() if name in labels and value not in (None, "", [])]
    return "；".join(parts)[:400]


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} ×"
    if isinstance(value, dict):
        return str(value.get("label", value.get("file", "")))
    return str(value)[:120]
