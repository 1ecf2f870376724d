"""What holds a pack, zipped or unpacked, byte by byte. It goes into every pack as a part of verify.py."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

MAX_BYTES, MAX_MEMBERS, MAX_LINE, MAX_RATIO = 16 << 30, 100_000, 32 << 20, 200
SHORT, LONG, FULL = 0xFFFF, (1 << 31) - 1, 0xFFFFFFFF  # where a zip needs wider numbers
ATTRIBUTES = (stat.S_IFREG | 0o644) << 16


class Fault(Exception):  # noqa: N818
    """Ends a part of the check: code, where, detail."""


class Pack:
    """A pack, zipped or unpacked. Names and sizes are looked at before anything is read."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        self.root, self.zip = path, None if path.is_dir() else zipfile.ZipFile(str(path))
        self.sizes: dict[str, int] = {}
        total, seen = 0, {""}
        for name, size, packed, regular in self.unpacked() if self.zip is None else self.zipped(self.zip):
            total += size
            if not regular or not is_safe(name) or name.casefold() in seen:
                raise Fault("name", name)
            if size > MAX_RATIO * packed + (1 << 20) or total > max_bytes or len(seen) >= MAX_MEMBERS:
                raise Fault("limit", name, f"{total} bytes, {len(seen) + 1} members")
            seen.add(name.casefold())
            self.sizes[name] = size

    def zipped(self, pack: zipfile.ZipFile) -> Iterator[tuple[str, int, int, bool]]:
        for info in pack.infolist():
            regular = stat.S_IFMT(info.external_attr >> 16) in {0, stat.S_IFREG} and not info.is_dir()
            regular = regular and not info.flag_bits & 1 and info.compress_type in {0, 8}
            yield info.orig_filename, info.file_size, info.compress_size, regular

    def unpacked(self) -> Iterator[tuple[str, int, int, bool]]:
        for path in sorted(self.root.rglob("*")):
            if path.is_symlink() or not path.is_dir():
                size, regular = path.lstat().st_size, path.is_file() and not path.is_symlink()
                yield path.relative_to(self.root).as_posix(), size, size, regular

    def check_zip(self) -> None:
        """No byte of the zip is free: members one behind the other, the directory, its end, all as a pack has them."""
        if self.zip is None:
            return
        at, directory, infos = 0, b"", self.zip.infolist()
        with self.root.open("rb") as file:
            for info in infos:
                head, entry = written(info, file.read(6)[4:5] == b"-", at)
                file.seek(at)
                if info.header_offset != at or file.read(len(head)) != head or not is_filled(info, file):
                    raise Fault("loose", info.orig_filename, at)
                at, directory = at + len(head) + info.compress_size, directory + entry
                file.seek(at)
            if file.read() != directory + ending(len(infos), len(directory), at):
                raise Fault("loose", "zip", at)

    def open(self, name: str) -> BinaryIO:
        if name not in self.sizes:
            raise Fault("absent", name)
        return cast("BinaryIO", self.zip.open(name)) if self.zip else (self.root / name).open("rb")

    def lines(self, name: str) -> Iterator[tuple[str, bytes]]:
        with self.open(name) as file:
            for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), b""), 1):
                if not line.endswith(b"\n"):
                    raise Fault("form", f"{name}:{number}", "line without end / 行不完整")
                yield f"{name}:{number}", line[:-1]

    def line(self, name: str) -> bytes:
        return b"\n".join(line for _where, line in self.lines(name))


def written(info: zipfile.ZipInfo, wide: bool, at: int) -> tuple[bytes, bytes]:
    """Head and directory entry of a member as a pack has them; a wide one has room for sizes of 8 bytes."""
    name, sizes = info.orig_filename.encode("utf-8", "replace"), [info.compress_size, info.file_size]
    version, flag = 45 if wide or at > LONG else 20, 0 if info.orig_filename.isascii() else 0x800
    same = struct.pack("<4HL", flag, info.compress_type, 0, 33, info.CRC)
    room = struct.pack("<2H2Q", 1, 16, *sizes[::-1]) if wide else b""
    shown = [FULL] * 2 if wide else sizes
    head = struct.pack("<4sH", b"PK\3\4", 45 if wide else 20) + same
    head += struct.pack("<2L2H", *shown, len(name), len(room)) + name + room
    far = struct.pack("<2HQ", 1, 8, at) if at > LONG else b""
    entry = struct.pack("<4s2BH", b"PK\1\2", version, 3, version) + same
    place = struct.pack("<2L5H2L", *sizes, len(name), len(far), 0, 0, 0, ATTRIBUTES, at if not far else FULL)
    return head, entry + place + name + far


def is_filled(info: zipfile.ZipInfo, file: BinaryIO) -> bool:
    """Whether what is packed ends where its place ends."""
    left, size, stream = info.compress_size, info.file_size, zlib.decompressobj(-15)
    while info.compress_type and left and size >= 0 and not stream.eof:
        block = file.read(min(left, 1 << 12))
        left -= len(block) or left
        size -= len(stream.decompress(block))
    return left == size if not info.compress_type else stream.eof and not (left or size or stream.unused_data)


def ending(count: int, size: int, at: int) -> bytes:
    long = struct.pack(
        "<4sQ2H2L4Q4sLQL", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at, b"PK\6\7", 0, at + size, 1
    )
    counts = [min(count, SHORT)] * 2
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *counts, min(size, FULL), min(at, FULL), 0)
    return (long if count > SHORT or at > LONG else b"") + end


def is_safe(name: str) -> bool:
    plain = not re.search(r'[\x00-\x1f\x7f\\:*?"<>|]', name) and len(name.encode("utf-8", "replace")) < 1 << 8
    return plain and not any(part.strip(" .") != part or not part for part in name.split("/"))
