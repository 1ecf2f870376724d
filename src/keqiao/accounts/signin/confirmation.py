"""Sensitive steps want proof that the person who signed in is still the one at the keyboard."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest


def recently_confirmed(request: HttpRequest, *, now: float | None = None) -> bool:
    """Whether a password or second factor was given in this session within the last few minutes."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    moment = time.time() if now is None else now
    return bool(records) and moment - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


# Sends the person to confirm and back; a form that was posted is taken up again afterwards.
confirmation_required = reauthentication_required(app="keqiao.accounts")
confirmation_required_to_change = reauthentication_required(app="keqiao.accounts", allow_get=True)
