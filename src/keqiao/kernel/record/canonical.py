"""One way to write a value as bytes (RFC 8785), so that the same fact always has the same hash."""

import dataclasses
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, cast
from uuid import UUID

import rfc8785
from django.core.files.base import File
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

type_error = (
    "{where}: {value!r} of type {kind} cannot be kept in a record; pass text, numbers, dates or rows."
)


class NotRecordable(ValueError):  # noqa: N818  (reads as what it says)
    """A value that has no one canonical form."""


def stamp(moment: datetime) -> str:
    """The moment in UTC to the microsecond: 2026-11-22T08:30:00.000000Z."""
    if moment.tzinfo is None:
        raise NotRecordable(f"{moment!r} names no time zone; use django.utils.timezone.now().")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def canonical(value: Any) -> bytes:
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise NotRecordable(str(error)) from error


def plain(value: Any, where: str = "payload") -> Any:
    """The value as JSON can hold it. Fractions become text: JSON numbers are read in too many ways."""
    match value:
        case Enum():
            return plain(value.value, where)
        case None | bool() | int() | str():
            return value
        case float() | Decimal():
            return _number(value, where)
        case date() | time() | UUID() | Promise():
            return _text(value)
        case _:
            return _compound(value, where)


def _text(value: date | time | UUID | Promise) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float | Decimal, where: str) -> str:
    if not math.isfinite(value):
        raise NotRecordable(f"{where}: {value} is not a number that can be recorded.")
    return str(value)


def _compound(value: Any, where: str) -> Any:
    match value:
        case Model():
            return {"id": value.pk, "label": str(value), "type": value._meta.label_lower}
        case File():
            return {"file": value.name, "size": value.size}
        case _ if dataclasses.is_dataclass(value):
            return {
                f.name: plain(getattr(value, f.name), f"{where}.{f.name}") for f in dataclasses.fields(value)
            }
        case Mapping():
            return {_key(key, where): plain(item, f"{where}.{key}") for key, item in value.items()}
        case set() | frozenset():
            return sorted((plain(item, where) for item in value), key=canonical)
        case list() | tuple() | QuerySet():
            items = cast("Iterable[Any]", value)
            return [plain(item, f"{where}[{index}]") for index, item in enumerate(items)]
        case _:
            kind = type(value).__name__
            raise NotRecordable(f"{where}: a {kind} cannot be recorded; pass text, numbers, dates or rows.")


def _key(key: Any, where: str) -> str:
    name = key.value if isinstance(key, Enum) else key
    if not isinstance(name, str):
        raise NotRecordable(f"{where}: the key {key!r} is not text.")
    return name
