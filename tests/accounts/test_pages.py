"""Every page of the door opens, with one heading and in the language of the person."""

import re

import pytest
from django.urls import get_resolver, reverse
from tests.accounts.doors import code_of

from keqiao.accounts.models import Kind, Role
from keqiao.accounts.operations.invitations import invite_user

pytestmark = pytest.mark.django_db
OUTSIDE = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
INSIDE = [
    "account_logout", "account_reauthenticate", "account_change_password", "mfa_index", "mfa_activate_totp",
    "usersessions_list", "account_profile", "account_reminders", "account_tokens", "account_events",
]  # fmt: skip
WITH_FACTOR = ["mfa_index", "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_generate_recovery_codes"]
BY_LINK = ["account_invitation", "account_reset_password_from_key"]
ELSEWHERE = [
    "mfa_authenticate",
    "mfa_view_recovery_codes",
    "account_data",
    "account_stay",
    "account_token_revoke",
    "calendar-link",
    "calendar-feed",
]  # tested by themselves


def headings(response) -> list[str]:
    return re.findall(r"<h1>(.+?)</h1>", response.content.decode())


def test_every_address_of_the_door_is_in_a_list_here():
    named = {
        pattern.name
        for entry in get_resolver().url_patterns
        if str(entry.pattern) == "accounts/"
        for pattern in entry.url_patterns
    }
    assert named == {*OUTSIDE, *INSIDE, *WITH_FACTOR, *BY_LINK, *ELSEWHERE}


@pytest.mark.parametrize("name", OUTSIDE)
def test_outside(door, name):
    response = door().get(reverse(name))
    assert (response.status_code, len(headings(response))) == (200, 1)


@pytest.mark.parametrize("name", INSIDE)
def test_inside(person, signed_in, name):
    response = signed_in(person(role=Role.AUDIT_ADMIN)).get(reverse(name))
    assert (response.status_code, len(headings(response))) == (200, 1)


@pytest.mark.parametrize("name", WITH_FACTOR)
def test_with_a_second_factor(enrolled, door, name):
    user, visitor = enrolled(), door()
    visitor.sign_in(user.username)
    assert len(headings(visitor.get(reverse("mfa_authenticate")))) == 1
    visitor.give_code(code_of(user.secret))
    response = visitor.get(reverse(name))
    assert (response.status_code, len(headings(response))) == (200, 1)


def test_by_link(person, door):
    who = {"username": "wang", "name": "王工", "email": "wang@example.com", "kind": Kind.STAFF}
    invitation = invite_user(actor=person(role=Role.SYSTEM_ADMIN), **who)
    good = door().get(invitation.link.removeprefix("https://keqiao.example"))
    bad = door().get(reverse("account_invitation", args=["invented"]))
    assert [len(headings(good)), len(headings(bad))] == [1, 1]
    assert good.headers["Referrer-Policy"] == "strict-origin"


def test_every_page_says_who_may_reach_it():
    for entry in get_resolver().url_patterns:
        if str(entry.pattern) == "accounts/":
            silent = [
                pattern.name for pattern in entry.url_patterns if not hasattr(pattern.callback, "access")
            ]
            assert silent == []
