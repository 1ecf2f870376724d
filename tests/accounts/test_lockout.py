"""Guessing is stopped; owners are not."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.urls import reverse
from tests.accounts.test_reset import NEW, follow, link_in
from tests.factories import people

from keqiao.accounts.models import Event, Role, SecurityEvent, User
from keqiao.kernel.models import Outbox

pytestmark = pytest.mark.django_db
GUESS = "not this one at all"


def guess(visitor, login: str, times: int) -> list[int]:
    return [visitor.sign_in(login, GUESS).status_code for _ in range(times)]


def test_five_failures_lock_this_account_for_this_address(person, door):
    user, attacker = person(), door("203.0.113.66")
    assert guess(attacker, user.username, 5) == [200, 200, 200, 200, 429]
    assert attacker.sign_in(user.username).status_code == 429
    assert attacker.user_id is None


def test_the_owner_comes_in_from_elsewhere(person, door):
    user = person()
    guess(door("203.0.113.66"), user.username, 40)
    owner = door("198.51.100.20")
    owner.sign_in(user.username)
    assert owner.user_id == user.pk


def test_the_answer_says_how_long(person, door):
    user, attacker = person(), door("203.0.113.66")
    guess(attacker, user.username, 5)
    response = attacker.sign_in(user.username)
    assert "15" in re.sub(r"<svg.*?</svg>", "", response.content.decode(), flags=re.DOTALL)
    assert 840 < int(response.headers["Retry-After"]) <= 900


def test_the_lock_ends_after_the_cool_off_and_guessing_on_does_not_prolong_it(person, door):
    user, visitor = person(), door("203.0.113.66")
    guess(visitor, user.username, 5)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    assert guess(visitor, user.username, 3) == [429, 429, 429]
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))
    visitor.sign_in(user.username)
    assert visitor.user_id == user.pk


def flood(attacker, accounts: int = 20) -> list[int]:
    return [attacker.sign_in(f"guess{number}", GUESS).status_code for number in range(accounts)]


def test_an_address_that_tries_many_accounts_is_slowed_down_and_locks_nobody_out(person, door):
    """An office behind one address: its people go on signing in, whoever guesses has one try an account."""
    assert flood(door("203.0.113.66")) == [200] * 19 + [429]
    colleague, at_work = person(), door("203.0.113.66")
    at_work.sign_in(colleague.username)
    assert at_work.user_id == colleague.pk
    victim = person()
    assert guess(door("203.0.113.66"), victim.username, 2) == [429, 429]


def test_so_is_everybody_behind_a_proxy_that_the_site_is_not_told_of(person, door):
    """All come from one hop then, and what they say of themselves isn't believed."""
    attacker = door("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.66")
    flood(attacker, 60)
    owner, browser = person(), door("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9")
    browser.sign_in(owner.username)
    assert browser.user_id == owner.pk


def test_a_browser_known_to_the_account_is_counted_by_itself(person, door):
    owner, browser = person(), door("10.0.0.1")
    browser.sign_in(owner.username)
    kept = browser.cookies["keqiao_device"]
    assert (kept["httponly"], kept["samesite"]) == (True, "Lax")
    assert guess(door("10.0.0.1"), owner.username, 6)[-1] == 429
    again = door("10.0.0.1")
    again.cookies["keqiao_device"] = kept.value
    again.sign_in(owner.username)
    assert again.user_id == owner.pk


def test_nor_does_it_open_more_than_five_tries(person, door):
    owner, browser = person(), door("10.0.0.1")
    known = signed_out(browser, owner)
    assert guess(known, owner.username, 5) == [200, 200, 200, 200, 429]


def signed_out(browser, user):
    """This browser after a sign-in, with nothing left but what it is known by."""
    browser.sign_in(user.username)
    kept = browser.cookies["keqiao_device"].value
    browser.logout()
    browser.cookies["keqiao_device"] = kept
    return browser


def test_the_browser_of_another_or_an_invented_one_helps_nobody(person, door):
    owner, other, browser = person(), person(), door("10.0.0.1")
    signed_out(browser, other)
    guess(door("10.0.0.1"), owner.username, 5)
    assert browser.sign_in(owner.username).status_code == 429
    invented = door("10.0.0.1")
    invented.cookies["keqiao_device"] = "eyJ1c2VyIjoxfQ:x:y"
    assert invented.sign_in(owner.username).status_code == 429


def test_a_new_password_is_the_way_back(person, door, mailoutbox):
    owner, visitor = person(), door("203.0.113.66")
    guess(visitor, owner.username, 5)
    visitor.post(reverse("account_reset_password"), {"email": owner.email})
    follow(visitor, link_in(mailoutbox[-1]))
    visitor.sign_in(owner.username, NEW)
    assert visitor.user_id == owner.pk


def test_administrators_are_told_once_when_many_accounts_fail_from_one_hop(person, door):
    admin = people.staff(Role.SYSTEM_ADMIN, email="admin@keqiao.invalid")
    flood(door("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.66"), 30)
    assert SecurityEvent.objects.filter(event=Event.MANY_FAILED, address="10.0.0.1").count() == 1
    [letter] = Outbox.objects.filter(topic="mail")
    said = letter.payload
    assert said["to"] == [admin.email]
    assert ("10.0.0.1" in said["body"], "KEQIAO_PROXIES" in said["body"]) == (True, True)


@pytest.mark.parametrize("address", [" ", "\u3000", "不详"])
def test_an_administrator_without_an_address_keeps_no_warning_from_the_others(person, door, address):
    unknown, admin = (
        people.staff(role, email=f"{role}@keqiao.invalid")
        for role in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN)
    )
    User.objects.filter(pk=unknown.pk).update(email=address)
    flood(door("10.0.0.1"), 30)
    assert [row.payload["to"] for row in Outbox.objects.filter(topic="mail")] == [[admin.email]]


def test_one_person_who_forgot_worries_nobody(person, door):
    people.staff(Role.SYSTEM_ADMIN, email="admin@keqiao.invalid")
    owner = person()
    guess(door("10.0.0.1"), owner.username, 30)
    assert not SecurityEvent.objects.filter(event=Event.MANY_FAILED).exists()


def test_unknown_accounts_lock_like_known_ones(person, door):
    user = person()
    known, unknown = door("203.0.113.66"), door("203.0.113.67")
    assert guess(known, user.username, 7) == guess(unknown, "nobody", 7)


def test_one_account_however_it_is_written(person, door):
    user, attacker = person(), door("203.0.113.66")
    spellings = [user.username, user.username.upper(), user.email, user.email.upper(), f" {user.username}"]
    assert [attacker.sign_in(one, GUESS).status_code for one in spellings] == [200, 200, 200, 200, 429]


def test_another_browser_at_the_same_address_is_no_way_round(person, door):
    user = person()
    for number in range(5):
        door("203.0.113.66", HTTP_USER_AGENT=f"browser {number}").sign_in(user.username, GUESS)
    assert door("203.0.113.66").sign_in(user.username).status_code == 429


def test_a_forwarded_address_nobody_vouches_for_is_no_way_round(person, door):
    user = person()
    for number in range(5):
        door("203.0.113.66", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}").sign_in(user.username, GUESS)
    assert door("203.0.113.66", HTTP_X_FORWARDED_FOR="10.0.0.99").sign_in(user.username).status_code == 429


def test_behind_our_proxy_its_word_counts(person, door, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = person()
    guess(door("10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.66"), user.username, 5)
    owner = door("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.66, 198.51.100.9")
    owner.sign_in(user.username)
    assert owner.user_id == user.pk


def test_one_ipv6_subscriber_is_one_address(person, door):
    user = person()
    for number in range(5):
        door(f"2001:db8:1:2::{number}").sign_in(user.username, GUESS)
    assert door("2001:db8:1:2:ffff::1").sign_in(user.username).status_code == 429
    assert door("2001:db8:1:3::1").sign_in(user.username).status_code == 302


def test_success_forgives_the_own_failures_only(person, door):
    owner, visitor = person(), door("203.0.113.66")
    flood(visitor, 16)
    guess(visitor, owner.username, 3)
    visitor.sign_in(owner.username)
    assert visitor.user_id == owner.pk
    visitor.logout()
    flood(visitor, 4)  # 16 and these: from now on one try an account
    assert guess(door("203.0.113.66"), person().username, 1) == [429]


def test_a_lock_is_written_down(person, door):
    user = person()
    guess(door("203.0.113.66"), user.username, 6)
    events = SecurityEvent.objects.filter(user=user).values_list("event", flat=True)
    assert sorted(events) == [Event.LOCKED] + [Event.SIGN_IN_FAILED] * 6


def test_nothing_typed_is_kept(door):
    door().sign_in("my-secret-in-the-wrong-field", GUESS)
    attempt = AccessAttempt.objects.get()
    kept = f"{attempt.username} {attempt.post_data} {attempt.get_data}"
    assert "my-secret" not in kept
    assert GUESS not in kept
