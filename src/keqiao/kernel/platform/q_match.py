"""A condition on rows, judged for a row that is already read: yes, no, or only the database can tell."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model, Q

Key = ForeignKey[Any, Any]
FollowKey = Callable[[Model, Key], Model | None]
PLAIN = (bool, int, str)
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda have, want: bool(have == want),
    "in": lambda have, want: have in want,
    "lte": lambda have, want: bool(have <= want),
    "gte": lambda have, want: bool(have >= want),
}


def at_hand(row: Model, key: Key) -> Model | None:
    """What a row hangs on, where it was read with the row."""
    return getattr(row, key.name) if key.is_cached(row) else None


class FreshRelations:
    """What rows hang on, each read once, as it stands now."""

    def __init__(self) -> None:
        self._read: dict[tuple[type[Model], int], Model] = {}

    def __call__(self, row: Model, key: Key) -> Model | None:
        kind, number = key.related_model, getattr(row, key.attname)
        if number is None:
            return None
        if (kind, number) not in self._read:
            self._read[kind, number] = kind._base_manager.get(pk=number)  # noqa: SLF001
        return self._read[kind, number]


def matches(condition: Q, row: Model, hangs_on: FollowKey = at_hand) -> bool | None:
    """None where the condition reaches beyond the row and what it `hangs_on`, or asks in a way not known here."""
    if condition.connector == Q.XOR:
        return None
    deciding = condition.connector == Q.OR
    verdict: bool | None = not deciding or not condition.children
    for child in condition.children:
        told = matches(child, row, hangs_on) if isinstance(child, Q) else _compared(child, row, hangs_on)
        if told is deciding:  # what comes after can't change it, and may be dear to ask
            verdict = deciding
            break
        verdict = None if told is None else verdict
    return verdict if verdict is None or not condition.negated else not verdict


def _compared(part: Any, row: Model, hangs_on: FollowKey) -> bool | None:
    if not isinstance(part, tuple):
        return None
    name, _sep, how = part[0].partition("__")
    field = _column(row, name)
    if field is None:
        return None
    if isinstance(field, ForeignKey) and how and how not in {*_COMPARED, "isnull"}:
        above = hangs_on(row, field)
        return _compared((how, part[1]), above, hangs_on) if above else None
    have, want = getattr(row, field.attname), part[1]
    if how == "isnull":
        return (have is None) is want
    if have is None or (how or "exact") not in _COMPARED:
        return None
    plain = isinstance(want, PLAIN) or (how == "in" and _all_plain(want))
    return _COMPARED[how or "exact"](have, want) if plain else None


def _all_plain(want: Any) -> bool:
    return (
        isinstance(want, Collection)
        and not hasattr(want, "query")
        and all(isinstance(value, PLAIN) for value in want)
    )


def _column(row: Model, name: str) -> "Field[Any, Any] | None":
    try:
        field = row._meta.pk if name == "pk" else row._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) and field.concrete and not field.many_to_many else None
