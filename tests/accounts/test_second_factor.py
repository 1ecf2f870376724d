"""Staff need a second factor; every code works once."""

import re

import pytest
from django.urls import reverse
from tests.accounts.doors import code_of

from keqiao.accounts.models import Event, Kind, Role, SecurityEvent
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.operations.users import reset_second_factor
from keqiao.kernel.platform import clock

pytestmark = pytest.mark.django_db
ENROL, CODES = reverse("mfa_activate_totp"), reverse("mfa_view_recovery_codes")


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


def enrol(visitor) -> str:
    secret = visitor.get(ENROL).context["secret"]
    assert visitor.post(ENROL, {"code": code_of(secret)}).headers["Location"] == CODES
    return secret


def at_the_second_step(door, user, address: str = "198.51.100.7"):
    visitor = door(address)
    assert visitor.sign_in(user.username).headers["Location"] == reverse("mfa_authenticate")
    return visitor


def recovery_codes(visitor) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", visitor.get(CODES).content.decode())


@pytest.mark.usefixtures("required")
def test_staff_are_led_to_enrol_before_anything_else(person, signed_in, inside):
    visitor = signed_in(person())
    for page in (
        inside,
        "/",
        reverse("account_tokens"),
        reverse("usersessions_list"),
        CODES,
        reverse("mfa_index"),
    ):
        assert visitor.get(page).headers["Location"] == ENROL
    assert visitor.post(reverse("account_tokens"), {"name": "x"}).status_code == 403
    assert visitor.get(ENROL).status_code == 200


@pytest.mark.usefixtures("required")
def test_after_enrolment_everything_opens(person, signed_in, inside):
    visitor = signed_in(person())
    enrol(visitor)
    assert visitor.get(inside).status_code == 200


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("kind", [Kind.CLIENT, Kind.EXPERT])
def test_clients_and_experts_need_none_but_may(person, signed_in, inside, kind):
    visitor = signed_in(person(kind=kind))
    assert visitor.get(inside).status_code == 200
    enrol(visitor)
    assert visitor.post(reverse("mfa_deactivate_totp")).headers["Location"] == reverse("mfa_index")


def test_a_demo_relaxes_the_demand_and_says_so(person, signed_in, inside, door, settings):
    settings.DEMO = True
    assert signed_in(person()).get(inside).status_code == 200
    assert door().get(reverse("account_login")).context["demo"] is True


@pytest.mark.usefixtures("required")
def test_staff_can_not_remove_theirs(enrolled, door, authenticators):
    user = enrolled()
    visitor = at_the_second_step(door, user)
    visitor.give_code(code_of(user.secret))
    assert visitor.post(reverse("mfa_deactivate_totp")).status_code == 200
    assert authenticators.filter(user=user).count() == 1


def test_the_password_alone_does_not_sign_in(enrolled, door, inside):
    visitor = at_the_second_step(door, enrolled())
    assert visitor.user_id is None
    assert visitor.get(inside).status_code == 302


def test_a_code_signs_in_once(enrolled, door):
    user, code = enrolled(), None
    first, second = at_the_second_step(door, user), at_the_second_step(door, user, "203.0.113.9")
    code = code_of(user.secret)
    first.give_code(code)
    second.give_code(code)
    assert (first.user_id, second.user_id) == (user.pk, None)


def test_an_earlier_code_is_no_good_after_a_later_one(enrolled, door):
    user = enrolled()
    first, second = at_the_second_step(door, user), at_the_second_step(door, user)
    first.give_code(code_of(user.secret, steps=1))
    second.give_code(code_of(user.secret))
    assert (first.user_id, second.user_id) == (user.pk, None)


@pytest.mark.parametrize(("steps", "good"), [(-1, True), (0, True), (1, True), (-3, False), (3, False)])
def test_clocks_may_differ_a_little(enrolled, door, steps, good):
    user = enrolled()
    visitor = at_the_second_step(door, user)
    with clock.at(clock.now()):  # a half minute that ends while we look would shift every step
        visitor.give_code(code_of(user.secret, steps=steps))
    assert (visitor.user_id == user.pk) is good


def test_the_code_of_enrolment_is_used_up(person, signed_in, door):
    user = person()
    visitor = signed_in(user)
    secret = visitor.get(ENROL).context["secret"]
    code = code_of(secret)
    visitor.post(ENROL, {"code": code})
    thief = at_the_second_step(door, user, "203.0.113.9")
    thief.give_code(code)
    assert thief.user_id is None


def test_recovery_codes_are_shown_once(person, signed_in):
    visitor = signed_in(person())
    enrol(visitor)
    assert len(recovery_codes(visitor)) == 10
    assert recovery_codes(visitor) == []


def test_each_recovery_code_works_once(person, signed_in, door):
    user = person()
    visitor = signed_in(user)
    enrol(visitor)
    codes = recovery_codes(visitor)
    first, again, other = (at_the_second_step(door, user) for _ in range(3))
    first.give_code(codes[0])
    again.give_code(codes[0])
    other.give_code(codes[1])
    assert (first.user_id, again.user_id, other.user_id) == (user.pk, None, user.pk)


def test_new_recovery_codes_replace_the_old(person, signed_in, door):
    user = person()
    visitor = signed_in(user)
    enrol(visitor)
    old = recovery_codes(visitor)
    assert visitor.post(reverse("mfa_generate_recovery_codes")).headers["Location"] == CODES
    assert len(recovery_codes(visitor)) == 10
    thief = at_the_second_step(door, user)
    thief.give_code(old[0])
    assert thief.user_id is None


def test_wrong_codes_lock_like_wrong_passwords(enrolled, door):
    user = enrolled()
    attacker = at_the_second_step(door, user, "203.0.113.66")
    assert [attacker.give_code("000000").status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    assert attacker.give_code(code_of(user.secret)).status_code == 429
    owner = at_the_second_step(door, user)
    owner.give_code(code_of(user.secret))
    assert (attacker.user_id, owner.user_id) == (None, user.pk)


def test_wrong_codes_from_many_addresses_are_stopped_too(enrolled, door):
    user = enrolled()
    for _ in range(30):
        record_event(event=Event.CODE_FAILED, user=user)
    visitor = at_the_second_step(door, user)
    visitor.give_code(code_of(user.secret))
    assert visitor.user_id is None


def test_secrets_are_sealed_in_the_database(enrolled, authenticators):
    user = enrolled()
    sealed = authenticators.get(user=user).data["secret"]
    assert user.secret not in sealed
    assert len(sealed) == 80  # base64 of 12 bytes nonce, 32 of text, 16 of tag


def test_an_administrator_resets_a_lost_factor(enrolled, person, door, authenticators, inside):
    user, admin = enrolled(), person(role=Role.SYSTEM_ADMIN)
    visitor = at_the_second_step(door, user)
    visitor.give_code(code_of(user.secret))
    reset_second_factor(user=user, actor=admin)
    assert visitor.get(inside).status_code == 302
    assert authenticators.filter(user=user).count() == 0


def test_enrolment_and_removal_are_written_and_told(
    person, signed_in, mailoutbox, django_capture_on_commit_callbacks
):
    user = person(kind=Kind.EXPERT)
    visitor = signed_in(user)
    with django_capture_on_commit_callbacks(execute=True):
        enrol(visitor)
    visitor.post(reverse("mfa_deactivate_totp"))
    events = SecurityEvent.objects.filter(user=user).order_by("pk").values_list("event", flat=True)
    assert list(events) == [Event.SIGNED_IN, Event.FACTOR_ENROLLED, Event.FACTOR_REMOVED]
    assert [(letter.to, "second-factor" in letter.body) for letter in mailoutbox] == [
        ([user.email], False)
    ] * 2
