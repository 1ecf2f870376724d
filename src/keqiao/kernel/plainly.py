"""A condition on rows, judged for a row that is already read: yes, no, or only the database can tell."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, Q

PLAIN = (bool, int, str)
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda have, want: bool(have == want),
    "in": lambda have, want: have in want,
    "lte": lambda have, want: bool(have <= want),
    "gte": lambda have, want: bool(have >= want),
}


def holds(condition: Q, row: Model) -> bool | None:
    """None where the condition reaches beyond the row's own columns, or asks in a way that isn't known here."""
    found = [holds(one, row) if isinstance(one, Q) else _compared(one, row) for one in condition.children]
    if condition.connector == Q.XOR:
        return None
    deciding = condition.connector == Q.OR
    verdict = deciding if deciding in found else (None if None in found else not deciding or not found)
    return verdict if verdict is None or not condition.negated else not verdict


def _compared(part: Any, row: Model) -> bool | None:
    if not isinstance(part, tuple):
        return None
    name, _sep, how = part[0].partition("__")
    field = _column(row, name)
    if field is None:
        return None
    have, want = getattr(row, field.attname), part[1]
    if how == "isnull":
        return (have is None) is want
    plain = isinstance(want, PLAIN) or (how == "in" and _all_plain(want))
    if have is None or not plain or (how or "exact") not in _COMPARED:
        return None
    return _COMPARED[how or "exact"](have, want)


def _all_plain(want: Any) -> bool:
    return (
        isinstance(want, Collection)
        and not hasattr(want, "query")
        and all(isinstance(one, PLAIN) for one in want)
    )


def _column(row: Model, name: str) -> "Field[Any, Any] | None":
    try:
        field = row._meta.pk if name == "pk" else row._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) and field.concrete and not field.many_to_many else None
