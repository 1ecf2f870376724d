"""What a cell holds beside plain text. Each is the text that is shown, so that a message can quote it."""

import re

from sheets.folding import folded

FAULT = re.compile(r"#(?:N/A|GETTING_DATA|[^\W\d_][\w/]*[!?])|#{3,}|Err:\d{3}", re.IGNORECASE)


class Fault(str):
    """What is shown where a formula failed, or where a column is too narrow for its number: no value of anything."""

    __slots__ = ()


class Uncomputed(Fault):
    """A formula that no program has computed: not the same as an empty cell."""

    __slots__ = ()


class Rounded(str):
    """A long number that was kept as a number and so has lost its last digits."""

    __slots__ = ()


def cell_of(text: str) -> str:
    """Text of a cell without the blanks around it, a Fault where it is one."""
    text = text.strip()
    return Fault(text) if text[:1] in _BEGIN and FAULT.fullmatch(folded(text)) else text


_BEGIN = frozenset("#＃EeＥ")
