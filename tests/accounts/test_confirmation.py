"""Sensitive steps ask again."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from tests.accounts.doors import PASSWORD, code_of

from keqiao.accounts.models import ApiToken, Event, Kind, Role, SecurityEvent, User
from keqiao.accounts.signin.confirmation import recently_confirmed

pytestmark = pytest.mark.django_db
TOKENS = reverse("account_tokens")
WANTED = {"name": "报表", "scope": "read", "days": 30}


def test_right_after_sign_in_nothing_is_asked(person, signed_in):
    signed_in(person()).post(TOKENS, WANTED)
    assert ApiToken.objects.count() == 1


def test_later_the_password_is_asked_and_the_step_goes_on(person, signed_in):
    user = person()
    visitor = signed_in(user)
    visitor.forget_confirmation()
    led = visitor.post(TOKENS, WANTED)
    assert (led.status_code, ApiToken.objects.count()) == (302, 0)
    done = visitor.post(led.headers["Location"], {"password": PASSWORD})
    assert (done.status_code, ApiToken.objects.count()) == (200, 1)
    assert SecurityEvent.objects.filter(user=user, event=Event.CONFIRMED, detail="password").count() == 1


def test_a_wrong_password_stops_the_step_and_counts_towards_the_lock(person, signed_in):
    visitor = signed_in(person())
    visitor.forget_confirmation()
    where = visitor.post(TOKENS, WANTED).headers["Location"]
    statuses = [visitor.post(where, {"password": "not this one at all"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    assert visitor.post(where, {"password": PASSWORD}).status_code == 429
    assert ApiToken.objects.count() == 0


def test_a_form_refused_after_confirming_goes_back_to_its_own_step(person, signed_in):
    """It is shown at the address of the confirmation, which would take what was corrected for a password."""
    visitor = signed_in(person(role=Role.SYSTEM_ADMIN))
    visitor.forget_confirmation()
    step = "/users/do/invite_user/"
    typed = {"kind": Kind.STAFF, "username": "lin", "name": "林示例", "email": "lin@example"}
    led = visitor.post(f"{step}?next=/users/", typed)
    refused = visitor.post(led.headers["Location"], {"password": PASSWORD})
    assert refused.context["form"].errors.keys() == {"email"}
    assert f'action="{step}"' in refused.content.decode()
    done = visitor.post(step, typed | {"email": "lin@example.com"})
    assert (done.status_code, User.objects.filter(username="lin").count()) == (302, 1)


def test_a_code_confirms_too(enrolled, door):
    user, visitor = enrolled(), door()
    visitor.sign_in(user.username)
    visitor.give_code(code_of(user.secret))
    visitor.forget_confirmation()
    assert visitor.post(TOKENS, WANTED).status_code == 302
    query = f"?next={TOKENS}"
    done = visitor.post(reverse("mfa_reauthenticate") + query, {"code": code_of(user.secret, steps=1)})
    assert (done.status_code, ApiToken.objects.count()) == (200, 1)


def test_looking_needs_no_confirmation(person, signed_in):
    visitor = signed_in(person())
    visitor.forget_confirmation()
    assert visitor.get(TOKENS).status_code == 200


@pytest.mark.parametrize(("age", "recent"), [(299, True), (301, False)])
def test_five_minutes_are_recent(person, signed_in, age, recent):
    user = person()
    visitor = signed_in(user)
    request = RequestFactory().get("/")
    request.user, request.session = user, visitor.session
    at = visitor.session["account_authentication_methods"][-1]["at"]
    assert recently_confirmed(request, now=at + age) is recent
