"""6.4.2: the satisfaction survey goes out by itself on delivery; its link answers once."""

from dataclasses import dataclass
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case import links
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.permissions import holds_link, is_in_charge, is_its_client
from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.models.delivery import ComplaintChannel, ComplaintKind, Survey
from keqiao.engagement.delivery.operations.complaint import file_complaint
from keqiao.engagement.delivery.operations.link_letters import send_survey_link, survey_addresses
from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.platform.policy import rule
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


@dataclass(frozen=True)
class Score:
    item: Annotated[str, Prompt(label=_("Item"), max_length=60)]
    points: Annotated[int, Prompt(label=_("Score"), minimum=1, maximum=10)]


@rule(_("The survey goes out by itself."))
def is_the_system(actor: Actor, _subject: object) -> bool:
    return actor.kind == "system"


def not_sent_yet(engagement: Engagement) -> list[Missing]:
    return [Missing(_("The survey was sent already."), "6.4.2")] if engagement.surveys.exists() else []


@operation(
    clause="6.4.2",
    on=Engagement,
    when=(Stage.DELIVERED, Stage.ARCHIVED),
    permission=is_the_system,
    label=_("Send satisfaction survey"),
    guard=not_sent_yet,
    exposed=False,
)
def send_survey(*, engagement: Engagement, actor: Actor) -> Survey:
    """Make the one link and mail it. Without an address the client answers signed in."""
    del actor
    secret, digest = links.new_secret()
    to = survey_addresses(engagement)
    survey = Survey.objects.create(engagement=engagement, token_sha256=digest, sent_to="、".join(to))
    send_survey_link(engagement, to=to, secret=secret, key=f"survey-{survey.pk}")
    return survey


def send_survey_once(engagement: Engagement) -> None:
    """Asked for twice, it goes out once."""
    if not engagement.surveys.exists():
        send_survey(engagement=engagement, actor=SYSTEM)


def survey_was_heard(engagement: Engagement) -> list[Missing]:
    """Answered, or waited for long enough; an engagement that ended early is asked nothing."""
    if engagement.state == Stage.ENDED_EARLY:
        return []
    survey = next(iter(engagement.surveys.all()), None)
    if survey is None:
        return [
            Missing(_("No satisfaction survey was sent."), "6.4.2", _("It goes out by itself on acceptance."))
        ]
    if survey.answered_at is None and clock.today() <= survey.due_on:
        text = _("The satisfaction survey is not answered; it is waited for until %(day)s.") % {
            "day": survey.due_on
        }
        return [Missing(text, "6.4.2", _("Remind the client."))]
    return []


def survey_is_open(survey: Survey) -> list[Missing]:
    return [Missing(_("This survey has been answered."), "6.4.2")] if survey.answered_at else []


@operation(
    clause="6.4.2", on=Survey, permission=is_in_charge, label=_("Send another link"), guard=survey_is_open
)
def resend_survey(
    *,
    survey: Survey,
    actor: Actor,
    email: Annotated[str, Prompt(label=_("E-mail of the client"), max_length=254)],
) -> Survey:
    """A new link by mail; the earlier one ends. The institution never sees a link it could answer itself."""
    del actor
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(_("This is no e-mail address."), field="email") from error
    secret, survey.token_sha256 = links.new_secret()
    survey.sent_to = email
    survey.save()
    send_survey_link(
        survey.engagement, to=[email], secret=secret, key=f"survey-{survey.pk}-v{survey.version}"
    )
    return survey


@operation(
    clause="6.4.2",
    on=Survey,
    permission=holds_link | is_its_client,
    label=_("Answer the survey"),
    guard=survey_is_open,
    exposed=False,
)
def answer_survey(
    *,
    survey: Survey,
    actor: Actor,
    scores: Annotated[list[Score], Prompt(label=_("Scores"), min_rows=1)],
    comment: Annotated[str, Prompt(label=_("Comment"), text_lines=4, max_length=2000)] = "",
    concern: Annotated[ComplaintKind | None, Prompt(label=_("Handle the comment as"))] = None,
) -> Survey:
    """Keep the scores, ten-point items by code; answered once. A concern becomes a complaint of its own."""
    survey.scores = checked_scores(scores)
    if concern and not comment.strip():
        raise Invalid(_("Write down what happened or what you suggest."), field="comment")
    survey.comment, survey.edition, survey.answered_at = comment, satisfaction.load().version, clock.now()
    survey.save()
    if concern:
        by = actor if actor.pk else SYSTEM  # who holds the link has no account
        file_complaint(
            engagement=survey.engagement,
            actor=by,
            kind=concern,
            text=comment,
            channel=ComplaintChannel.SURVEY,
        )
    return survey


def checked_scores(scores: list[Score]) -> dict[str, int]:
    """Points by item; items may be skipped, not all of them."""
    asked = satisfaction.load()
    known = {item.code for item in asked.items}
    for score in scores:
        if score.item not in known or not asked.lowest <= score.points <= asked.highest:
            raise Invalid(_("Give each question a number from 1 to 10."), field=score.item)
    if not scores:
        raise Invalid(_("Please answer at least one question."))
    return {score.item: score.points for score in scores}
