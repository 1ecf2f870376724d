"""Industries of GB/T 4754-2017: sections of one letter, divisions of two digits."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from keqiao.kernel.platform.typed_yaml import DataError, read, refuse_duplicates

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    name: str
    divisions: dict[str, str]


@dataclass(frozen=True, slots=True)
class _File:
    version: int
    sections: tuple[Section, ...]


@cache
def load() -> tuple[Section, ...]:
    sections = read(path=HERE / "industries.yaml", schema=_File).sections
    refuse_duplicates(
        names=(code for section in sections for code in (section.code, *section.divisions)),
        where="industries.yaml",
    )
    return sections


def name(*, code: str) -> str:
    """The name of a section ("C") or of a division ("39")."""
    for section in load():
        if code == section.code:
            return section.name
        if code in section.divisions:
            return section.divisions[code]
    raise DataError(
        where="industry",
        expected="a section A to T or a division of two digits",
        came=code,
        remedy="Choose one of GB/T 4754-2017.",
    )
