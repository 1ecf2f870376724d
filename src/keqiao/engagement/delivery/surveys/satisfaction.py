"""The delivery satisfaction questionnaire: scaled items of six constructs and one open question."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from keqiao.kernel.platform.typed_yaml import DataError, read, refuse_duplicates

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Construct:
    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Item:
    """One scaled question; `low` and `high` are the words at its two ends."""

    code: str
    construct: str
    text: str
    text_en: str
    low: str
    high: str
    low_en: str
    high_en: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    code: str
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    version: int
    code: str
    title: str
    title_en: str
    introduction: str
    introduction_en: str
    lowest: int
    highest: int
    constructs: tuple[Construct, ...]
    items: tuple[Item, ...]
    open_question: OpenQuestion

    def items_of(self, *, construct: str) -> tuple[Item, ...]:
        return tuple(one for one in self.items if one.construct == construct)


def load() -> Questionnaire:
    """The questionnaire of this release."""
    return load_from(path=HERE / "satisfaction.yaml")


@cache
def load_from(*, path: Path) -> Questionnaire:
    asked = read(path=path, schema=Questionnaire)
    refuse_duplicates(names=(one.code for one in asked.constructs), where=f"{path.name} › constructs")
    codes = [one.code for one in asked.items]
    refuse_duplicates(names=iter([*codes, asked.open_question.code]), where=f"{path.name} › items")
    _check_scale(asked, path.name)
    _check_constructs(asked, path.name)
    return asked


def _check_scale(asked: Questionnaire, where: str) -> None:
    if asked.lowest >= asked.highest:
        raise DataError(
            where=where,
            expected="lowest below highest",
            came=(asked.lowest, asked.highest),
            remedy="Correct the ends of the scale.",
        )


def _check_constructs(asked: Questionnaire, where: str) -> None:
    known = {one.code for one in asked.constructs}
    for item in asked.items:
        if item.construct not in known:
            raise DataError(
                where=f"{where} › items › {item.code}",
                expected=f"a construct among {', '.join(sorted(known))}",
                came=item.construct,
                remedy="Correct it or add the construct.",
            )
    for construct in asked.constructs:
        if len(asked.items_of(construct=construct.code)) < 2:  # noqa: PLR2004 - one item has no reliability
            raise DataError(
                where=f"{where} › constructs › {construct.code}",
                expected="at least two items",
                came=len(asked.items_of(construct=construct.code)),
                remedy="Add items: the reliability of a single one cannot be judged.",
            )
