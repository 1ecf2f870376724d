"""One cell of a survey file: a number, or nothing."""

import math
import re

from sheets.folding import folded

NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "--", ".", "缺失", "未答", "不适用"})
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?", re.ASCII | re.IGNORECASE)
REMEMBERED = 65_536  # different texts kept; a survey has few, a file of measurements may have millions


class Cells(dict[str, float]):
    """Text of a cell → number. Each different text is understood once, so a million rows read quickly."""

    def __missing__(self, text: str) -> float:
        number = parse_cell(text)
        if len(self) < REMEMBERED:
            self[text] = number
        return number


def parse_cell(text: str) -> float:
    """The number written, NaN for an empty cell; anything else raises ValueError.

    What only Python reads as a number (1_0) is a slip of the hand. Infinity is let through: it is off every
    scale and refused as such, with its row and item.
    """
    word = folded(text)
    if word.lower() in NOTHING:
        return math.nan
    if not NUMBER.fullmatch(word):
        raise ValueError(f"expected a number, got {word[:40]}")
    return float(word)
