"""Small files of every kind, made here byte by byte or by the library that makes them in earnest."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
import openpyxl
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
WINDOWS_PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0" + bytes(200)
TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def picture(kind: str, width: int = 8, height: int = 6) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, kind)
    return target.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A whole PNG file that claims a size and holds no pixels."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", b""),
            (b"IEND", b""),
        )
    )


def heic() -> bytes:
    def box(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data) + 8) + kind + data

    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(12)) + box(b"mdat", bytes(40))


def word() -> bytes:
    target = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("示例：技术服务合同")
    document.save(target)
    return target.getvalue()


def excel(rows: int = 3) -> bytes:
    target = io.BytesIO()
    book = openpyxl.Workbook()
    for row in range(rows):
        book.active.append([row, "示例企业", 3.5])
    book.save(target)
    return target.getvalue()


def slides() -> bytes:
    return office(
        {"ppt/presentation.xml": "<p/>"},
        main=MAIN.replace("wordprocessingml.document", "presentationml.presentation"),
    )


def office(parts: Mapping[str, str | bytes], *, main: str = MAIN, types: str = "") -> bytes:
    """The least that counts as an Office document, with parts of the test's own."""
    content = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>'
    return packed({TYPES: content, "word/document.xml": "<document/>", **parts})


def packed(members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            # A fixed date: the names of parametrised tests are made of these bytes.
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return target.getvalue()
