"""People and clients at the door. Passwords are hashed cheaply here: the tests sign in hundreds of times."""

import itertools
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.accounts.doors import PASSWORD, Door

from keqiao.accounts.models import Kind, Role, User

numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _site(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    settings.SITE_ORIGIN = "https://keqiao.example"
    settings.ALLOWED_HOSTS = ["testserver", "attacker.example"]


@pytest.fixture
def person(db):
    """Make an account: `person()`, `person(role=Role.SYSTEM_ADMIN)`, `person(kind=Kind.EXPERT, name="…")`."""

    def make(*, role: Role | None = None, **fields: object) -> User:
        number = next(numbers)
        known = {"kind": Kind.STAFF, "name": f"测试员{number}", "email": f"p{number}@example.com"} | fields
        if known["kind"] == Kind.CLIENT:
            known.setdefault("enterprise_id", 1)
        user = User.objects.create_user(f"person{number}", PASSWORD, **known)
        if role:
            user.grants.create(role=role)
        return user

    return make


@pytest.fixture
def door():
    """A browser at an address, not signed in: `door()`, `door("203.0.113.9")`."""
    return Door


@pytest.fixture
def signed_in(door):
    def sign_in(user: User, address: str = "198.51.100.7") -> Client:
        visitor = door(address)
        assert visitor.sign_in(user.username).status_code == 302
        return visitor

    return sign_in


@pytest.fixture
def enrolled(person):
    """A member of the staff with a second factor; `.secret` makes codes."""

    def make(**fields: object) -> User:
        user = person(**fields)
        user.secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        TOTP.activate(user, user.secret)
        return user

    return make


@pytest.fixture
def authenticators():
    return Authenticator.objects


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def inside() -> str:
    """A page behind the door."""
    return reverse("account_profile")
