"""What an import changes, before and after, as far as whoever reads it may see the rows and their columns."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from keqiao.faces.columns import readable
from keqiao.imports.lists import Listed, is_known
from keqiao.imports.models import Import
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor


class Update(NamedTuple):
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
    names = {name: _names(listed, name, item.updates, actor) for name in read}
    for row, number, name, before, after in item.updates:
        if number in there and name in read:
            said = (_said(listed, name, value, names[name]) for value in (before, after))
            yield Update(row, str(there[number]), labels[name], *said)


def _names(listed: Listed, name: str, updates: list[Any], actor: Actor) -> dict[Any, str]:
    """What a column of keys points at, as far as the reader may choose it; one query a column."""
    if name not in listed.fields or not listed.fields[name].is_relation:
        return {}
    keys = {
        key for _row, _number, column, *both in updates if column == name for key in both if key is not None
    }
    rows = policy.visible(listed.fields[name].related_model, actor, "choose").in_bulk(keys)
    return {key: str(row) for key, row in rows.items()}


def _said(listed: Listed, name: str, value: Any, names: dict[Any, str]) -> str:
    """A value as JSON keeps it, in the words of the page."""
    field = listed.fields[name]
    if field.is_relation:
        return names.get(value, "")
    return str(dict(field.flatchoices).get(value, readable(value)) if field.choices else readable(value))
