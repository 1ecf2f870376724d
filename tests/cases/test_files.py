"""Files of clients, judged as the applications judge them: at the vault and at the step that takes a file."""

import gzip
import io
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter
from tests.cases.doors import CASES, DOORS
from tests.kernel.files.samples import PDF, word

from keqiao.enterprises.models import EnterpriseFile
from keqiao.kernel.files import filetypes
from keqiao.kernel.files.file_errors import (
    ArchiveBomb,
    ArchiveUnreadable,
    FileRefused,
    OldOfficeRefused,
    PasswordRefused,
    ProgramRefused,
)

GIVEN = CASES / "files"
RIGHT = {
    "word-with-emz-picture.docx": "docx",
    "word-with-password.docx": "PasswordRefused",
    "pdf-with-password.pdf": "PasswordRefused",
    "pdf-after-empty-line.pdf": "pdf",
    "pdf-after-byte-order-mark.pdf": "pdf",
}


def judged(content: bytes) -> str:
    try:
        return filetypes.identify(file=io.BytesIO(content)).key
    except FileRefused as refused:
        return type(refused).__name__


@pytest.mark.once
@pytest.mark.parametrize("name", RIGHT)
def test_as_the_applications_judge(name, answer):
    answer(f"files/{name}", right=RIGHT[name], got=judged((GIVEN / name).read_bytes()))


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["page", "API", "command"])
@pytest.mark.parametrize("name", RIGHT)
def test_through_each_door(name, door, person, enterprise, answer):
    actor = person()
    of = enterprise(owner=actor)
    said = DOORS[door](actor, "add_enterprise_file", {"file": GIVEN / name}, pk=of.pk)
    kept = EnterpriseFile.objects.values_list("blob__kind", "name").first()
    right = (RIGHT[name], name) if RIGHT[name] in filetypes.KINDS else "密码"
    got = kept or next((word for word in ("密码",) if word in said), said[-300:])
    answer(f"files/{name} ({door})", right=right, got=got)


def locked(user: str, owner: str = "owner", algorithm: str = "AES-256") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(GIVEN / "pdf-after-empty-line.pdf"))
    writer.encrypt(user, owner, algorithm=algorithm)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def packed(name: str, content: bytes, into: bytes = b"") -> bytes:
    """A zip with this member; or a document with it put beside its own."""
    target = io.BytesIO(into)
    with zipfile.ZipFile(target, "a" if into else "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


EMF = b"\x01\x00\x00\x00" + b"drawing " * 40
LOCKED_WORD = (GIVEN / "word-with-password.docx").read_bytes()
OTHERS = {
    "a PDF with AES-256 that asks for a password": (lambda: locked("demo"), "PasswordRefused"),
    "a PDF with RC4 that asks for a password": (
        lambda: locked("demo", algorithm="RC4-128"),
        "PasswordRefused",
    ),
    "a PDF that only forbids to print": (lambda: locked(""), "pdf+"),  # taken, and handed out to be saved
    "a PDF with RC4 that only forbids to print": (lambda: locked("", algorithm="RC4-128"), "pdf+"),
    "a locked PDF within a zip": (lambda: packed("a.pdf", locked("demo")), "PasswordRefused"),
    "an open PDF within a zip": (lambda: packed("a.pdf", locked("")), "zip"),
    "a locked Word document within a zip": (lambda: packed("a.docx", LOCKED_WORD), "PasswordRefused"),
    "an old Word document": (
        lambda: LOCKED_WORD.replace(b"E\0n\0c\0r\0y\0p\0t\0", b"X\0n\0c\0r\0y\0p\0t\0"),
        "OldOfficeRefused",
    ),
    "a PDF behind the header of a mail": (lambda: b"Content-Type: application/pdf\r\n\r\n" + PDF, "pdf"),
    "a PDF behind more than a kilobyte": (lambda: b" " * 1025 + PDF, "text"),
    "a text that speaks of %PDF-": ("文件以 %PDF-1.7 开头。".encode, "text"),
    "a page of HTML that is a PDF too": (lambda: b"<html><body>" + PDF, "html"),
    "a wmz within a workbook of Word's": (
        lambda: packed("word/media/a.wmz", gzip.compress(EMF), word()),
        "docx",
    ),
    "an emz outside a document": (lambda: packed("a.emz", gzip.compress(EMF)), "ArchiveUnreadable"),
    "an emz that unpacks without end": (
        lambda: packed("word/media/a.emz", gzip.compress(bytes(2**26)), word()),
        "ArchiveBomb",
    ),
    "an emz that holds a program": (
        lambda: packed("word/media/a.emz", gzip.compress(b"\x7fELF" + bytes(50)), word()),
        "ProgramRefused",
    ),
    "an emz that holds a zip": (
        lambda: packed("word/media/a.emz", gzip.compress(packed("a", b"b")), word()),
        "ArchiveUnreadable",
    ),
}


@pytest.mark.once
@pytest.mark.parametrize("case", OTHERS)
def test_others_of_the_same_kinds(case, answer):
    content, right = OTHERS[case]
    answer(f"files: {case}", right=right, got=judged(content()))


@pytest.mark.once
def test_each_has_its_own_words_and_says_what_to_do():
    kinds = (PasswordRefused, OldOfficeRefused, ArchiveBomb, ArchiveUnreadable, ProgramRefused)
    assert len({str(kind.text) for kind in kinds}) == len({str(kind.todo) for kind in kinds}) == len(kinds)
