"""Which encodings a text file may be in, by its first bytes; and how Chinese Windows writes the euro sign."""

import codecs
from pathlib import Path

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
EURO_BYTE = 0x80
WITH_EURO = "euro-of-code-page-936"
"""The error handler to open files with: code page 936 has the euro sign at 0x80, where GB 18030 has nothing."""


def encodings_of(path: Path) -> tuple[str, ...]:
    """Those to try in turn: UTF-16 where the file says so (Excel's “Unicode text”), else UTF-8, then GB 18030.

    Raises OSError.
    """
    with path.open("rb") as file:
        marked = file.read(2) in UTF_16
    return ("utf-16",) if marked else ("utf-8-sig", "gb18030")


def _euro(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError) or error.encoding != "gb18030":
        raise error
    if error.object[error.start] == EURO_BYTE:
        return "€", error.start + 1
    raise error


codecs.register_error(WITH_EURO, _euro)
