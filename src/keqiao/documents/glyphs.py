"""Which characters a font can draw, read from its `cmap` table.

A character no embedded font has would print as an empty box and be lost to whoever copies the text;
PDF/A forbids it too. Such a character is written out by its code point: 〔U+20BB7〕.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

SEGMENTED = 4  # cmap subtable format of the basic plane
GROUPED = 12  # cmap subtable format of all planes


def spell_out(*, text: str, fonts: tuple[Path, ...]) -> str:
    known = drawable(fonts)
    return "".join(c if _can_stay(c, known) else f"〔U+{ord(c):04X}〕" for c in text)


@cache
def drawable(fonts: tuple[Path, ...]) -> frozenset[int]:
    return frozenset().union(*(code_points(font) for font in fonts))


def _can_stay(character: str, known: frozenset[int]) -> bool:
    if character == "\n":
        return True
    return ord(character) in known and unicodedata.category(character) != "Co"


@cache
def code_points(font: Path) -> frozenset[int]:
    with font.open("rb") as stream:
        offset = 0
        if stream.read(4) == b"ttcf":  # a collection; its faces share one cmap in practice, take the first
            (offset,) = _unpack(stream, ">I", 12)
        cmap = _cmap_offset(stream, offset)
        return frozenset(point for table in _subtables(stream, cmap) for point in _points(stream, table))


def _unpack(stream: BinaryIO, layout: str, offset: int) -> tuple[int, ...]:
    stream.seek(offset)
    return struct.unpack(layout, stream.read(struct.calcsize(layout)))


def _cmap_offset(stream: BinaryIO, directory: int) -> int:
    (tables,) = _unpack(stream, ">H", directory + 4)
    for index in range(tables):
        tag, _, offset, _ = struct.unpack(">4sIII", _read(stream, directory + 12 + 16 * index, 16))
        if tag == b"cmap":
            return int(offset)
    raise ValueError(f"{stream.name} is no font with a character map.")


def _read(stream: BinaryIO, offset: int, size: int) -> bytes:
    stream.seek(offset)
    return stream.read(size)


def _subtables(stream: BinaryIO, cmap: int) -> Iterator[int]:
    (count,) = _unpack(stream, ">H", cmap + 2)
    for index in range(count):
        _, _, offset = _unpack(stream, ">HHI", cmap + 4 + 8 * index)
        yield cmap + offset


def _points(stream: BinaryIO, table: int) -> Iterator[int]:
    (form,) = _unpack(stream, ">H", table)
    if form == GROUPED:
        (groups,) = _unpack(stream, ">I", table + 12)
        for first, last, _ in struct.iter_unpack(">III", _read(stream, table + 16, 12 * groups)):
            yield from range(first, last + 1)
    elif form == SEGMENTED:
        (doubled,) = _unpack(stream, ">H", table + 6)
        ends = _unpack(stream, f">{doubled // 2}H", table + 14)
        starts = _unpack(stream, f">{doubled // 2}H", table + 16 + doubled)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
