"""What is special about zips that are documents: their kind, macros, and the beginnings of their XML."""

import zipfile
from typing import NoReturn
from xml.parsers import expat

from keqiao.kernel.files import outside
from keqiao.kernel.files.file_errors import (
    ArchiveUnreadable,
    MacrosRefused,
    OldOfficeRefused,
    PasswordRefused,
    UnsafeXml,
)

TYPES = "[Content_Types].xml"
LARGEST_PART = 4 * 1024 * 1024  # of those read whole
LARGEST_SUM = 16 * 1024 * 1024
MAIN = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
MACROS = (b"macroenabled", b"vbaproject", b"vbadata", b"macrosheet")
XML_NAMES = (".xml", ".rels", ".vml")
LONGEST_PROLOG = 64 * 1024
LOCKED = {"EncryptionInfo", "EncryptedPackage"}  # streams of a container
SECTOR_SIZES = {b"\x09\0", b"\x0c\0"}
ENTRY = 128  # bytes, of a directory
GZIP = b"\x1f\x8b"
DRAWINGS = (".emz", ".wmz")  # of emf and wmf, packed by gzip
DOCUMENTS = {"docx", "xlsx", "pptx"}


def kind(archive: zipfile.ZipFile) -> str:
    names = {name.lower(): name for name in archive.namelist()}
    if TYPES.lower() in names:
        return _ooxml(archive, names)
    return "ofd" if "ofd.xml" in names else "zip"


def _ooxml(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    for name, member in names.items():
        if name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name:
            raise MacrosRefused(member=ascii(member))
        outside.check_name(name, member=member)
    read_whole = [TYPES.lower(), *(name for name in names if name.endswith(".rels"))]
    if sum(archive.getinfo(names[name]).file_size for name in read_whole) > LARGEST_SUM:
        raise ArchiveUnreadable(fact=TYPES)
    for name in read_whole:
        text = _read(archive, names[name])
        if any(mark in text.lower() for mark in MACROS):
            raise MacrosRefused(member=ascii(names[name]))
        if name.endswith(".rels"):
            outside.check_relations(text, member=names[name])
    types = _read(archive, names[TYPES.lower()])
    kinds = {name for mark, name in MAIN.items() if mark in types}
    if len(kinds) != 1:
        raise ArchiveUnreadable(fact=TYPES)
    return kinds.pop()


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as content:
        text = content.read(LARGEST_PART + 1)
    if len(text) > LARGEST_PART or b"\0" in text:  # in UTF-16 the marks looked for would hide
        raise UnsafeXml(member=ascii(name))
    return text


def is_drawing(name: str, kind: str, head: bytes) -> bool:
    """Whether a part is a drawing as Word stores it, which is no archive to anybody who opens the document."""
    return kind in DOCUMENTS and name.lower().endswith(DRAWINGS) and head.startswith(GZIP)


def refuse_container(content: bytes, member: str) -> NoReturn:
    """An OLE container is a document with a password, as Word and Excel save it today, or one of the old format.

    Its directory names its streams (MS-CFB 2.6, MS-OFFCRYPTO 2.3.4).
    """
    if _streams(content) & LOCKED:
        raise PasswordRefused(kind="Office" if member == "-" else member)
    raise OldOfficeRefused(member=member)


def _streams(content: bytes) -> set[str]:
    """The names in the first sectors of the directory, which lie beside each other."""
    sector = 1 << int.from_bytes(content[30:32], "little") if content[30:32] in SECTOR_SIZES else 512
    start = (int.from_bytes(content[48:52], "little") + 1) * sector
    entries = (content[at : at + 64] for at in range(start, min(start + 32 * ENTRY, len(content)), ENTRY))
    return {entry.decode("utf-16-le", "ignore").split("\0")[0] for entry in entries}


class Prolog:
    """Reads an XML part as far as its first element, before which alone a document type can stand."""

    def __init__(self, name: str, head: bytes) -> None:
        self._name = name
        self._read = 0
        self._parser = expat.ParserCreate() if _is_xml(name, head) else None
        if self._parser:
            self._parser.StartDoctypeDeclHandler = self._refuse
            self._parser.StartElementHandler = self._reach_root

    def feed(self, block: bytes) -> None:
        if self._parser is None:
            return
        self._read += len(block)
        try:
            self._parser.Parse(block)
        except _RootReached:
            self._parser = None
            return
        except expat.ExpatError:
            self._refuse()
        if self._read > LONGEST_PROLOG:
            self._refuse()

    def finish(self) -> None:
        if self._parser is not None:
            self._refuse()

    def _refuse(self, *_declaration: object) -> None:
        raise UnsafeXml(member=ascii(self._name))

    def _reach_root(self, *_element: object) -> None:
        raise _RootReached


class _RootReached(Exception):  # noqa: N818 - no error: the parser is told that it has seen enough
    pass


def _is_xml(name: str, head: bytes) -> bool:
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    marks = (b"<", b"\xff\xfe", b"\xfe\xff", b"\0<", b"\x4c\x6f\xa7\x94")
    return name.lower().endswith(XML_NAMES) or bare.startswith(marks)
