"""In which encoding a text is written: UTF-16 where it says so, as Excel's “Unicode text” does; else UTF-8; else GB 18030, with
the euro sign where code page 936 of a Chinese Windows has it."""

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from sheets.problems import Problem, SheetError

BLOCK = 256 * 1024
EURO_BYTE = 0x80
WITH_EURO = "euro-sign-of-code-page-936"
"""The error handler to decode with; only GB 18030 meets it (WHATWG encoding standard, gb18030 decoder)."""
END_MARK = "\x1a"
"""What DOS and its heirs write behind the last character of a text."""


def nothing_wrong(_text: str, _is_last: bool) -> bool:
    return False


def encoding_of(file: IO[bytes], *, is_wrong: Callable[[str, bool], bool] = nothing_wrong) -> str:
    """Reads the file through. `is_wrong(block, is the last)` says of decoded text that it is none. Raises SheetError."""
    file.seek(0)
    start = file.read(3)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig"] if start == codecs.BOM_UTF8 else ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        if _decodes(file, encoding, is_wrong):
            file.seek(0)
            return encoding
    raise SheetError(Problem.NO_TEXT)


@contextmanager
def text_of(file: IO[bytes]) -> Iterator[io.TextIOWrapper]:
    """The content as text, from its beginning. The file stays its owner's to close."""
    text = io.TextIOWrapper(file, encoding_of(file), WITH_EURO, newline="")
    try:
        yield text
    finally:
        if not text.closed:
            text.detach()


def decoded(content: bytes, encoding: str) -> str:
    """The beginning of a text, as far as it decodes."""
    return codecs.getincrementaldecoder(encoding)(WITH_EURO).decode(content)


def _decodes(file: IO[bytes], encoding: str, is_wrong: Callable[[str, bool], bool]) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)(WITH_EURO)
    file.seek(0)
    try:
        block = file.read(BLOCK)
        while block:
            following = file.read(BLOCK)
            if is_wrong(decoder.decode(block, final=not following), not following):
                return False
            block = following
    except UnicodeDecodeError:
        return False
    return True


def _euro(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError) or error.encoding != "gb18030":
        raise error
    if error.object[error.start] == EURO_BYTE:
        return "€", error.start + 1
    raise error


codecs.register_error(WITH_EURO, _euro)
