"""A paper's data as plain JSON values, cleaned of what cannot be printed, and the digest of just that.

PDF and Word are made from these values, so the digest printed in both names the same content.
"""

import dataclasses
import hashlib
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import singledispatch
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785

from sheets.letters import is_shown

from .amounts import in_capitals, in_figures
from .registry import Document

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]

ZONE = ZoneInfo("Asia/Shanghai")  # what is kept in UTC has yesterday's day until eight in the morning
NEWLINES = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n") | {"\t": " "})
VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))


def values_of(*, document: Document) -> dict[str, Value]:
    return {field.name: plain(getattr(document, field.name)) for field in dataclasses.fields(document)}


def digest_of(*, document: Document) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of the kind of paper and its cleaned content."""
    content: Any = {"document": type(document).__name__, "content": values_of(document=document)}
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def clean(text: str) -> str:
    """Keep letters; drop control, format and surrogate code points, which hide or reorder what is read."""
    lines = text.replace("\r\n", "\n").translate(NEWLINES)
    return "".join(character for character in lines if character == "\n" or _is_printed(character))


def _is_printed(character: str) -> bool:
    return is_shown(character) and character not in VARIATION_SELECTORS


@singledispatch
def plain(value: object) -> Value:
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"A document holds no {type(value).__name__}: {value!r}")


@plain.register(int)  # and bool
@plain.register(float)
@plain.register(type(None))
def _as_it_is(value: float | None) -> Value:
    return value


@plain.register
def _text(value: str) -> Value:
    return clean(value)


@plain.register
def _choice(value: Enum) -> Value:
    return plain(value.value)


@plain.register
def _money(value: Decimal) -> Value:
    return {"figures": in_figures(value), "capitals": in_capitals(value)}


@plain.register
def _day(value: date) -> Value:
    """In words: a day that is provisional says so itself."""
    return str(value)


@plain.register
def _moment(value: datetime) -> Value:
    if value.tzinfo is None:
        raise ValueError(f"A moment on a document needs its time zone: {value.isoformat()}")
    return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


@plain.register(tuple)
def _many(value: tuple[object, ...]) -> Value:
    return [plain(item) for item in value]
