"""Many accounts failing from one address: somebody guesses passwords, or a proxy hides who comes. Administrators are told."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.accounts import client
from keqiao.accounts.models import Event, Role, User
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.signin import lockout
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.mail import queue_mail, sendable
from keqiao.kernel.platform.shared import allowed

ACCOUNTS = 8  # within the cool-off
TOLD = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
QUIET = 3600  # seconds until the same address is told of again


def warn_of_many(request: HttpRequest) -> None:
    address = client.address(request)
    if lockout.accounts_tried(request) < ACCOUNTS or not allowed(
        f"many-failed:{address}", most=1, seconds=QUIET
    ):
        return
    with transaction.atomic():
        record_event(event=Event.MANY_FAILED, request=request)
        _write(request, str(address))


def _write(request: HttpRequest, address: str) -> None:
    people = User.objects.filter(is_active=True, grants__role__in=TOLD).distinct()
    with override(settings.LANGUAGE_CODE):
        for person in people:
            to = sendable([person.email])
            if not to:
                continue
            queue_mail(
                to=to,
                subject=f"[{settings.INSTITUTION_NAME}] {_('Sign-ins fail at many accounts')}",
                body="\n\n".join(_said(request, address)) + "\n",
                key=f"many-failed-{person.pk}-{address}-{clock.now():%Y%m%d%H%M}",
            )


def _said(request: HttpRequest, address: str) -> list[str]:
    lines = [
        _("From the address %(address)s sign-ins failed at many accounts within a quarter of an hour.")
        % {"address": address},
        _(
            "Each account has one wrong try from there until it is over; nobody who types the right password is held up."
        ),
    ]
    if "X-Forwarded-For" in request.headers and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        lines.append(
            _(
                "The requests name another sender: is there a proxy that the site isn't told of? Set KEQIAO_PROXIES."
            )
        )
    return lines
