"""PDFs that do something when they are opened or clicked: kept and handed out, never shown in a page.

The bytes are searched for the names of such things, wherever they stand, and the object streams are unpacked for it. What
can't be looked into (encrypted, or packed in a way not known here) counts as active.
"""

import re
import zlib
from collections.abc import Iterator

ACTIVE = frozenset(
    (b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"SubmitForm", b"ImportData",
     b"GoToR", b"GoToE", b"Rendition", b"XFA", b"Encrypt")
)  # fmt: skip
HOLDS_OBJECTS = (b"ObjStm", b"First")  # one of them stands in the dictionary of every object stream
NAME = re.compile(rb"/([A-Za-z0-9#]{3,60})")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
MOST = 64 * 1024 * 1024  # bytes that the object streams of one file unpack to


def is_active(content: bytes) -> bool:
    room = MOST
    for name, place in _names(content):
        if name in ACTIVE:
            return True
        if name in HOLDS_OBJECTS:
            unpacked = _objects(content, place, room)
            if unpacked is None or any(inner in ACTIVE for inner, _place in _names(unpacked)):
                return True
            room -= len(unpacked)
    return False


def _names(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Names with their escapes undone (`J#61vaScript`), and where they stand."""
    for match in NAME.finditer(content):
        name = match[1]
        if b"#" in name:
            name = ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), name)
        yield name, match.start()


def _objects(content: bytes, place: int, room: int) -> bytes | None:
    """What the stream of this dictionary unpacks to; empty where the name belongs to no stream, None where it can't be told."""
    begin = STREAM.search(content, place)
    if begin is None or content.find(b"endobj", place, begin.start()) >= 0:
        return b""
    head = content[max(0, content.rfind(b"obj", 0, place)) : begin.start()]
    names = {name for name, _place in _names(head)}
    if not any(name.endswith(b"Decode") for name in names):
        return b""  # it lies open, and is searched with the rest
    if {name for name in names if name.endswith(b"Decode")} != {b"FlateDecode"} or b"Predictor" in names:
        return None
    return _inflated(content[begin.end() :], room)


def _inflated(packed: bytes, room: int) -> bytes | None:
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, room + 1)
    except zlib.error:
        return None
    return unpacked if len(unpacked) <= room else None
