"""Drawing SVG as text: elements, colours, and how wide words are."""

import unicodedata
from collections.abc import Iterable
from html import escape

ACCENT = "#0b6e6e"
INK = "#22303a"
MUTED = "#66737d"
LINE = "#c9d1d6"
PAPER = "#ffffff"
SOFT = "#eef4f4"
FONT = "'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',system-ui,sans-serif"


def element(tag: str, *inside: str, **attributes: object) -> str:
    """`stroke_width=2` becomes stroke-width="2"; a trailing underscore keeps off Python's keywords."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_attribute(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{written}/>"


def _attribute(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def text(words: str, x: float, y: float, *, size: int = 13, **attributes: object) -> str:
    attributes.setdefault("fill", INK)
    return element("text", escape(words), x=x, y=y, font_size=size, **attributes)


def haloed(words: str, x: float, y: float, *, size: int = 12, **attributes: object) -> str:
    """Text that stays readable on top of lines."""
    halo = {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
    return text(words, x, y, size=size, **{**halo, **attributes})


def line(start: tuple[float, float], end: tuple[float, float], **attributes: object) -> str:
    attributes.setdefault("stroke", LINE)
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def picture(
    width: float, height: float, title: str, parts: Iterable[str], *, said: str = "", role: str = "img"
) -> str:
    """A drawing that scales to its place and says aloud what it shows; `said` tells more of it than the title."""
    return element(
        "svg",
        element("title", escape(title)),
        *([element("desc", escape(said))] if said else []),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role=role,
        aria_label=title,
        font_family=FONT,
    )


def text_width(words: str, size: float) -> float:
    """About how wide words are drawn: a Chinese character is square, a Latin one a little over half."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return size * (wide + 0.58 * (len(words) - wide))


def wrapped(words: str, width: float, size: float, most: int = 2) -> list[str]:
    """Words cut into lines of at most `width`; what does not fit into `most` lines ends in an ellipsis."""
    lines = [""]
    for letter in words:
        if text_width(lines[-1] + letter, size) > width:
            lines.append("")
        lines[-1] += letter
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return [part.strip() for part in lines]
