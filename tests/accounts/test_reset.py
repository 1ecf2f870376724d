"""A forgotten password."""

import re

import pytest
from django.urls import reverse
from tests.accounts.doors import PASSWORD

from keqiao.accounts.models import Event, Role, SecurityEvent
from keqiao.accounts.operations.roles import grant_role

pytestmark = pytest.mark.django_db
ASK = reverse("account_reset_password")
NEW = "eleven quiet cranes fly"


def link_in(letter) -> str:
    return re.search(r"https?://\S+/password/reset/key/\S+", letter.body)[0]


def follow(visitor, link: str, password: str = NEW):
    page = visitor.get(link.removeprefix("https://keqiao.example"))
    if page.status_code != 302:
        return page
    return visitor.post(page.headers["Location"], {"password1": password, "password2": password})


@pytest.fixture
def asked(person, door, mailoutbox):
    user = person()
    door().post(ASK, {"email": user.email})
    return user, link_in(mailoutbox[0])


def test_a_link_sets_the_password_once(asked, door):
    user, link = asked
    assert follow(door(), link).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert follow(door(), link, "nine slow swans drift by").context["token_fail"] is True
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_it_does_not_sign_in_by_itself(asked, door):
    visitor = door()
    follow(visitor, asked[1])
    assert visitor.user_id is None


def test_it_ends_every_session(person, signed_in, door, mailoutbox, inside):
    user = person()
    visitor = signed_in(user)
    door().post(ASK, {"email": user.email})
    follow(door(), link_in(mailoutbox[0]))
    assert visitor.get(inside).status_code == 302
    assert SecurityEvent.objects.filter(user=user, event=Event.PASSWORD_CHANGED).count() == 1


def test_the_link_has_the_configured_host(person, door, mailoutbox):
    user = person()
    door().post(ASK, {"email": user.email}, headers={"host": "attacker.example"})
    assert link_in(mailoutbox[0]).startswith("https://keqiao.example/accounts/password/reset/key/")
    assert "attacker" not in mailoutbox[0].body + mailoutbox[0].subject


def test_unknown_addresses_get_the_same_answer_and_a_letter(person, door, mailoutbox):
    user = person()
    known = door().post(ASK, {"email": user.email})
    unknown = door().post(ASK, {"email": "nobody@example.com"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [letter.to for letter in mailoutbox] == [[user.email], ["nobody@example.com"]]
    assert "key" not in mailoutbox[1].body


def test_a_disabled_account_gets_no_link(person, door, mailoutbox):
    door().post(ASK, {"email": person(is_active=False).email})
    assert "reset/key" not in mailoutbox[0].body


def test_a_change_of_role_kills_the_link(asked, person, door):
    user, link = asked
    grant_role(user=user, actor=person(role=Role.SYSTEM_ADMIN), role=Role.CONSULTANT)
    assert follow(door(), link).context["token_fail"] is True
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_old_link_is_dead(asked, door, settings):
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert follow(door(), asked[1]).context["token_fail"] is True


def test_an_invented_link_is_dead(door):
    assert follow(door(), "/accounts/password/reset/key/1-abc-def/").context["token_fail"] is True


def test_asking_is_limited(person, door, mailoutbox):
    user = person()
    statuses = [
        door(f"203.0.113.{number}").post(ASK, {"email": user.email}).status_code for number in range(4)
    ]
    assert statuses == [302, 302, 302, 429]
    assert len(mailoutbox) == 3
