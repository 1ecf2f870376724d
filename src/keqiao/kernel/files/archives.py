"""Zip archives and the Office files that are zips, judged under limits before anything of theirs is unpacked.

First the directory at the end is held against the limits, then every entry is read through once in small
blocks: what it really unpacks to counts, not what it says. An archive inside an archive is judged the same
way, on one account.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import IO, BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.files import office, pdf
from keqiao.kernel.files.file_errors import (
    ArchiveBomb,
    ArchiveUnreadable,
    ProgramRefused,
    UnsafeMember,
)
from keqiao.kernel.files.filenames import hostile_member
from keqiao.kernel.files.signatures import OLD_OFFICE, is_packed, is_program

MAX_MEMBERS = 2_000
MAX_DIRECTORY = 1024 * 1024
MAX_TOTAL = 300 * 1024 * 1024
MAX_RATIO = 150
SMALL = 8 * 1024 * 1024  # below this a high ratio is only a sheet of equal cells
MAX_DEPTH = 3
TAKEN = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
)  # others are rare, and each fails in its own way
_UNUSUAL = _("it is damaged or packed in an unusual way")
BLOCK = 64 * 1024
END = b"PK\x05\x06"
END_SIZE = 22
END64 = b"PK\x06\x07"
LOCAL = b"PK\x03\x04"
# What the library says of damage; OverflowError for places beyond any file.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    UnicodeDecodeError,
)


@dataclass
class Account:
    """What one upload has unpacked to so far, archives inside archives included."""

    members: int = 0
    packed: int = 0
    unpacked: int = 0

    def add_members(self, count: int) -> None:
        self.members += count
        if self.members > MAX_MEMBERS:
            raise ArchiveBomb(fact=_("more than %(count)s entries") % {"count": MAX_MEMBERS})

    def add_bytes(self, count: int) -> None:
        self.unpacked += count
        if self.unpacked > MAX_TOTAL:
            raise ArchiveBomb(fact=_("more than %(size)s MB") % {"size": MAX_TOTAL // 2**20})
        if self.unpacked > max(SMALL, self.packed * MAX_RATIO):
            raise ArchiveBomb(fact=_("more than %(ratio)s times its size") % {"ratio": MAX_RATIO})


def is_zip(head: bytes) -> bool:
    return head.startswith((LOCAL, END))


def check(file: BinaryIO, size: int) -> str:
    """'docx', 'xlsx', 'pptx', 'ofd' or 'zip'."""
    return _check(file, size, Account(packed=size), depth=1)


def _check(file: IO[bytes], size: int, account: Account, *, depth: int) -> str:
    if depth > MAX_DEPTH:
        raise ArchiveBomb(fact=_("archives nested more than %(depth)s deep") % {"depth": MAX_DEPTH})
    _check_directory(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            account.add_members(len(members))
            _check_members(members)
            replace(account).add_bytes(
                sum(member.file_size for member in members)
            )  # what it admits to, first
            kind = office.kind(archive)
            for member in members:
                _check_content(archive, member, kind, account, depth)
            return kind
    except _DAMAGED as error:
        raise ArchiveUnreadable(fact=_UNUSUAL) from error


def _check_directory(file: IO[bytes], size: int) -> None:
    """Hold the end record to its word before the library believes it: one directory, bounded, at the end."""
    file.seek(max(0, size - END_SIZE - 0xFFFF - 20))
    tail = file.read()
    place = tail.rfind(END)
    record = tail[place:]
    if place < 0 or len(record) != END_SIZE + int.from_bytes(record[20:22], "little"):
        raise ArchiveUnreadable(fact=_("its end is missing"))
    if tail[:place][-20:].startswith(END64):
        raise ArchiveUnreadable(fact=_("it is of the kind made for very large archives (zip64)"))
    length, start = int.from_bytes(record[12:16], "little"), int.from_bytes(record[16:20], "little")
    if length > MAX_DIRECTORY:
        raise ArchiveBomb(fact=_("more than %(count)s entries") % {"count": MAX_MEMBERS})
    if start + length != size - len(record):
        raise ArchiveUnreadable(fact=_("something stands before or between its parts"))
    file.seek(0)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise ArchiveUnreadable(fact=_("it contains nothing"))
    names = set()
    for member in members:
        name = member.orig_filename
        if hostile_member(name) or stat.S_ISLNK(member.external_attr >> 16) or name.lower() in names:
            raise UnsafeMember(member=ascii(name))
        if member.flag_bits & 0x41:
            raise ArchiveUnreadable(fact=_("it is protected by a password"))
        if member.compress_type not in TAKEN:
            raise ArchiveUnreadable(fact=_UNUSUAL)
        names.add(name.lower())
    _check_overlap(members)


def _check_overlap(members: Iterable[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes unpack to far more than the archive holds."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise ArchiveBomb(fact=_("entries that overlap"))
        end = member.header_offset + 30 + len(member.orig_filename) + member.compress_size


def _check_content(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, kind: str, account: Account, depth: int
) -> None:
    with archive.open(member) as content, io.BytesIO() as copy:
        head = content.read(BLOCK)
        drawing = (
            Drawing(member.filename, account) if office.is_drawing(member.filename, kind, head) else None
        )
        if drawing is None:
            _check_head(head, member.filename, kind)
        nested, is_pdf, size = is_zip(head), pdf.begins(head), 0
        prolog = office.Prolog(member.filename, head) if kind != "zip" else None
        block = head
        while block:
            account.add_bytes(len(block))
            size += len(block)
            if nested or is_pdf:
                _keep(copy, block, size)
            if prolog:
                prolog.feed(block)
            if drawing:
                drawing.feed(block)
            block = content.read(BLOCK)
        if prolog:
            prolog.finish()
        if nested:
            _check(copy, size, account, depth=depth + 1)
        if is_pdf:
            pdf.refuse_locked(copy)


class Drawing:
    """What is unpacked from a drawing of Word's counts like anything else that the file unpacks to."""

    def __init__(self, name: str, account: Account) -> None:
        self._name, self._account = name, account
        self._unpacker, self._is_first = zlib.decompressobj(zlib.MAX_WBITS | 16), True

    def feed(self, block: bytes) -> None:
        while block and not self._unpacker.eof:
            unpacked = self._unpacker.decompress(block, BLOCK)
            block = self._unpacker.unconsumed_tail
            self._account.add_bytes(len(unpacked))
            if self._is_first and unpacked:
                self._is_first = False
                _check_head(unpacked, self._name, "zip")
                if is_zip(unpacked):
                    raise ArchiveUnreadable(fact=_UNUSUAL)


def _keep(copy: IO[bytes], block: bytes, size: int) -> None:
    if size > settings.MAX_FILE_BYTES:
        raise ArchiveBomb(fact=_("more than %(size)s MB") % {"size": settings.MAX_FILE_BYTES // 2**20})
    copy.write(block)


def _check_head(head: bytes, name: str, kind: str) -> None:
    if is_program(head):
        raise ProgramRefused(member=ascii(name))
    if kind == "zip" and head.startswith(OLD_OFFICE):
        office.refuse_container(head, ascii(name))
    if is_packed(head):
        raise ArchiveUnreadable(
            fact=_("it contains an archive of another kind: %(name)s") % {"name": ascii(name)}
        )
