"""PDF as readers take it: what stands before its mark is passed over, and a password is asked for only where there is one.

Many PDFs are encrypted and open for everybody, with printing or copying forbidden; those are taken.
"""

import re
from typing import IO

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

from keqiao.kernel.files.file_errors import DamagedFile, PasswordRefused

MARK = b"%PDF-"
BEGIN = 1024  # where readers look for the mark (PDF reference, appendix H)
TAIL = 2048
BLOCK = 1024 * 1024
ENCRYPTED = re.compile(rb"/Encrypt[\s\x00]*(?:\d+[\s\x00]+\d+[\s\x00]+R|<<)")
OVERLAP = 64
# What the library says of a damaged file beside its own errors.
_DAMAGED = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    RecursionError,
)


def begins(head: bytes) -> bool:
    """Whether the mark is the first there is."""
    return head.startswith(MARK)


def check(file: IO[bytes], size: int) -> str:
    """'pdf', or a FileRefused."""
    if not is_whole(file, size):
        raise DamagedFile(kind="PDF")
    refuse_locked(file)
    return "pdf"


def is_later(file: IO[bytes], size: int) -> bool:
    """Whether a whole PDF follows upon something else, such as an empty line or a byte order mark. Markup before it would be
    run by a browser, and is none of what printers and scanners leave there."""
    file.seek(0)
    before, mark, _after = file.read(BEGIN + len(MARK)).partition(MARK)
    return bool(mark) and b"<" not in before and is_whole(file, size)


def is_whole(file: IO[bytes], size: int) -> bool:
    file.seek(max(0, size - TAIL))
    tail = file.read()
    return b"startxref" in tail and b"%%EOF" in tail


def refuse_locked(file: IO[bytes]) -> None:
    """Raises PasswordRefused for a PDF that doesn't open without a password."""
    if not _says_encrypted(file):
        return
    file.seek(0)
    try:
        reader = PdfReader(file)
        locked = reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED
    except _DAMAGED:
        locked = True  # encrypted, and not in a way that anybody could be sure to open
    if locked:
        raise PasswordRefused(kind="PDF")


def _says_encrypted(file: IO[bytes]) -> bool:
    """The library is asked only of files that speak of encryption, which is what a trailer does."""
    file.seek(0)
    before = b""
    while block := file.read(BLOCK):
        if ENCRYPTED.search(before + block):
            return True
        before = block[-OVERLAP:]
    return False
