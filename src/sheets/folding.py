"""Text as it is compared and as it is kept: what looks alike is alike, what nobody sees is not there."""

import re
import unicodedata

BREAKS = re.compile(r"[^\S\n\x1c-\x1f]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029])\s*")


def folded(text: str) -> str:
    """Ⅰ is I, wide letters, digits and brackets are narrow ones; marks of no width are left out."""
    if text.isascii():
        return text.strip()
    return without_marks(unicodedata.normalize("NFKC", text)).strip()


def name_key(text: str) -> str:
    """A name as it is looked up: folded, without blanks and breaks within."""
    return "".join(folded(text).split())


def without_marks(text: str) -> str:
    """Without what has no width: joiners, marks of direction, byte order marks, soft hyphens (Unicode category Cf)."""
    if text.isascii():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def one_line(text: str) -> str:
    """Lines put together: Chinese goes on without a blank, other writing with one."""
    return BREAKS.sub(_join, text).strip()


def _join(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    return "" if _is_wide(text[start - 1 : start]) or _is_wide(text[end : end + 1]) else " "


def _is_wide(letter: str) -> bool:
    return not letter or unicodedata.east_asian_width(letter) in "WF"
