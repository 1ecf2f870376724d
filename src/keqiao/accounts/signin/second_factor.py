"""Codes of the second factor: each works once, also when two arrive together on two web processes."""

import base64
import hmac
import os
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.conf import settings
from django.db import transaction

from keqiao.accounts.models import Event, Kind, SecurityEvent, User

PERIOD, DIGITS, DRIFT = 30, 6, 1
NONCE, PURPOSE = 12, b"second factor"
# Guessing from many addresses at once: three of a million codes are good at any time.
MOST_WRONG, WITHIN = 30, timedelta(hours=1)


def required_of(user: User) -> bool:
    return settings.STAFF_SECOND_FACTOR_REQUIRED and user.kind == Kind.STAFF


def matching_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The half minute this code belongs to, when it is now or a neighbour of now: clocks differ a little."""
    hotp = HOTP(base64.b32decode(secret), DIGITS, SHA1(), enforce_key_length=False)  # noqa: S303 - RFC 6238 as apps speak it
    typed = code.replace(" ", "").encode()
    current = int(now.timestamp()) // PERIOD
    steps = range(current - DRIFT, current + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(hotp.generate(step), typed)), None)


def accepts(authenticator: Authenticator, code: str, *, now: datetime) -> bool:
    """Take a code for good: recovery codes and half minutes are crossed off under a lock of the row."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return bool(authenticator.wrap().validate_code(code))
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = matching_step(decrypt(row.data["secret"]), code, now=now)
        return step is not None and take(row, step)


def factor_that_accepts(user: User, code: str, *, now: datetime) -> Authenticator | None:
    """Which of the person's factors took this code, the app before the recovery codes."""
    for authenticator in Authenticator.objects.filter(user=user).order_by("-type"):
        if accepts(authenticator, code, now=now):
            authenticator.refresh_from_db()
            return authenticator
    return None


def take(row: Authenticator, step: int) -> bool:
    """Only steps after the last one taken, so that no code is good twice."""
    if step <= row.data.get("last_step", 0):
        return False
    row.data["last_step"] = step
    row.save(update_fields=["data"])
    return True


def guessed_too_often(user: User, *, now: datetime) -> bool:
    wrong = SecurityEvent.objects.filter(user=user, event=Event.CODE_FAILED, at__gt=now - WITHIN).count()
    return wrong >= MOST_WRONG


def refuse_after_many_failures(user: User, *, now: datetime) -> None:
    if guessed_too_often(user, now=now):
        raise get_account_adapter().validation_error("too_many_login_attempts")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": get_account_adapter().error_messages["incorrect_code"],
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not required_of(authenticator.user)

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(NONCE)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        raw = base64.b64decode(encrypted_text)
        return _cipher().decrypt(raw[:NONCE], raw[NONCE:], PURPOSE).decode()


def _cipher() -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(settings.SECOND_FACTOR_KEY + "="))
