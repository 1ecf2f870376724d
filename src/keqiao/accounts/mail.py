"""Letters of the door."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from keqiao.accounts.models import Invitation


def send_invitation(*, invitation: Invitation) -> None:
    """In the language of the site: who is invited has not chosen one."""
    with override(settings.LANGUAGE_CODE):
        context = {"invitation": invitation, "site_origin": settings.SITE_ORIGIN}
        body = render_to_string("account/email/invitation_message.txt", context)
        subject = "[{}] {}".format(gettext("Keqiao"), gettext("Your account is ready"))
        send_mail(subject, body.strip(), settings.DEFAULT_FROM_EMAIL, [invitation.user.email])
