"""The delivery satisfaction questionnaire: what is asked in which words, around the library's model of what is measured.

Constructs, their items, the arrows between them and the scale are a `satisfaction` Model, so that answers feed the yearly
analysis as they are (7.1). Here stand the words alone: in two languages, with those at the ends of each scale.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from keqiao.kernel.platform.typed_yaml import DataError, read

if TYPE_CHECKING:
    from satisfaction.questionnaire.model import Model

HERE = Path(__file__).parent
FEWEST = 2  # items of a construct: the reliability of a single one cannot be judged


@dataclass(frozen=True, slots=True)
class Construct:
    code: str
    name: str
    name_en: str
    causes: tuple[str, ...] = ()  # constructs whose effect it is


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

    def model(self) -> "Model":
        """What is measured. Raises SatisfactionError where that is no model."""
        # Imported with the first survey that is read, and not by every process: it brings numpy.
        from satisfaction.questionnaire.model import Model, Scale

        blocks: dict[str, tuple[str, ...]] = {construct.code: () for construct in self.constructs}
        for item in self.items:
            blocks[item.construct] = (*blocks.get(item.construct, ()), item.code)
        return Model(
            constructs=blocks,
            paths={construct.code: construct.causes for construct in self.constructs if construct.causes},
            scale=Scale(self.lowest, self.highest),
            labels={construct.code: construct.name for construct in self.constructs},
            questions={item.code: item.text for item in self.items},
            title=self.title,
        )


def load() -> Questionnaire:
    """The questionnaire of this release."""
    return load_from(path=HERE / "satisfaction.yaml")


@cache
def load_from(*, path: Path) -> Questionnaire:
    """Raises DataError for a file that is none, or whose model the library refuses."""
    from satisfaction.problems import SatisfactionError

    asked = read(path=path, schema=Questionnaire)
    try:
        model = asked.model()
    except SatisfactionError as error:
        raise DataError(
            where=path.name,
            expected="a model the satisfaction library takes",
            came=error.problem.text("en").rstrip("."),
            remedy=error.problem.remedy("en"),
        ) from error
    for construct, items in model.constructs.items():
        if len(items) < FEWEST:
            raise DataError(
                where=f"{path.name} › constructs › {construct}",
                expected="at least two items",
                came=len(items),
                remedy="Add items: the reliability of a single one cannot be judged.",
            )
    return asked
