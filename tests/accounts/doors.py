"""A browser at an address, and what it does at the door."""

import base64

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from keqiao.kernel.platform import clock

PASSWORD = "seven grey herons wade"


class Door(Client):
    def __init__(self, address: str = "198.51.100.7", **extra: str) -> None:
        super().__init__(**{"REMOTE_ADDR": address, "HTTP_USER_AGENT": "Testbrowser"} | extra)

    def sign_in(self, login: str, password: str = PASSWORD, **query: str) -> HttpResponse:
        return self.post(
            reverse("account_login", query=query or None), {"login": login, "password": password}
        )

    def give_code(self, code: str) -> HttpResponse:
        return self.post(reverse("mfa_authenticate"), {"code": code})

    def confirm(self, password: str = PASSWORD) -> HttpResponse:
        return self.post(reverse("account_reauthenticate"), {"password": password})

    def forget_confirmation(self) -> None:
        """As if the last proof of who sits there were ten minutes old."""
        session = self.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 600
        session.save()

    @property
    def user_id(self) -> int | None:
        found = self.session.get("_auth_user_id")
        return int(found) if found else None


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or `steps` half minutes later."""
    key = base64.b32decode(secret)
    return (
        TOTP(key, 6, SHA1(), 30, enforce_key_length=False)
        .generate(int(clock.now().timestamp()) + 30 * steps)
        .decode()
    )
