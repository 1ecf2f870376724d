"""What the second of two writers is shown: what stood there when they began, what stands there now, what they typed."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from keqiao.faces.columns import readable
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import Param, ParamKind

LONGEST = 20_000  # characters of one value


def standing(op: Operation, subject: Any, actor: Actor, sent: Mapping[str, Any]) -> dict[str, str]:
    """The values the form of `op` begins with, as they are read. A step that begins empty compares nothing. `sent` is
    what the link knew, on which some of them hang."""
    if subject is None:
        return {}
    return {
        p.name: as_text(p, _now(p, subject, sent), actor)
        for p in op.params
        if p.prompt.initial or p.prompt.prefill
    }


def _now(param: Param, subject: Any, sent: Mapping[str, Any]) -> Any:
    if param.prompt.prefill:
        return param.prompt.prefill(subject, {name: str(value) for name, value in sent.items()})
    assert param.prompt.initial is not None
    return param.prompt.initial(subject)


def as_text(param: Param, value: Any, actor: Actor) -> str:
    if value in (None, ""):
        return ""
    if param.of is ParamKind.ROWS:
        return "\n".join(_row(param, row, actor) for row in value)
    if param.of is ParamKind.CHOICE:
        return str(dict(param.type.choices).get(value, value))
    if param.of is ParamKind.OBJECTS:
        return "、".join(_name(param, item, actor) for item in value)
    if param.of is ParamKind.OBJECT:
        return _name(param, value, actor)
    if param.of is ParamKind.FLAG:
        return _("Yes") if value else _("No")
    return str(readable(value))[:LONGEST].replace("\r\n", "\n")


def _row(param: Param, row: Any, actor: Actor) -> str:
    values = row if isinstance(row, dict) else vars(row)
    return " · ".join(as_text(column, values.get(column.name), actor) or "—" for column in param.columns)


def _name(param: Param, value: Any, actor: Actor) -> str:
    item = value if isinstance(value, Model) else policy.visible(param.model, actor).filter(pk=value).first()
    return str(item) if item is not None else ""


def changes(
    op: Operation, subject: Any, values: Mapping[str, Any], actor: Actor
) -> dict[str, tuple[str, str]]:
    """For programs: under each label what was sent and what stands there now, where the two differ."""
    now = standing(op, subject, actor, values)
    sent = {
        p.name: as_text(p, values[p.name], actor) for p in op.params if p.name in now and p.name in values
    }
    labels = {p.name: str(p.prompt.label) for p in op.params}
    return {labels[name]: (sent[name], now[name]) for name in sent if sent[name] != now[name]}


def rows(
    op: Operation, now: Mapping[str, str], values: Mapping[str, Any], actor: Actor, began_with: str
) -> list[dict[str, str]]:
    """For people: one row a field that somebody changed, be it they or the other. `now` is what stands there."""
    before = parsed(began_with)
    fields = [
        {
            "label": str(p.prompt.label),
            "before": before.get(p.name, now[p.name]),
            "theirs": now[p.name],
            "yours": as_text(p, values[p.name], actor),
        }
        for p in op.params
        if p.name in now and p.name in values
    ]
    return [row for row in fields if not row["before"] == row["theirs"] == row["yours"]]


def parsed(text: str) -> dict[str, str]:
    """What the form carried along; it is shown back to who sent it, and to nobody else."""
    try:
        carried = json.loads(text)
    except (ValueError, RecursionError):  # the form came back as somebody wrote it
        return {}
    return {str(k): str(v)[:LONGEST] for k, v in carried.items()} if isinstance(carried, dict) else {}
