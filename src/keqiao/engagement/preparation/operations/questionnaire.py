"""6.3.2: questionnaires: built, sent by link, answered once, summarised."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case import links
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.steps import while_engagement
from keqiao.engagement.case.permissions import holds_link, is_at_work
from keqiao.engagement.delivery.operations.link_letters import send_questionnaire_link
from keqiao.engagement.preparation.models.investigation import (
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireLink,
)
from keqiao.engagement.preparation.operations.investigation import INVESTIGATED
from keqiao.engagement.preparation.states import QuestionnaireState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.one_time_secret import Once, show_once
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

LOWEST, HIGHEST = 1, 10


@dataclass(frozen=True)
class QuestionRow:
    text: Annotated[str, Prompt(label=_("Question"), max_length=300)]
    kind: Annotated[QuestionKind, Prompt(label=_("Kind"))]
    choices: Annotated[str, Prompt(label=_("Choices"), max_length=400)] = ""


@dataclass(frozen=True)
class Recipient:
    person: Annotated[str, Prompt(label=_("Person"), max_length=120)]
    email: Annotated[str, Prompt(label=_("E-mail"), max_length=254)] = ""


@operation(
    clause="6.3.2", on=Engagement, when=INVESTIGATED, permission=is_at_work, label=_("Build questionnaire")
)
def build_questionnaire(
    *,
    engagement: Engagement,
    actor: Actor,
    title: Annotated[str, Prompt(label=_("Title"), max_length=160)],
    questions: Annotated[list[QuestionRow], Prompt(label=_("Questions"), min_rows=1)],
) -> Questionnaire:
    del actor
    made = Questionnaire.objects.create(engagement=engagement, title=title)
    for position, row in enumerate(questions, start=1):
        if row.kind == QuestionKind.CHOICE and len(choices_of(row.choices)) < 2:  # noqa: PLR2004 - a choice has two sides
            raise Invalid(
                _("Question %(n)s: give at least two choices, a semicolon between.") % {"n": position},
                field="questions",
            )
        Question.objects.create(
            engagement=engagement,
            questionnaire=made,
            position=position,
            text=row.text,
            kind=row.kind,
            choices=row.choices,
        )
    return made


def choices_of(text: str) -> list[str]:
    return [one.strip() for one in text.replace("；", ";").split(";") if one.strip()]


@operation(
    clause="6.3.2",
    on=Questionnaire,
    when=(QuestionnaireState.DRAFT, QuestionnaireState.OPEN),
    then=QuestionnaireState.OPEN,
    permission=is_at_work,
    label=_("Send links"),
    guard=while_engagement(*INVESTIGATED, clause="6.3.2"),
    primary=True,
)
def send_questionnaire(
    *,
    questionnaire: Questionnaire,
    actor: Actor,
    people: Annotated[list[Recipient], Prompt(label=_("To whom"), min_rows=1)],
) -> Questionnaire:
    """Make one link a person, by mail where there is an address; otherwise the answer shows it, once."""
    del actor
    made = []
    for number, one in enumerate(people, start=1):
        secret, digest = links.new_secret()
        link = QuestionnaireLink.objects.create(
            engagement=questionnaire.engagement,
            questionnaire=questionnaire,
            person=one.person,
            token_sha256=digest,
        )
        if one.email:
            check_email(one.email, number)
            send_questionnaire_link(
                questionnaire, to=one.email, person=one.person, secret=secret, key=f"questionnaire-{link.pk}"
            )
        else:
            made.append(Once(one.person, links.address(links.QUESTIONNAIRE, secret)))
    show_once(questionnaire, *made)
    return questionnaire


def check_email(email: str, number: int) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(_("Row %(n)s: this is no e-mail address.") % {"n": number}, field="people") from error


def link_is_open(link: QuestionnaireLink) -> list[Missing]:
    if link.answered_at:
        return [Missing(_("This link has been answered."), "6.3.2")]
    if link.questionnaire.state != QuestionnaireState.OPEN:
        return [Missing(_("This questionnaire is closed."), "6.3.2")]
    return []


@operation(
    clause="6.3.2",
    on=QuestionnaireLink,
    permission=holds_link,
    label=_("Answer"),
    guard=link_is_open,
    exposed=False,
)
def answer_questionnaire(
    *,
    questionnairelink: QuestionnaireLink,
    actor: Actor,
    answers: Annotated[str, Prompt(label=_("Answers"), text_lines=3)],
) -> QuestionnaireLink:
    """Keep the answers of one link, given as JSON {position: answer}; a link answers once."""
    del actor
    questionnairelink.answers = checked_answers(questionnairelink.questionnaire, read_answers(answers))
    questionnairelink.answered_at = clock.now()
    questionnairelink.save()
    return questionnairelink


def read_answers(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except ValueError as error:
        raise Invalid(_('Answers come as JSON: {"1": "…"}.'), field="answers") from error
    if not isinstance(given, dict):
        raise Invalid(_('Answers come as JSON: {"1": "…"}.'), field="answers")
    return given


def checked_answers(questionnaire: Questionnaire, given: dict[str, Any]) -> dict[str, Any]:
    """Answers by position, each of its question's kind. Raises Invalid naming the question."""
    kept: dict[str, Any] = {}
    for question in questionnaire.questions.order_by("position"):
        name = str(question.position)
        value = str(given.get(name, "")).strip()
        if not value:
            raise Invalid(_("Please answer question %(n)s.") % {"n": name}, field=name)
        kept[name] = checked_answer(question, value)
    return kept


def checked_answer(question: Question, value: str) -> Any:
    name = str(question.position)
    if question.kind == QuestionKind.SCALE:
        given = whole_number(value, most=HIGHEST)
        if given is None or given < LOWEST:
            raise Invalid(_("Question %(n)s: give a number from 1 to 10.") % {"n": name}, field=name)
        return given
    if question.kind == QuestionKind.CHOICE and value not in choices_of(question.choices):
        raise Invalid(_("Question %(n)s: choose one of the answers offered.") % {"n": name}, field=name)
    return value[:2000]


def somebody_answered(questionnaire: Questionnaire) -> list[Missing]:
    if questionnaire.links.filter(answered_at__isnull=False).exists():
        return []
    return [
        Missing(
            _("Nobody has answered yet."), "6.3.2", _("Wait for an answer, or record an interview instead.")
        )
    ]


@operation(
    clause="6.3.2",
    on=Questionnaire,
    when=QuestionnaireState.OPEN,
    then=QuestionnaireState.CLOSED,
    permission=is_at_work,
    label=_("Close and summarise"),
    guard=somebody_answered,
)
def close_questionnaire(
    *,
    questionnaire: Questionnaire,
    actor: Actor,
    summary: Annotated[str, Prompt(label=_("Summary"), text_lines=5)],
) -> Questionnaire:
    del actor
    questionnaire.summary = summary
    questionnaire.save()
    return questionnaire
