"""The record of an object as people read it: who did what, when, under which clause."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from keqiao.faces.readable_links import Key, ReadableLinks
from keqiao.faces.resource import resource_of
from keqiao.kernel.files.file_errors import CorruptData
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import OPERATIONS, about, case_kind, model_named
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.params import Param, ParamKind
from keqiao.kernel.steps.secrecy import secrecy, takes_level
from keqiao.kernel.steps.withheld import EMPTY, READS, Reads, reads_of

Cases = Callable[[Any, Actor], "QuerySet[Any, str]"]
# Not the bare column: a database told to order by it may walk the whole record backwards to find the newest few.
NEWEST = (F("id") + 0).desc()
LONG = 200  # entries of a whole record
FEW = 3  # of a list that a step was given
_more: dict[type[Model], list[Cases]] = {}


@dataclass(frozen=True)
class Line:
    at: datetime
    actor: str
    label: str
    clause: str
    detail: str
    sealed: bool
    number: int
    url: str = ""  # of what the step was about, where that isn't the object itself
    follows: str = ""  # the step of this case that it follows from by itself; staff read it


def extend_timeline(model: type[Model], cases: Cases) -> None:
    """The record of a `model` goes on in other cases: `cases(item, actor)` names those open to the actor, as a
    queryset of texts. So an enterprise has one timeline over all modules."""
    _more.setdefault(model, []).append(cases)


def timeline(item: Model, *, actor: Actor, limit: int = LONG) -> list[Line]:
    """Newest first, as far as the actor may see what each step was about. People outside see that a step was taken,
    not what was written inside; a client also what was written to it."""
    entries = latest(item, actor=actor, limit=limit)
    return lines(item, entries, actor=actor, ways=ReadableLinks((), actor, also=subjects(item, entries)))


def latest(item: Model, *, actor: Actor, limit: int) -> list[Entry]:
    return list(_entries(item, actor).select_related("said").order_by(NEWEST)[:limit])


def subjects(item: Model, entries: Iterable[Entry]) -> set[Key]:
    """What steps on other things were about, of which the reader must see each. Those of the object's own kind stand in
    cases that are open already."""
    return {_key(entry) for entry in entries if entry.subject_label != item._meta.label_lower}


def lines(item: Model, entries: Iterable[Entry], *, actor: Actor, ways: ReadableLinks) -> list[Line]:
    reads = reads_of(actor)
    known = {op.name: op for op in operation.operations()}
    return [
        _line(entry, item, known.get(entry.step), reads)
        for entry in entries
        if (entry.subject_label == item._meta.label_lower or ways.opens(_key(entry)))
        and not _is_above(entry, known.get(entry.step), actor)
    ]


def _is_above(entry: Entry, op: Any, actor: Actor) -> bool:
    """An entry older than its column of level says only in its values how secret it is. The others the policy has left out."""
    asked = [param for param in op.params if takes_level(param)] if op and not entry.level else []
    if not asked or actor.kind == "client":
        return False
    try:
        return secrecy(asked, _values(entry)) > actor.clearance
    except CorruptData:  # said in its place
        return False


def last_entries(subject: Model, *, actor: Actor, most: int) -> list[Entry]:
    """The newest steps on the object itself, newest first."""
    rows = policy.visible(Entry, actor).filter(about(type(subject)), subject_id=subject.pk)
    return list(rows.order_by("-pk")[:most])


def _entries(item: Model, actor: Actor) -> "QuerySet[Entry]":
    case = operation.case_of(item)
    own = f"{case_kind(type(item))}:{item.pk}"
    if case != own:
        return policy.visible(Entry, actor).filter(about(type(item)), case=case, subject_id=item.pk)
    more = [name(item, actor).order_by() for name in _more.get(type(item), ())]
    condition = Q(case=case)
    whole = condition | Q(case__among=more[0].union(*more[1:])) if more else condition
    return policy.visible(Entry, actor).filter(whole)


def _key(entry: Entry) -> Key:
    return entry.subject_label, entry.subject_id


def _line(entry: Entry, item: Model, op: Any, reads: Reads) -> Line:
    label = str(op.label) if op else entry.step
    url = ""
    if _key(entry) != (item._meta.label_lower, item.pk):
        label, url = _elsewhere(entry, label)
    detail = _detail(entry, op, reads)
    return Line(
        entry.at,
        entry.by_way if reads is READS["staff"] else entry.by,
        label,
        entry.clause,
        detail,
        entry.n is not None,
        entry.case_n,
        url,
        _cause(entry) if reads is READS["staff"] else "",
    )


def _cause(entry: Entry) -> str:
    """What the step was called that this one follows from; a step of another case is not named here."""
    cause = entry.caused_by
    if cause is None or cause["case"] != entry.case:
        return ""
    name = OPERATIONS.current(cause["operation"])
    return str(operation.get(name).label) if operation.is_registered(name) else name


def _elsewhere(entry: Entry, label: str) -> tuple[str, str]:
    """A step on something that hangs on the object says on what, and leads there."""
    model = model_named(entry.subject_label)
    resource = resource_of(model) if model else None
    if resource is None:
        return label, ""
    return f"{label} · {resource.one}", reverse(f"{resource.slug}-detail", args=[entry.subject_id])


def told(entry: Entry, op: Any) -> list[tuple[str, str]]:
    """What a step wrote to the client, whole, each under its label. Raises CorruptData for what was changed."""
    asked = [param for param in op.params if param.prompt.visible_to_client] if op is not None else []
    values = _values(entry) if asked else {}
    return [
        (str(param.prompt.label), _plain(values[param.name], param))
        for param in asked
        if values.get(param.name) not in EMPTY
    ]


def _detail(entry: Entry, op: Any, reads: Reads) -> str:
    """The values of the step under their labels, shortened."""
    asked = {param.name: param for param in op.params if reads(param)} if op is not None else {}
    try:
        values = _values(entry) if asked else {}
    except CorruptData as damage:  # one damaged entry doesn't hide the others
        return str(damage.message)
    parts = [
        f"{asked[name].prompt.label}：{_short(value, asked[name])}"
        for name, value in values.items()
        if name in asked and value not in EMPTY
    ]
    return "；".join(parts)[:400]


def _values(entry: Entry) -> dict[str, Any]:
    said = getattr(entry, "said", None)
    values = said.value if said is not None else None
    return values if isinstance(values, dict) else {}


def _short(value: Any, param: Param) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if param.of is ParamKind.CHOICE:
        return str(dict(param.type.choices).get(value, value))
    if param.prompt.options is not None and (model := model_named(str(value).partition(":")[0])):
        return f"{model._meta.verbose_name} {value.partition(':')[2]}"  # one of several rows, kept as kind:number
    if isinstance(value, list):
        more = f" … ({len(value)})" if len(value) > FEW else ""
        return "、".join(_plain(item, param) for item in value[:FEW]) + more
    return _plain(value, param)[:120]


def _plain(value: Any, param: Param) -> str:
    """A row of a list, such as an instalment, is read as its cells in their order; anything named by its name."""
    if not isinstance(value, dict):
        return str(value)
    if param.of is ParamKind.ROWS:
        cells = ((value.get(column.name), column) for column in param.columns)
        return " ".join(_short(cell, column) for cell, column in cells if cell not in (None, ""))
    return str(value.get("label", value.get("file", "")))
