"""The service catalogue as shipped: seven families, 34 items. The institution edits its own copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from keqiao.kernel.platform.typed_yaml import DataError, read, read_folder, refuse_duplicates

HERE = Path(__file__).parent

Form = Literal["pdf", "image", "docx", "xlsx", "pptx", "video"]
MaterialKind = Literal["technical", "proof", "finance", "legal", "other"]
# The words under which a form stands in the institution's copy, in the language of all the rest of it.
FORM_NAMES = {
    "pdf": "PDF 文件",
    "image": "图片",
    "docx": "Word 文档",
    "xlsx": "Excel 表格",
    "pptx": "演示文稿",
    "video": "视频",
    "event": "活动",
}
ContractKind = Literal["development", "transfer", "licence", "consulting", "service", "none"]


@dataclass(frozen=True, slots=True)
class Competence:
    code: str
    name: str
    name_en: str
    proof: str


@dataclass(frozen=True, slots=True)
class Material:
    """One line of the checklist of 6.1.1: what the enterprise is asked for and what it proves."""

    name: str
    proves: str
    required: bool
    kind: MaterialKind
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A staged result; `day` counts from the confirmation of the plan."""

    name: str
    day: int
    deliverable: str


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    objectives: tuple[str, ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Deliverable:
    """`event` is a form too: a fair is delivered by being held, its record is another deliverable."""

    name: str
    form: Form | Literal["event"]


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    name: str
    name_en: str
    summary: str
    materials: tuple[Material, ...]
    competence: tuple[str, ...]
    plan_template: PlanTemplate
    deliverables: tuple[Deliverable, ...]
    usual_days: int
    technical_contract_kind: ContractKind
    partner: str | None = None  # who must by law do a part of it (6.3.4 e), if anybody

    @property
    def required_materials(self) -> tuple[Material, ...]:
        return tuple(material for material in self.materials if material.required)


@dataclass(frozen=True, slots=True)
class Family:
    version: int
    code: str
    name: str
    name_en: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    version: int
    competences: tuple[Competence, ...]


def load() -> tuple[Family, ...]:
    """The catalogue of this release."""
    return load_from(folder=HERE)


def competences() -> dict[str, Competence]:
    """The competence vocabulary of this release by code."""
    return dict(competences_from(folder=HERE))


@cache
def load_from(*, folder: Path) -> tuple[Family, ...]:
    """Every family in the folder, checked against the vocabulary beside it."""
    vocabulary = competences_from(folder=folder)
    families = read_folder(folder=folder, schema=Family, pattern="5.*.yaml")
    refuse_duplicates(names=(family.code for family in families), where="catalogue")
    for family in families:
        _check_family(family, vocabulary)
    return families


@cache
def competences_from(*, folder: Path) -> dict[str, Competence]:
    listed = read(path=folder / "competences.yaml", schema=_Vocabulary).competences
    refuse_duplicates(names=(competence.code for competence in listed), where="competences.yaml")
    return {competence.code: competence for competence in listed}


def items() -> Iterator[Item]:
    """All items in the order of the standard."""
    return (item for family in load() for item in family.items)


def find(*, code: str) -> Item:
    """The item with this code, such as "5.3.c"."""
    for item in items():
        if item.code == code:
            return item
    raise DataError(
        where="catalogue",
        expected="the code of an item, such as 5.3.c",
        came=code,
        remedy="Choose an item of clause 5.",
    )


def _check_family(family: Family, vocabulary: dict[str, Competence]) -> None:
    expected = [f"{family.code}.{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[: len(family.items)]]
    came = [item.code for item in family.items]
    if came != expected:
        raise DataError(
            where=f"{family.code}.yaml",
            expected=f"item codes {expected}",
            came=came,
            remedy="Letter the items in order, without a gap.",
        )
    for item in family.items:
        _check_competence(item, vocabulary)
        _check_days(item)
        refuse_duplicates(
            names=(material.name for material in item.materials), where=f"{item.code} › materials"
        )


def _check_competence(item: Item, vocabulary: dict[str, Competence]) -> None:
    for code in item.competence:
        if code not in vocabulary:
            raise DataError(
                where=f"{item.code} › competence",
                expected="a code of competences.yaml",
                came=code,
                remedy="Correct the code or add the competence there.",
            )


def _check_days(item: Item) -> None:
    days = [0, *(milestone.day for milestone in item.plan_template.milestones)]
    rising = all(earlier < later for earlier, later in pairwise(days))
    if not rising or days[-1] > item.usual_days:
        raise DataError(
            where=f"{item.code} › plan_template › milestones",
            expected=f"rising days from 1 to at most {item.usual_days} (usual_days)",
            came=days[1:],
            remedy="Correct the days of the milestones or usual_days.",
        )
