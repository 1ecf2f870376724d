"""Templates of the ten contract elements: a general text, replaced where the service of a family differs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from keqiao.kernel.platform.typed_yaml import DataError, read, read_folder, refuse_duplicates

HERE = Path(__file__).parent
LETTERS = tuple("abcdefghij")
DEFAULT = "default"
_BRACES = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Element:
    """One of a–j of 6.2; `guidance` stands beside the field while the contract is written."""

    letter: str
    title: str
    title_en: str
    guidance: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    name: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its placeholders replaced; the `missing` ones had no value and still stand in it."""

    text: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    version: int
    elements: tuple[Element, ...]
    placeholders: tuple[Placeholder, ...]


@dataclass(frozen=True, slots=True)
class _Texts:
    version: int
    family: str
    elements: dict[str, str]


def elements() -> tuple[Element, ...]:
    """The ten elements in the order of the standard."""
    return _vocabulary().elements


def placeholders() -> tuple[Placeholder, ...]:
    """The names that may stand in braces."""
    return _vocabulary().placeholders


def templates(*, family: str) -> dict[str, str]:
    """The ten texts by letter for one family of clause 5, such as "5.3". A family that has none of its own, such as one
    the institution added to its catalogue, takes the general ones."""
    own = _texts(folder=HERE)
    return own[DEFAULT] | own.get(family, {})


def unknown(text: str) -> tuple[str, ...]:
    """Names in braces that nothing will fill, each once."""
    known = {placeholder.name for placeholder in placeholders()}
    return tuple(dict.fromkeys(name for name in _BRACES.findall(text) if name not in known))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Replace the known names in braces, once: braces in a value stay letters, as do names nobody knows."""
    known = {placeholder.name for placeholder in placeholders()}
    _refuse_strangers(values, known)
    missing: dict[str, None] = {}

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        value = values.get(name, "")
        if name in known and not value:
            missing[name] = None
        return value or match.group(0)

    return Filled(text=_BRACES.sub(replace, text), missing=tuple(missing))


def _refuse_strangers(values: Mapping[str, str], known: set[str]) -> None:
    strangers = sorted(set(values) - known)
    if strangers:
        raise DataError(
            where="values of a contract text",
            expected=f"names among {', '.join(sorted(known))}",
            came=strangers,
            remedy="Correct the name or add it to vocabulary.yaml.",
        )


@cache
def _vocabulary() -> _Vocabulary:
    read_ = read(path=HERE / "vocabulary.yaml", schema=_Vocabulary)
    letters = tuple(element.letter for element in read_.elements)
    if letters != LETTERS:
        raise DataError(
            where="vocabulary.yaml › elements",
            expected="the letters a to j in order",
            came=letters,
            remedy="Clause 6.2 has exactly these ten.",
        )
    refuse_duplicates(
        names=(placeholder.name for placeholder in read_.placeholders), where="vocabulary.yaml › placeholders"
    )
    return read_


@cache
def _texts(*, folder: Path) -> dict[str, dict[str, str]]:
    files = read_folder(folder=folder, schema=_Texts, pattern="[5d]*.yaml")
    refuse_duplicates(names=(file.family for file in files), where="contract parts › family")
    for file in files:
        _check(file)
    return {file.family: file.elements for file in files}


def _check(texts: _Texts) -> None:
    where = f"{texts.family} › elements"
    lacking = set(LETTERS) - set(texts.elements) if texts.family == DEFAULT else set()
    foreign = set(texts.elements) - set(LETTERS)
    if lacking or foreign:
        raise DataError(
            where=where,
            expected="letters a to j, all ten in the default",
            came=sorted(texts.elements),
            remedy="Add what is lacking, remove other letters.",
        )
    known = {placeholder.name for placeholder in placeholders()}
    for letter, text in texts.elements.items():
        _check_text(f"{where} › {letter}", text, known)


def _check_text(where: str, text: str, known: set[str]) -> None:
    for name in _BRACES.findall(text):
        if name not in known:
            raise DataError(
                where=where,
                expected="a placeholder of vocabulary.yaml",
                came=name,
                remedy="Correct it or add it there.",
            )
