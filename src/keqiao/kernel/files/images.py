"""Pictures: only headers are read. Nothing here decodes a pixel, so nothing can be flooded by them."""

import os
from typing import IO, BinaryIO, cast

from PIL import Image, UnidentifiedImageError

from keqiao.kernel.files.file_errors import DamagedFile, PixelFlood

MAX_PIXELS = 80_000_000
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
FORMATS = {"PNG": "png", "JPEG": "jpeg", "WEBP": "webp"}
MOST_PARTS = 10_000  # real pictures have tens; a file of nothing but the beginnings of parts takes seconds
PNG = b"\x89PNG\r\n\x1a\n"
PNG_END = b"IEND\xae\x42\x60\x82"


def is_picture(head: bytes) -> bool:
    return _format(head) != ""


def check(file: BinaryIO, size: int) -> str:
    kind = _format(file.read(16))
    _check_pixels(file, kind)
    if not _whole(file, kind, size):
        raise DamagedFile(kind=kind)
    return FORMATS[kind]


def is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS


def check_heic(file: BinaryIO, size: int) -> str:
    """Boxes must fill the file exactly and hold the picture's description and data."""
    place, boxes = 0, set()
    for _box in range(MOST_PARTS):
        if place >= size:
            break
        file.seek(place)
        header = file.read(16)
        length = int.from_bytes(header[:4], "big")
        length = {0: size - place, 1: int.from_bytes(header[8:16], "big")}.get(length, length)
        if length < 8:  # noqa: PLR2004 - a box is at least its header
            break
        boxes.add(header[4:8])
        place += length
    if place != size or not {b"meta", b"mdat"} <= boxes:
        raise DamagedFile(kind="HEIC")
    return "heic"


def _format(head: bytes) -> str:
    if head.startswith(PNG):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "WEBP" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def _check_pixels(file: BinaryIO, kind: str) -> None:
    file.seek(0)
    try:
        with Image.open(cast("IO[bytes]", _Patient(file)), formats=[kind]) as image:
            width, height = image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PixelFlood(limit=MAX_PIXELS // 10**6) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFile(kind=kind) from error
    if width * height > MAX_PIXELS:
        raise PixelFlood(limit=MAX_PIXELS // 10**6)


class _Patient:
    """The file, as long as it is not asked for too many pieces."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell = file.seek, file.tell
        self._read, self._left = file.read, MOST_PARTS

    def read(self, size: int = -1) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError("too many parts")
        return self._read(size)


def _whole(file: BinaryIO, kind: str, size: int) -> bool:
    """Whether the end is there: a picture cut off in transfer is found now and not when someone needs it."""
    if kind == "WEBP":
        file.seek(4)
        length = int.from_bytes(file.read(4), "little")
        return size in {length + 8, length + 9}
    if kind == "PNG":
        file.seek(-len(PNG_END), os.SEEK_END)
        return file.read() == PNG_END
    file.seek(size // 2)  # a thumbnail near the beginning has an end of its own
    return b"\xff\xd9" in file.read()
