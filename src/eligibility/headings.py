"""The heading of a column: which fact it names, and in which unit its cells are written."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from eligibility.vocabulary import APPLIED_ON, FactSpec, find_name, vocabulary
from sheets.folding import name_key
from sheets.written import UNITS as MONEY

UNITS: dict[str, dict[str, Fraction]] = {
    "money": {name: Fraction(yuan) for name, yuan in MONEY.items()},
    "count": dict.fromkeys(("人", "名", "个", "项", "件"), Fraction(1)),
    "number": {"年": Fraction(1)},
    "score": {"分": Fraction(1)},
    "ratio": {"%": Fraction(1, 100)},
}
"""Units that people write into headings, by the unit of the fact, and how many of its own units each is."""
IN_BRACKETS = re.compile(r"(.+?)[(\[【](?:单位:?)?([^()\[\]【】]+)[)\]】]\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """A fact, and what one of a cell's units is in units of the fact; `unit` as the heading says it, or nothing."""

    spec: FactSpec
    unit: str = ""
    scale: Fraction = Fraction(1)


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading | None:
    """The fact a heading names: 销售收入(上一年)(万元) is sales in ten thousand yuan. None where it names none."""
    name = find_name(text)
    if name:
        return None if name == APPLIED_ON else Heading(vocabulary()[name])
    match = IN_BRACKETS.match(name_key(text))
    spec = vocabulary().get(find_name(match[1])) if match else None
    if match is None or spec is None or match[2] not in UNITS.get(spec.unit, {}):
        return None
    return Heading(spec, match[2], UNITS[spec.unit][match[2]])
