"""From numbers to places, texts and colours."""

from decimal import Decimal
from itertools import count

from satisfaction.report.svg import ACCENT, INK, PAPER

MISSING = "—"
TONES = {
    "done": ACCENT,
    "current": "#4f9a9a",
    "due": "#c98a1b",
    "late": "#b3261e",
    "refused": "#7d1d18",
    "todo": "#a9b6bd",
    "paused": "#7a8790",
    "blocked": "#5c6670",
    "plain": "#c9d1d6",
}
# In turns dark and light, so that neighbours differ without their colour.
PALETTE = (ACCENT, "#9cc7c5", "#2f4b7c", "#d9a94b", "#7a4d73", "#b7c0c5")
DARK = 0.45  # of full brightness: letters on what is darker are white


def in_words(value: object, unit: str = "", band: tuple[object, object] | None = None) -> str:
    """1,234 · 0.5% · 72.4 (68.1–76.0); a dash for what isn't known."""
    if value is None:
        return MISSING
    text = f"{_plain(value)}{unit}"
    return f"{text} ({_plain(band[0])}–{_plain(band[1])})" if band else text


def _plain(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    text = f"{Decimal(str(value)):,.2f}"
    return text.rstrip("0").rstrip(".")


def ticks(low: float, high: float, *, whole: bool = False, most: int = 5) -> list[float]:
    """Round numbers that reach from `low` to at least `high`, in at most `most` steps; `whole` ones for counts."""
    high = high if high > low else low + 1
    span = high - low
    step = next(size for size in _sizes(span) if span / size <= most and (size >= 1 or not whole))
    first = int(low // step)
    last = -int(-high // step)
    return [step * place for place in range(first, last + 1)]


def _sizes(span: float) -> "list[float]":
    """1, 2, 5, 10, 20, 50, … from well below the span."""
    decade = next(10.0**power for power in count(-6) if 10.0 ** (power + 2) >= span)
    return [decade * factor for factor in (1, 2, 5, 10, 20, 50, 100)]


def colour(place: int, tone: str) -> str:
    return TONES[tone] if tone else PALETTE[place % len(PALETTE)]


def letters_on(fill: str) -> str:
    """White or ink, whichever can be read on this colour."""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return PAPER if 0.3 * red + 0.59 * green + 0.11 * blue < DARK else INK
