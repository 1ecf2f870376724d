"""Programmes by the hundred: clones of shipped ones with other thresholds, from a pool of round figures."""

import re
from collections.abc import Callable
from importlib.resources import files

from eligibility.loading import parse_programme
from eligibility.programme import Version

CLONED = ("hnte", "tsme", "insme")
PERCENT = re.compile(r"(\d+)%")
AMOUNT = re.compile(r"\b(5000万|2亿|500万)(?=元|\b| )")
AMOUNTS = {"5000万": 5000, "2亿": 20_000, "500万": 500}
CODE = re.compile(r"^programme: (\w+)$", re.MULTILINE)


def shift_of(clone: int) -> tuple[int, int]:
    """Tenths of a per cent added, and per cent by which amounts grow; clone 0 is the shipped programme."""
    return clone % 10, clone // 10


def clone_text(text: str, clone: int) -> str:
    """The text of a programme file with its thresholds moved."""
    tenths, growth = shift_of(clone)
    moved = PERCENT.sub(lambda match: f"{int(match[1]) * 10 + tenths}e-1%", text)
    moved = re.sub(r"(\d+)(\d)e-1%", r"\1.\2%", moved)
    moved = AMOUNT.sub(lambda match: f"{AMOUNTS[match[1]] * (100 + growth) // 100}万", moved)
    moved = re.sub(r"(\d+)e-1%", r"0.\1%", moved)
    return CODE.sub(lambda match: f"programme: {match[1]}_{clone}", moved)


def clones(count: int, progress: Callable[[int], None] | None = None) -> list[Version]:
    """That many versions: clone 0 of each of three programmes, then clone 1, and so on."""
    folder = files("eligibility").joinpath("programmes")
    texts = [folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8") for name in CLONED]
    versions = []
    for number in range(count):
        clone, which = divmod(number, len(texts))
        versions.append(parse_programme(clone_text(texts[which], clone).encode()).versions[-1])
        if progress:
            progress(number)
    return versions
