"""Letters to the client: that something is there to read or to answer. What is confidential stays on the site."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.accounts.models import Kind, User
from keqiao.engagement import links
from keqiao.engagement.models import Complaint, Engagement, ProgressReport, Questionnaire
from keqiao.kernel.mail import queue_mail


def client_addresses(engagement: Engagement) -> list[str]:
    """Where the client reads mail: the contact of this engagement, else the main contact, else its users."""
    contacts = engagement.enterprise.contacts.filter(retired_on__isnull=True).exclude(email="")
    named = contacts.filter(name=engagement.contact_name).order_by("-is_primary", "pk").first()
    contact = named or contacts.filter(is_primary=True).order_by("pk").first()
    if contact:
        return [contact.email]
    users = User.objects.filter(kind=Kind.CLIENT, enterprise_id=engagement.enterprise_id, is_active=True)
    return sorted(users.exclude(email="").values_list("email", flat=True))


def send(*, to: list[str], subject: str, lines: list[str], key: str) -> bool:
    """Queue one letter; False where nobody has an address."""
    if not to:
        return False
    queue_mail(to=to, subject=subject, body="\n\n".join(lines), key=key)
    return True


def tell_of_progress(report: ProgressReport) -> bool:
    engagement = report.engagement
    with override(settings.LANGUAGE_CODE):
        return send(
            to=client_addresses(engagement),
            subject=_("Progress report on %(number)s") % {"number": engagement.number},
            lines=[
                _("A new progress report on your commission %(number)s is there to read.") % {"number": engagement.number},
                _("Sign in: %(address)s") % {"address": settings.SITE_ORIGIN},
            ],
            key=f"progress-{report.pk}",
        )


def send_survey_link(engagement: Engagement, *, to: list[str], secret: str, key: str) -> bool:
    with override(settings.LANGUAGE_CODE):
        return send(
            to=to,
            subject=_("How satisfied are you with our service? %(number)s") % {"number": engagement.number},
            lines=[
                _("Your commission %(number)s has been delivered. Please tell us how you found it; it takes about three minutes.")
                % {"number": engagement.number},
                links.address(links.SURVEY, secret),
                _("The link answers once and needs no account."),
            ],
            key=key,
        )


def send_questionnaire_link(questionnaire: Questionnaire, *, to: str, person: str, secret: str, key: str) -> bool:
    with override(settings.LANGUAGE_CODE):
        return send(
            to=[to],
            subject=_("Please answer: %(title)s") % {"title": questionnaire.title},
            lines=[
                _("%(person)s, we ask you to answer a few questions.") % {"person": person},
                links.address(links.QUESTIONNAIRE, secret),
                _("The link answers once and needs no account."),
            ],
            key=key,
        )


def acknowledge_complaint(complaint: Complaint) -> bool:
    said = {"number": complaint.number, "day": complaint.due_on.isoformat()}
    with override(settings.LANGUAGE_CODE):
        return send(
            to=client_addresses(complaint.engagement),
            subject=_("We have received it: %(number)s") % said,
            lines=[_("What you told us is filed as %(number)s. You will have an answer by %(day)s.") % said],
            key=f"complaint-received-{complaint.pk}",
        )


def tell_of_answer(complaint: Complaint) -> bool:
    with override(settings.LANGUAGE_CODE):
        return send(
            to=client_addresses(complaint.engagement),
            subject=_("Our answer to %(number)s") % {"number": complaint.number},
            lines=[
                _("We have answered %(number)s.") % {"number": complaint.number},
                _("Sign in: %(address)s") % {"address": settings.SITE_ORIGIN},
            ],
            key=f"complaint-answered-{complaint.pk}",
        )
