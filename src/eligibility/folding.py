"""Text as it is compared and as it is read: what looks alike is alike, what nobody sees is not there."""

import codecs
import unicodedata

EURO_BYTE = 0x80
WITH_EURO = "euro-sign-of-code-page-936"
"""The error handler to decode GB 18030 with: code page 936 has the euro sign at 0x80, where GB 18030 has nothing."""


def folded(text: str) -> str:
    """Ⅰ is I, wide letters, digits and brackets are narrow ones; marks of no width are left out."""
    if text.isascii():
        return text.strip()
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf").strip()


def name_key(text: str) -> str:
    """A name as it is looked up: folded, without blanks and breaks within."""
    return "".join(folded(text).split())


def _euro(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError) or error.encoding != "gb18030":
        raise error
    if error.object[error.start] == EURO_BYTE:
        return "€", error.start + 1
    raise error


codecs.register_error(WITH_EURO, _euro)
