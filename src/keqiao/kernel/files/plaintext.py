"""Text in the encodings Chinese offices use, and the markup a browser would run if it were let."""

import codecs
import re
from typing import BinaryIO

from keqiao.kernel.files.file_errors import KindRefused

BLOCK = 256 * 1024
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|style|title|table|div|font|h1|img|a|br|p|b|meta|link|object|embed)"
    r"(?=[\s>/])",
    re.IGNORECASE,
)
SVG = re.compile(r"<(?:\w+:)?svg(?=[\s>/])", re.IGNORECASE)
PROLOG = re.compile(r"\A\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype\s+svg.*?>\s*)*", re.IGNORECASE | re.DOTALL)


def check(file: BinaryIO, size: int) -> str:
    """'text', 'html', 'svg' or 'xml'; raises KindRefused for bytes that are no text in any encoding taken."""
    del size
    encoding = text_encoding(file=file)
    file.seek(0)
    return _markup(file.read(BLOCK).decode(encoding, errors="ignore").lstrip("\ufeff"))


def text_encoding(*, file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(3)
    candidates: tuple[str, ...]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ("utf-16",)
    elif start == codecs.BOM_UTF8:
        candidates = ("utf-8-sig",)
    else:
        candidates = ("utf-8", "gb18030")
    for encoding in candidates:
        if _decodes(file, encoding):
            return encoding
    raise KindRefused(kinds="pdf, png, jpeg, webp, heic, docx, xlsx, pptx, ofd, zip, txt, csv")


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            if CONTROLS.search(decoder.decode(block)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _markup(text: str) -> str:
    """A browser looks past white space, comments and declarations for the first tag; so does this."""
    prolog = PROLOG.match(text)
    body = text[prolog.end() :] if prolog else text
    if SVG.match(body):
        return "svg"
    if HTML.match(body):
        return "html"
    if text.lstrip().startswith(("<?xml", "<!--", "<!")) or re.match(r"<[\w:]+[\s/>]", body):
        return "xml"
    return "text"
