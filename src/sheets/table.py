"""A table within a sheet: where its heading stands, and which rows below it are none of its own."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from sheets.delimited import Row
from sheets.folding import name_key

LOOKED_AT = 20  # rows above which no heading is looked for
REMARK = re.compile(r"(.+)[(\[【〔](?:单位:?)?([^()\[\]【】〔〕]*)[)\]】〕]\Z")
STARS = "*"
TOTAL = re.compile(r"(?:总计|合计|小计|共计|累计|本页合计|本页小计|grandtotal|sub-?total|totals?)(?::.*)?\Z")
FOOT = re.compile(
    r"(?:备?注|说明|填表说明|填表人|制表人|审核人|填报人|填报单位|填报日期|制表日期|制表单位):.*"
)


def heading_key(text: str) -> str:
    """The name of a column without its looks: widths, blanks, breaks, the star of what must be filled."""
    return name_key(text).strip(STARS).casefold()


def without_remark(key: str) -> tuple[str, str]:
    """A heading key without the last remark in brackets, and that remark; the same and nothing where it has none."""
    match = REMARK.match(key)
    return (match[1].strip(STARS), match[2]) if match else (key, "")


def names_of(text: str) -> Iterator[tuple[str, str]]:
    """The keys a heading may be meant by, the whole first, each with the remarks left out of it."""
    key, left = heading_key(text), ""
    yield key, left
    while (shorter := without_remark(key)) != (key, ""):
        key, left = shorter[0], shorter[1] + left
        yield key, left


def headed(rows: Iterable[Row], known: Callable[[list[str]], int]) -> tuple[Row, list[Row], Iterator[Row]]:
    """The heading, the rows above it and those below. It is the row of whose names most are known, the first of them."""
    flow = iter(rows)
    first = list(islice(flow, LOOKED_AT))
    counts = [known(cells) for _number, cells in first]
    place = counts.index(max(counts, default=0)) if first else 0
    heading = first[place] if first else (1, [])
    return heading, first[:place], chain(first[place + 1 :], flow)


def is_beside(cells: list[str]) -> bool:
    """Whether a row is a total or a remark below the table, told by the first cell that is filled. Only for rows without
    what makes a row of the table: an enterprise may be called so.
    """
    said = name_key(next(filter(None, cells), "")).casefold()
    return bool(TOTAL.match(said) or FOOT.match(said))
