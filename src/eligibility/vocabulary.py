"""The facts a rule may name: English and Chinese name, unit and period, read from `vocabulary.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

APPLIED_ON = "applied_on"
"""The application date. Given to every evaluation, so a rule can name it, but no column of a facts file."""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact.

    `unit` is one of money (yuan), count, number, date, bool, score, enum.
    A score has whole points from 0 to `maximum`; an enum has one of `choices`.
    """

    name: str
    zh: str
    unit: str
    period: str
    note: str
    maximum: int = 0
    choices: tuple[str, ...] = ()


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
            row["name"], row["zh"], unit, row["period"], row["note"] or "", maximum, choices
        )
    return facts


@cache
def names() -> dict[str, str]:
    """English and Chinese name -> English name, the application date among them."""
    table = {APPLIED_ON: APPLIED_ON, "申请日期": APPLIED_ON}
    for spec in vocabulary().values():
        table[spec.name] = table[spec.zh] = spec.name
    return table


def chinese_name(name: str) -> str:
    """The Chinese name of a fact; `申请日期` for the application date."""
    return "申请日期" if name == APPLIED_ON else vocabulary()[name].zh


def unit_of(name: str) -> str:
    """The unit of a fact by its English name."""
    return "date" if name == APPLIED_ON else vocabulary()[name].unit
