"""The first step through the door."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse
from tests.accounts.doors import PASSWORD

from keqiao.accounts.models import Event, SecurityEvent

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    calls = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    return CountingHasher


def page_without(response, *typed: str) -> str:
    """The page as text, without what differs for harmless reasons: the token of the form, the name typed."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": ")"?[^"]+"', "", response.content.decode())
    for word in typed:
        text = text.replace(word, "…")
    return text


@pytest.mark.parametrize("spelling", ["{username}", "{email}", "{USERNAME}", "{EMAIL}", " {username} "])
def test_by_user_name_or_address_in_any_case(person, door, spelling):
    user, visitor = person(), door()
    login = spelling.format(
        username=user.username, email=user.email, USERNAME=user.username.upper(), EMAIL=user.email.upper()
    )
    response = visitor.sign_in(login)
    assert (response.status_code, response.headers["Location"], visitor.user_id) == (302, "/", user.pk)


def test_wrong_password_and_unknown_user_get_the_same_answer(person, door):
    user = person()
    known = door().sign_in(user.username, "not this one at all")
    unknown = door().sign_in("nobody", "not this one at all")
    assert known.status_code == unknown.status_code == 200
    assert page_without(known, user.username) == page_without(unknown, "nobody")


def test_wrong_address_gets_the_same_answer(person, door):
    user = person()
    known = door().sign_in(user.email, "not this one at all")
    unknown = door().sign_in("nobody@example.com", "not this one at all")
    assert page_without(known, user.email) == page_without(unknown, "nobody@example.com")


def test_a_disabled_account_gets_the_same_answer(person, door):
    user = person(is_active=False)
    disabled, unknown = door().sign_in(user.username), door().sign_in("nobody")
    assert page_without(disabled, user.username) == page_without(unknown, "nobody")


@pytest.mark.parametrize("login", ["{username}", "nobody", "{email}", "nobody@example.com"])
def test_the_same_work_for_unknown_users(person, door, hashes, login):
    user = person()
    hashes.calls = 0
    door().sign_in(login.format(username=user.username, email=user.email), "not this one at all")
    assert hashes.calls == 1


def test_the_same_work_for_invited_and_disabled_users(person, door, hashes):
    invited, disabled = person(), person(is_active=False)
    invited.set_unusable_password()
    invited.save()
    hashes.calls = 0
    door().sign_in(invited.username)
    door().sign_in(disabled.username)
    assert hashes.calls == 2


def test_a_new_session_id_at_sign_in(person, door):
    visitor = door()
    session = visitor.session
    session["before"] = 1
    session.save()
    visitor.cookies["sessionid"] = before = session.session_key
    visitor.sign_in(person().username)
    assert visitor.user_id is not None
    assert visitor.session.session_key != before


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/engagements/7/", "/engagements/7/"),
        ("https://attacker.example/", "/"),
        ("//attacker.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("https://keqiao.example/today/", "https://keqiao.example/today/"),
        ("http://keqiao.example/today/", "/"),
    ],
)
def test_no_open_redirect(person, door, wanted, led_to):
    assert door().sign_in(person().username, PASSWORD, next=wanted).headers["Location"] == led_to


def test_the_session_ends_with_the_browser(person, door):
    response = door().sign_in(person().username)
    assert response.cookies["sessionid"]["max-age"] == ""


def test_the_page_is_not_stored(door):
    assert "no-store" in door().get(reverse("account_login")).headers["Cache-Control"]


def test_signing_out_ends_the_session(person, signed_in, inside):
    visitor = signed_in(person())
    assert visitor.get(reverse("account_logout")).status_code == 200
    assert visitor.user_id is not None
    visitor.post(reverse("account_logout"))
    assert visitor.get(inside).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "confirm-email/abc/",
        "inactive/",
        "password/set/",
        "login/code/",
        "login/code/confirm/",
        "phone/verify/",
        "3rdparty/",
        "social/signup/",
        "2fa/",
        "second-factor/webauthn/",
        "second-factor/trust/",
        "second-factor/recovery-codes/download/",
    ],
)
def test_what_is_not_wanted_does_not_exist(person, signed_in, path):
    visitor = signed_in(person())
    assert visitor.get(f"/accounts/{path}").status_code == 404
    assert visitor.post(f"/accounts/{path}").status_code == 404


def test_events_of_the_door(person, door):
    user, visitor = person(), door("203.0.113.5")
    visitor.sign_in(user.username, "not this one at all")
    visitor.sign_in("nobody", "not this one at all")
    visitor.sign_in(user.username)
    visitor.post(reverse("account_logout"))
    written = SecurityEvent.objects.order_by("pk").values_list("event", "user_id", "address", "browser")
    assert list(written) == [
        (Event.SIGN_IN_FAILED, user.pk, "203.0.113.5", "Testbrowser"),
        (Event.SIGN_IN_FAILED, None, "203.0.113.5", "Testbrowser"),
        (Event.SIGNED_IN, user.pk, "203.0.113.5", "Testbrowser"),
        (Event.SIGNED_OUT, user.pk, "203.0.113.5", "Testbrowser"),
    ]
