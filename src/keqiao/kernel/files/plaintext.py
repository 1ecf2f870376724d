"""Text in the encodings Chinese offices use, and the markup a browser would run if it were let."""

import re
from typing import BinaryIO

from keqiao.kernel.files.file_errors import KindRefused
from sheets.encodings import BLOCK, END_MARK, decoded, encoding_of
from sheets.problems import SheetError

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
    try:
        encoding = encoding_of(file, is_wrong=_has_controls)
    except SheetError as error:
        raise KindRefused(kinds="pdf, png, jpeg, webp, heic, docx, xlsx, pptx, ofd, zip, txt, csv") from error
    return _markup(decoded(file.read(BLOCK), encoding).lstrip("\ufeff"))


def _has_controls(text: str, is_last: bool) -> bool:
    return bool(CONTROLS.search(text.rstrip(END_MARK) if is_last else text))


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
