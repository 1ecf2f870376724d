"""Mail to the client about a step. It says that something waits, never what is in it (4.1.5)."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from keqiao.accounts.models import Kind, User
from keqiao.engagement.case.models import Engagement
from keqiao.enterprises.models import Contact
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.platform.mail import queue_mail, sendable


def tell_client(engagement: Engagement, *, subject: Text, text: Text, key: str) -> None:
    """Queue one mail to the client's people, in the site's language; none when no address is known. It leads to the page of
    the engagement, where what is asked stands first."""
    to = addresses(engagement)
    if to:
        with translation.override(settings.LANGUAGE_CODE):
            place = reverse("engagements-detail", args=[engagement.pk])
            body = f"{text}\n\n{settings.SITE_ORIGIN.rstrip('/')}{place}\n"
            queue_mail(to=to, subject=f"[{engagement.number}] {subject}", body=body, key=key)


def addresses(engagement: Engagement) -> list[str]:
    """The client's users, and its main contacts."""
    users = User.objects.filter(kind=Kind.CLIENT, enterprise_id=engagement.enterprise_id, is_active=True)
    contacts = Contact.objects.filter(
        enterprise_id=engagement.enterprise_id, is_primary=True, retired_on__isnull=True
    )
    emails = [*users.values_list("email", flat=True), *contacts.values_list("email", flat=True)]
    return sorted(set(sendable(emails)))
