"""What a file is, judged from its bytes. The name and what the browser says of it play no part."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from keqiao.kernel.files import archives, images, office, pdf, plaintext
from keqiao.kernel.files.active_pdf import is_active
from keqiao.kernel.files.file_errors import (
    EmptyFile,
    FileTooLarge,
    KindRefused,
    ProgramRefused,
)
from keqiao.kernel.files.signatures import OLD_OFFICE, is_program

HEAD = 4096
ACTIVE = "+"  # ends the key of a kind that is taken like the one without, and never shown
OPAQUE = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    """`extensions[0]` is the one a wrong name gets. Only an `inline` kind may be shown in a page."""

    key: str
    media_type: str
    extensions: tuple[str, ...]
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
_TEXT = ("txt", "csv", "tsv", "md", "json", "log")
KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "application/pdf", ("pdf",), inline=True),
        Kind(
            f"pdf{ACTIVE}", "application/pdf", ("pdf",)
        ),  # it does something when opened: saved, never shown
        Kind("png", "image/png", ("png",), inline=True),
        Kind("jpeg", "image/jpeg", ("jpg", "jpeg"), inline=True),
        Kind("webp", "image/webp", ("webp",), inline=True),
        Kind("heic", "image/heic", ("heic", "heif")),
        Kind("docx", f"{_OFFICE}.wordprocessingml.document", ("docx",)),
        Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
        Kind("pptx", f"{_OFFICE}.presentationml.presentation", ("pptx",)),
        Kind("ofd", "application/ofd", ("ofd",)),
        Kind("zip", "application/zip", ("zip",)),
        Kind("text", "text/plain", _TEXT),
        # What a browser would run is kept, but only ever handed out as unnamed bytes to save.
        Kind("html", OPAQUE, (*_TEXT, "html", "htm")),
        Kind("svg", OPAQUE, (*_TEXT, "svg")),
        Kind("xml", OPAQUE, (*_TEXT, "xml")),
    )
}
DEFAULT = frozenset(KINDS)
PICTURES = frozenset({"png", "jpeg", "webp", "heic"})
DOCUMENTS = frozenset({"pdf", "docx", "ofd"})
TABLES = frozenset({"xlsx", "text"})


def identify(*, file: BinaryIO, kinds: frozenset[str] = DEFAULT) -> Kind:
    """The kind of a seekable file, or a FileRefused. Leaves the file at its beginning."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise EmptyFile
    if size > settings.MAX_FILE_BYTES:
        raise FileTooLarge(limit=settings.MAX_FILE_BYTES // 2**20)
    file.seek(0)
    key = _judge(file, file.read(HEAD), size)
    file.seek(0)
    if key.removesuffix(ACTIVE) not in kinds:
        raise KindRefused(
            kinds=", ".join(kind for kind in KINDS if kind in kinds and not kind.endswith(ACTIVE))
        )
    return KINDS[key]


def _judge(file: BinaryIO, head: bytes, size: int) -> str:
    if is_program(head):
        raise ProgramRefused(member="-")
    if head.startswith(OLD_OFFICE):
        file.seek(0)
        office.refuse_container(file.read(office.LARGEST_PART), "-")
    for fits, check in _JUDGES:
        if fits(head):
            file.seek(0)
            return check(file, size)
    return _pdf(file, size) if pdf.is_later(file, size) else plaintext.check(file, size)


def _pdf(file: BinaryIO, size: int) -> str:
    kind = pdf.check(file, size)
    file.seek(0)
    return f"{kind}{ACTIVE}" if is_active(file.read()) else kind


_JUDGES: tuple[tuple[Callable[[bytes], bool], Callable[[BinaryIO, int], str]], ...] = (
    (pdf.begins, _pdf),
    (images.is_heic, images.check_heic),
    (images.is_picture, images.check),
    (archives.is_zip, archives.check),
)
