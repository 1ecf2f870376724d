"""What is stored about me, and a copy of it."""

import pytest
from django.urls import reverse

from keqiao.accounts.models import Event, Role, Scope, SecurityEvent
from keqiao.accounts.operations.tokens import create_token

pytestmark = pytest.mark.django_db
DATA = reverse("account_data")


def test_the_page_shows_me(person, signed_in, inside):
    user = person(role=Role.MANAGER, phone="010-5550100")
    page = signed_in(user).get(inside).content.decode()
    for value in (user.username, user.name, user.email, "010-5550100", str(Role.MANAGER.label)):
        assert value in page


def test_the_copy_holds_everything_but_secrets(person, signed_in):
    user = person(role=Role.MANAGER)
    token = create_token(actor=user, name="报表", scope=Scope.READ, days=5)
    answer = signed_in(user).get(DATA)
    data = answer.json()
    assert data["account"]["email"] == user.email
    assert data["roles"] == ["manager"]
    assert [one["name"] for one in data["api_tokens"]] == ["报表"]
    assert [one["ip"] for one in data["sessions"]] == ["198.51.100.7"]
    assert [one["event"] for one in data["security_events"]] == ["data_exported", "signed_in", "token_made"]
    for secret in (user.password, token.secret, token.secret_hash, "session_key"):
        assert secret not in answer.content.decode()


def test_the_copy_is_a_download_and_is_written(person, signed_in):
    user = person()
    answer = signed_in(user).get(DATA)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="keqiao-{user.pk}.json"'
    assert SecurityEvent.objects.filter(user=user, event=Event.DATA_EXPORTED).count() == 1


def test_the_copy_asks_who_is_there(person, signed_in):
    visitor = signed_in(person())
    visitor.forget_confirmation()
    assert visitor.get(DATA).status_code == 302


@pytest.mark.parametrize("name", ["account_profile", "account_data", "account_tokens", "account_events"])
def test_visitors_are_led_to_sign_in(door, name):
    response = door().get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))
