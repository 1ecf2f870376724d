"""Answers of questionnaires and surveys, question by question: how many, the mean of points, the words."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.engagement.delivery.models.delivery import Survey
from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.engagement.preparation.models.investigation import (
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireLink,
)
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor


@dataclass(frozen=True)
class Line:
    question: str
    count: int
    mean: str = ""
    texts: tuple[str, ...] = ()


def summary_of(questionnaire: Questionnaire, actor: Actor) -> dict[str, Any]:
    """What came back, as far as the actor may read the questions and the links."""
    links = policy.visible(QuestionnaireLink, actor).filter(questionnaire=questionnaire)
    answers = list(links.filter(answered_at__isnull=False).order_by("pk").values_list("answers", flat=True))
    questions = policy.visible(Question, actor).filter(questionnaire=questionnaire).order_by("position")
    lines = [
        line_of(question, [row[str(question.position)] for row in answers if str(question.position) in row])
        for question in questions
    ]
    of = _("%(answered)s of %(sent)s answered") % {"answered": len(answers), "sent": links.count()}
    return {"lines": lines, "of": of}


def line_of(question: Question, values: list[Any]) -> Line:
    if question.kind == QuestionKind.SCALE:
        return Line(question.text, len(values), mean=mean(values))
    if question.kind == QuestionKind.CHOICE:
        counted = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
        return Line(question.text, len(values), texts=tuple(f"{value}: {count}" for value, count in counted))
    return Line(question.text, len(values), texts=tuple(values))


def mean(values: list[int]) -> str:
    return f"{sum(values) / len(values):.1f}" if values else ""


def of_survey(survey: Survey, actor: Actor) -> dict[str, Any]:
    """One survey has one answer; the points stand where a mean would."""
    del actor  # whoever reads the survey reads its answers
    if survey.answered_at is None:
        return {"lines": []}
    asked = satisfaction.load()
    chinese = (get_language() or "").startswith("zh")
    lines = [
        Line(item.text if chinese else item.text_en, 1, mean=str(survey.scores[item.code]))
        for item in asked.items
        if item.code in survey.scores
    ]
    if survey.comment:
        open_question = asked.open_question
        lines.append(
            Line(open_question.text if chinese else open_question.text_en, 1, texts=(survey.comment,))
        )
    return {"lines": lines}
