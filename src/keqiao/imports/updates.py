"""What an import changes, before and after, as far as whoever reads it may see the rows and their columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from keqiao.faces.columns import readable
from keqiao.imports.lists import Listed, is_known
from keqiao.imports.models import Import
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor


@dataclass(frozen=True)
class Update:
    row: int
    name: str
    column: str
    before: str
    after: str


def updates_of(item: Import, actor: Actor) -> dict[str, Any]:
    updates = list(_updates(item, actor)) if item.updates and is_known(item.list_slug) else []
    return {"updates": updates, "number": item.updates_found}


def _updates(item: Import, actor: Actor) -> Iterator[Update]:
    listed = item.listed
    there = policy.visible(listed.model, actor).in_bulk({number for _row, number, *_rest in item.updates})
    labels = {column.name: str(column.label) for column in listed.columns}
    read = {name for name in labels if policy.may_read(listed.model, actor, name)}
    for row, number, name, before, after in item.updates:
        if number in there and name in read:
            said = (_said(listed, name, value, actor) for value in (before, after))
            yield Update(row, str(there[number]), labels[name], *said)


def _said(listed: Listed, name: str, value: Any, actor: Actor) -> str:
    """A value as JSON keeps it, in the words of the page."""
    field = listed.fields[name]
    if field.is_relation:
        return str(policy.visible(field.related_model, actor, "choose").filter(pk=value).first() or "")
    return str(dict(field.flatchoices).get(value, readable(value)) if field.choices else readable(value))
