"""Sessions end when they should."""

import pytest
from django.urls import reverse
from tests.accounts.doors import PASSWORD

from keqiao.accounts.models import Clearance, Event, Role, SecurityEvent
from keqiao.accounts.operations.roles import grant_role, revoke_role
from keqiao.accounts.operations.users import disable_user, set_clearance
from keqiao.accounts.signin.timing import SEEN_AT

pytestmark = pytest.mark.django_db
NEW = "eleven quiet cranes fly"


def change_password(visitor):
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    return visitor.post(reverse("account_change_password"), fields)


def shift(visitor, key: str, seconds: int) -> None:
    session = visitor.session
    session[key] = session[key] - seconds
    session.save()


@pytest.fixture
def system(person):
    return person(role=Role.SYSTEM_ADMIN)


@pytest.mark.parametrize("change", ["grant", "revoke", "disable", "clearance"])
def test_a_change_of_rights_ends_every_session(person, signed_in, system, inside, change):
    user, security = person(role=Role.CONSULTANT), person(role=Role.SECURITY_ADMIN)
    visitors = [signed_in(user), signed_in(user, "203.0.113.8")]
    assert [visitor.get(inside).status_code for visitor in visitors] == [200, 200]
    {
        "grant": lambda: grant_role(user=user, actor=system, role=Role.MANAGER),
        "revoke": lambda: revoke_role(user=user, actor=system, role=Role.CONSULTANT),
        "disable": lambda: disable_user(user=user, actor=system, reason="离职"),
        "clearance": lambda: set_clearance(user=user, actor=security, clearance=Clearance.CORE_TRADE_SECRET),
    }[change]()
    assert [visitor.get(inside).status_code for visitor in visitors] == [302, 302]


def test_others_stay(person, signed_in, system, inside):
    user, other = person(), person()
    visitor = signed_in(other)
    disable_user(user=user, actor=system, reason="离职")
    assert visitor.get(inside).status_code == 200


def test_a_new_password_ends_the_other_sessions_and_renews_this_one(person, signed_in, inside, mailoutbox):
    user = person()
    here, elsewhere = signed_in(user), signed_in(user, "203.0.113.8")
    before = here.session.session_key
    assert change_password(here).status_code == 302
    assert [here.get(inside).status_code, elsewhere.get(inside).status_code] == [200, 302]
    assert here.session.session_key != before
    assert [letter.to for letter in mailoutbox] == [[user.email]]


def test_a_new_password_wants_the_old_one(person, signed_in):
    user = person()
    visitor = signed_in(user)
    fields = {"oldpassword": "not this one at all", "password1": NEW, "password2": NEW}
    assert visitor.post(reverse("account_change_password"), fields).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["short1", "password1234", "123456789012"])
def test_weak_passwords_are_refused(person, signed_in, weak):
    visitor = signed_in(person())
    fields = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert visitor.post(reverse("account_change_password"), fields).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(29 * 60, 200), (31 * 60, 302)])
def test_half_an_hour_without_use_ends_it(person, signed_in, inside, seconds, status):
    visitor = signed_in(person())
    visitor.get(inside)
    shift(visitor, "seen_at", seconds)
    assert visitor.get(inside).status_code == status


@pytest.mark.parametrize(("hours", "status"), [(7.9, 200), (8.1, 302)])
def test_eight_hours_end_it_in_any_case(person, signed_in, inside, hours, status):
    visitor = signed_in(person())
    visitor.get(inside)
    shift(visitor, "signed_in_at", int(hours * 3600))
    assert visitor.get(inside).status_code == status


def test_use_is_noted_at_most_once_a_minute(person, signed_in, inside):
    visitor = signed_in(person())
    visitor.get(inside)
    noted = visitor.session["seen_at"]
    visitor.get(inside)
    assert visitor.session["seen_at"] == noted
    shift(visitor, "seen_at", 61)
    visitor.get(inside)
    assert visitor.session["seen_at"] > noted


def test_staying_is_use_and_says_how_long_the_session_lasts(person, signed_in, inside):
    visitor = signed_in(person())
    visitor.get(inside)
    shift(visitor, "seen_at", 29 * 60)
    shift(visitor, "signed_in_at", 7 * 3600)
    left = visitor.post(reverse("account_stay")).json()
    assert (left["unused"] > 29 * 60, left["whole"] // 60) == (True, 59)
    shift(visitor, "seen_at", 29 * 60)
    assert visitor.get(inside).status_code == 200


def test_staying_renews_no_session_that_is_over(person, signed_in, inside):
    visitor = signed_in(person())
    visitor.get(inside)
    assert visitor.get(reverse("account_stay")).status_code == 405
    shift(visitor, "seen_at", 31 * 60)
    assert visitor.post(reverse("account_stay")).status_code == 302
    assert visitor.get(inside).status_code == 302


def test_a_session_that_does_not_say_when_it_began_is_over(person, signed_in, inside):
    visitor = signed_in(person())
    session = visitor.session
    del session["signed_in_at"]
    session.save()
    assert visitor.get(inside).status_code == 302


def test_my_sessions_are_listed_and_the_others_ended(person, signed_in, inside):
    user = person()
    here, elsewhere, stranger = signed_in(user), signed_in(user, "203.0.113.8"), signed_in(person())
    page = here.get(reverse("usersessions_list"))
    assert sorted(session.ip for session in page.context["sessions"]) == ["198.51.100.7", "203.0.113.8"]
    here.post(reverse("usersessions_list"))
    assert [here.get(inside).status_code, elsewhere.get(inside).status_code] == [200, 302]
    assert stranger.get(inside).status_code == 200
    assert SecurityEvent.objects.filter(user=user, event=Event.SESSIONS_ENDED).count() == 1


def test_ending_the_others_asks_who_is_there(person, signed_in, inside):
    user = person()
    here, elsewhere = signed_in(user), signed_in(user, "203.0.113.8")
    here.forget_confirmation()
    response = here.post(reverse("usersessions_list"))
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert elsewhere.get(inside).status_code == 200


def test_a_page_that_asks_by_itself_keeps_no_session_alive(person, signed_in, inside):
    visitor = signed_in(person(role=Role.CONSULTANT))
    visitor.get(inside)
    shift(visitor, SEEN_AT, 120)
    seen = visitor.session[SEEN_AT]
    assert visitor.get("/imports/999/progress/").status_code == 404
    assert visitor.session[SEEN_AT] == seen
    visitor.get(inside)
    assert visitor.session[SEEN_AT] >= seen + 120


def test_the_part_of_a_page_left_open_too_long_loads_the_page_anew(door):
    answer = door().get("/imports/999/progress/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (200, "true", b"")
    assert door().get("/imports/999/progress/").url == "/accounts/login/?next=%2Fimports%2F999%2Fprogress%2F"
