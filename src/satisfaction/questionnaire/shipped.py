"""The questionnaires that come with the package, for service institutions, and the model of their items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from satisfaction.problems import SatisfactionError
from satisfaction.questionnaire.model import Model
from satisfaction.questionnaire.parse import model_from
from satisfaction.questionnaire.questions import Question, question_of
from satisfaction.texts import DEFAULT_LANGUAGE, data_file

BESIDE_FORMS = {
    "complaint-handling": ("complaint_handling",),
    "event": ("event",),
    "training-reaction": ("training_levels", "reaction", "items"),
    "training-behaviour": ("training_levels", "behaviour", "items"),
}
"""Questionnaires that are lists of their own in the file, and where."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is asked on one occasion; `minutes` is about how long it takes, 0 where nobody said.

    `index` is `model` where the answers feed the model, `mean_only` where they are too few items for it.
    """

    form: str
    family: str
    minutes: int
    index: str
    questions: tuple[Question, ...]


def forms() -> tuple[str, ...]:
    """The names of the shipped questionnaires."""
    return (*_content()["forms"], *BESIDE_FORMS)


def families() -> tuple[str, ...]:
    """The service families that have items of their own."""
    return tuple(_content()["families"])


def questionnaire(form: str, family: str = "", *, expectation_at_signing: bool = False) -> Questionnaire:
    """A shipped questionnaire, with the items of a service family where one is named.

    With `expectation_at_signing` the annual form leaves out what the form `signing` asked. Raises
    SatisfactionError for a name that is none.
    """
    _check("form", form, forms())
    if family:
        _check("family", family, families())
    if form in BESIDE_FORMS:
        entries: Any = _content()
        for key in BESIDE_FORMS[form]:
            entries = entries[key]
        listed = [_by_id()[one] if isinstance(one, str) else question_of(one) for one in entries]
        return Questionnaire(form, family, 0, "mean_only", tuple(listed))
    plan = _content()["forms"][form]
    asked = _filters_first([question for part in plan["parts"] for question in _part(part, family)])
    questions = [one for one in asked if not (expectation_at_signing and one.construct == "Expectation")]
    index = plan.get("index", "model" if "core" in plan["parts"] else "mean_only")
    return Questionnaire(form, family, plan["minutes"], index, tuple(questions))


def _check(name: str, got: str, known: tuple[str, ...]) -> None:
    if got not in known:
        raise SatisfactionError("bad-option", name=name, expected=" | ".join(known), got=got)


@cache
def default_model(family: str = "") -> Model:
    """The shipped model; the items of a family are added to those of Quality. Raises SatisfactionError."""
    asked = questionnaire("annual", family).questions
    items = [one for one in asked if one.construct]
    blocks: dict[str, list[str]] = {}
    for one in items:
        blocks.setdefault(one.construct, []).append(one.id)
    scale = _content()["scale"]
    return model_from(
        {
            **data_file("default_model.yaml"),
            "scale": [scale["low"], scale["high"]],
            "constructs": blocks,
            "questions": {one.id: one.text(DEFAULT_LANGUAGE) for one in items},
        }
    )


def label_of(model: Model, construct: str, language: str = DEFAULT_LANGUAGE) -> str:
    """What readers call a construct: the model's label, else the usual Chinese word, else the name itself."""
    usual = data_file("usual_labels.yaml") if language == DEFAULT_LANGUAGE else {}
    label: str = model.labels.get(construct) or usual.get(construct, construct)
    return label


def _content() -> Mapping[str, Any]:
    return data_file("questionnaires.yaml")


def _part(part: str, family: str) -> Iterator[Question]:
    """The questions of a part of a form: a section, `family`, or one question by its id."""
    if part == "core":
        for construct, questions in _core().items():
            yield from questions
            yield from _family_questions(family) if construct == "Quality" else ()
    elif part == "family":
        yield from _family_questions(family)
    elif part in ("screening", "filters", "open"):
        yield from map(question_of, _content()[part])
    else:
        yield _by_id()[part]


def _filters_first(asked: list[Question]) -> list[Question]:
    """The same questions, each filter before the first that hangs on it."""
    placed: list[Question] = []
    for question in asked:
        needed = [one for one in asked if one.sets and one.sets == question.ask_when]
        placed += [one for one in (*needed, question) if one not in placed]
    return placed


@cache
def _core() -> Mapping[str, tuple[Question, ...]]:
    return {
        construct: tuple(question_of(entry, construct) for entry in entries)
        for construct, entries in _content()["core"].items()
    }


def _family_questions(family: str) -> Iterator[Question]:
    if family:
        section = _content()["families"][family]
        yield from (question_of(entry, "Quality") for entry in section["Quality"])
        yield question_of(section["outcome"])


@cache
def _by_id() -> dict[str, Question]:
    sections = ("screening", "filters", "open")
    beside = [question_of(entry) for section in sections for entry in _content()[section]]
    core = [question for questions in _core().values() for question in questions]
    own = [question for family in families() for question in _family_questions(family)]
    return {one.id: one for one in (*core, *own, *beside, question_of(_content()["nps"]))}
