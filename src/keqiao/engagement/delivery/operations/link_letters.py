"""Letters that carry a secret link, and those on progress and complaints: in the site's language."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.engagement.case import links
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import addresses, tell_client
from keqiao.engagement.delivery.models.delivery import Complaint
from keqiao.engagement.delivery.models.implementation import ProgressReport
from keqiao.engagement.preparation.models.investigation import Questionnaire
from keqiao.kernel.platform.levels import may_leave_the_house
from keqiao.kernel.platform.mail import queue_mail, sendable


def survey_addresses(engagement: Engagement) -> list[str]:
    """The contact this engagement names, else everybody the client is reached by."""
    contacts = engagement.enterprise.contacts.filter(name=engagement.contact_name, retired_on__isnull=True)
    named = sendable(contacts.order_by("-is_primary", "pk").values_list("email", flat=True))
    return named[:1] or addresses(engagement)


def send_survey_link(engagement: Engagement, *, to: list[str], secret: str, key: str) -> None:
    if not to:
        return
    with override(settings.LANGUAGE_CODE):
        said = {"number": engagement.number}
        lines = (
            _("Your commission %(number)s is delivered. How did you find it? Answering takes three minutes.")
            % said,
            links.address(links.SURVEY, secret),
            _("The link answers once and needs no account."),
        )
        subject = _("[%(number)s] How satisfied are you with our service?") % said
        queue_mail(to=to, subject=subject, body="\n\n".join(lines), key=key)


def send_questionnaire_link(
    questionnaire: Questionnaire, *, to: str, person: str, secret: str, key: str
) -> None:
    with override(settings.LANGUAGE_CODE):
        lines = (
            _("%(person)s, we ask you to answer a few questions.") % {"person": person},
            links.address(links.QUESTIONNAIRE, secret),
            _("The link answers once and needs no account."),
        )
        subject = _("Please answer a few questions")
        if may_leave_the_house(questionnaire.engagement.level):
            subject = _("Please answer: %(title)s") % {"title": questionnaire.title}
        queue_mail(to=[to], subject=subject, body="\n\n".join(lines), key=key)


def tell_of_progress(report: ProgressReport) -> None:
    with override(settings.LANGUAGE_CODE):
        tell_client(
            report.engagement,
            subject=_("Progress report"),
            text=_("A new progress report is there to read."),
            key=f"progress-{report.pk}",
        )


def acknowledge_complaint(complaint: Complaint) -> None:
    said = {"number": complaint.number, "day": str(complaint.due_on)}
    with override(settings.LANGUAGE_CODE):
        tell_client(
            complaint.engagement,
            subject=_("We have received it: %(number)s") % said,
            text=_("What you told us is filed as %(number)s. You will have an answer by %(day)s.") % said,
            key=f"complaint-received-{complaint.pk}",
        )


def tell_of_new_day(complaint: Complaint, was: date) -> None:
    said = {"number": complaint.number, "day": str(complaint.due_on), "was": was.isoformat()}
    with override(settings.LANGUAGE_CODE):
        tell_client(
            complaint.engagement,
            subject=_("The day of our answer: %(number)s") % said,
            text=_(
                "The days off of the year are known by now. You will have an answer to %(number)s by %(day)s; we had said"
                " %(was)s."
            )
            % said,
            key=f"complaint-day-{complaint.pk}-{complaint.due_on.isoformat()}",
        )


def tell_of_answer(complaint: Complaint) -> None:
    said = {"number": complaint.number}
    with override(settings.LANGUAGE_CODE):
        tell_client(
            complaint.engagement,
            subject=_("Our answer to %(number)s") % said,
            text=_("We have answered %(number)s.") % said,
            key=f"complaint-answered-{complaint.pk}",
        )
