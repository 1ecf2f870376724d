"""The facts a rule may name: English and Chinese name, unit and period, read from `vocabulary.csv`."""

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from sheets.folding import name_key

APPLIED_ON = "applied_on"
"""The application date. Given to every evaluation, so a rule can name it, but no column of a facts file."""
REEXAMINATION = "reexamination"
"""Whether a title already held is re-examined. Given to every evaluation by the kind of application."""
YEARS_BACK = re.compile(r"y(\d)\b")


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact.

    `unit` is one of money (yuan), count, number, ratio, date, bool, score, enum.
    A score has whole points from 0 to `maximum`; an enum has one of `choices`. A quantity is at least `least` (None:
    may be negative) and at most each of `within`, sums of other facts, where all of them are known. `general` names
    a fact that stands in for this one where only it is known.
    """

    name: str
    zh: str
    unit: str
    period: str
    note: str
    maximum: int = 0
    choices: tuple[str, ...] = ()
    least: int | None = 0
    within: tuple[tuple[str, ...], ...] = ()
    general: str = ""

    @property
    def years_back(self) -> int:
        """How many fiscal years before the application it lies, 1 for the last full one; 0 where it has no year."""
        match = YEARS_BACK.match(self.period)
        return int(match[1]) if match else 0

    def check_range(self, value: Fraction) -> str:
        """What is wrong with a quantity, nothing where it can be."""
        if self.least is not None and value < self.least:
            return f"expected {self.least} or more"
        if self.unit == "ratio" and value > 1:
            return "expected at most 100%"
        return ""


def _read_unit(text: str) -> tuple[str, int, tuple[str, ...]]:
    if text.startswith("score "):
        return "score", int(text.rpartition("-")[2]), ()
    if text.startswith("one of "):
        return "enum", 0, tuple(text.removeprefix("one of ").split("|"))
    return text, 0, ()


@cache
def vocabulary() -> dict[str, FactSpec]:
    """Every fact by its English name, in the order of the file."""
    text = files("eligibility").joinpath("vocabulary.csv").read_text(encoding="utf-8")
    facts = {}
    for row in csv.DictReader(text.splitlines()):
        unit, maximum, choices = _read_unit(row["unit"])
        facts[row["name"]] = FactSpec(
            name=row["name"],
            zh=row["zh"],
            unit=unit,
            period=row["period"],
            note=row["note"],
            maximum=maximum,
            choices=choices,
            least=None if row["least"] == "any" else int(row["least"] or 0),
            within=tuple(tuple(whole.split("+")) for whole in row["within"].split("|") if whole),
            general=row["general"],
        )
    return facts


@cache
def names() -> dict[str, str]:
    """English and Chinese name, as written and as looked up -> English name, the application date among them."""
    table = {APPLIED_ON: APPLIED_ON, "申请日期": APPLIED_ON}
    for spec in vocabulary().values():
        for name in (spec.name, spec.zh, name_key(spec.zh)):
            table[name] = spec.name
    return table


def find_name(text: str) -> str:
    """The English name of a fact however its name is typed, nothing where it is none."""
    return names().get(text) or names().get(name_key(text), "")


def chinese_name(name: str) -> str:
    """The Chinese name of a fact; `申请日期` for the application date."""
    return "申请日期" if name == APPLIED_ON else vocabulary()[name].zh


def unit_of(name: str) -> str:
    """The unit of a fact by its English name."""
    return "date" if name == APPLIED_ON else vocabulary()[name].unit
