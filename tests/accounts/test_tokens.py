"""Tokens for programs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from keqiao.accounts.models import ApiToken, Event, Role, Scope, SecurityEvent
from keqiao.accounts.operations.roles import grant_role
from keqiao.accounts.operations.tokens import authenticate_token, create_token, revoke_token
from keqiao.accounts.operations.users import disable_user
from keqiao.kernel.platform.errors import Invalid, NotAllowed, WrongState

pytestmark = pytest.mark.django_db
INDEX = reverse("account_tokens")


@pytest.fixture
def user(person):
    return person()


@pytest.fixture
def token(user, now):
    return create_token(actor=user, name="报表", scope=Scope.READ, days=30, now=now)


def test_a_token_stands_for_its_owner(user, token, now):
    found = authenticate_token(raw=token.secret, now=now)
    assert (found.user, found.scope, found.may_write) == (user, Scope.READ, False)


def test_scopes(user, now):
    token = create_token(actor=user, name="同步", scope=Scope.WRITE, days=1, now=now)
    assert authenticate_token(raw=token.secret, now=now).may_write is True


def test_only_a_hash_is_stored(token):
    stored = ApiToken.objects.get()
    assert stored.secret == ""
    assert token.secret not in [str(value) for value in ApiToken.objects.values_list()[0]]
    assert token.secret.startswith(stored.prefix)
    assert len(token.secret) == 46  # the mark and 256 random bits


@pytest.mark.parametrize(("days", "valid"), [(29, True), (30, False)])
def test_it_expires(token, now, days, valid):
    assert (authenticate_token(raw=token.secret, now=now + timedelta(days=days)) is not None) is valid


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_year_at_most(user, days):
    with pytest.raises(Invalid):
        create_token(actor=user, name="报表", scope=Scope.READ, days=days)


def test_a_year_is_allowed(user, now):
    token = create_token(actor=user, name="报表", scope=Scope.READ, days=365, now=now)
    assert token.expires_at == now + timedelta(days=365)


def test_revoked_for_good(user, token, now):
    revoke_token(token=token, actor=user)
    assert authenticate_token(raw=token.secret, now=now) is None
    with pytest.raises(WrongState):
        revoke_token(token=token, actor=user)


def test_nobody_revokes_someone_elses(person, token):
    with pytest.raises(NotAllowed):
        revoke_token(token=token, actor=person(role=Role.SYSTEM_ADMIN))


@pytest.mark.parametrize("raw", ["", "kq_", "kq_invented", "报表"])
def test_invented_tokens(token, now, raw):
    assert authenticate_token(raw=raw, now=now) is None


def test_a_change_of_role_ends_it(user, token, person, now):
    grant_role(user=user, actor=person(role=Role.SYSTEM_ADMIN), role=Role.MANAGER)
    assert authenticate_token(raw=token.secret, now=now) is None


def test_disabling_ends_it(user, token, person, now):
    disable_user(user=user, actor=person(role=Role.SYSTEM_ADMIN), reason="离职")
    assert authenticate_token(raw=token.secret, now=now) is None


def test_a_token_made_after_the_change_works(user, person, now):
    grant_role(user=user, actor=person(role=Role.SYSTEM_ADMIN), role=Role.MANAGER)
    user.refresh_from_db()
    token = create_token(actor=user, name="报表", scope=Scope.READ, days=1, now=now)
    assert authenticate_token(raw=token.secret, now=now).user == user


def test_use_is_noted_by_the_hour(token, now):
    def used(after: timedelta):
        authenticate_token(raw=token.secret, now=now + after)
        return ApiToken.objects.get().last_used_at - now

    assert used(timedelta()) == timedelta()
    assert used(timedelta(minutes=59)) == timedelta()
    assert used(timedelta(minutes=60)) == timedelta(minutes=60)


def test_the_page_shows_the_token_once(user, signed_in):
    visitor = signed_in(user)
    page = visitor.post(INDEX, {"name": "报表", "scope": "write", "days": 10})
    secret = page.context["new_token"].secret
    assert secret in page.content.decode()
    assert secret not in visitor.get(INDEX).content.decode()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scope": "all"}, {"days": 366}, {"days": ""}])
def test_the_page_says_what_is_wrong(user, signed_in, wrong):
    page = signed_in(user).post(INDEX, {"name": "报表", "scope": "write", "days": 10} | wrong)
    assert list(page.context["form"].errors) == list(wrong)
    assert ApiToken.objects.count() == 0


def test_the_page_revokes(user, token, signed_in):
    visitor = signed_in(user)
    where = reverse("account_token_revoke", args=[token.pk])
    assert [visitor.post(where).status_code for _ in range(2)] == [302, 302]
    assert SecurityEvent.objects.filter(event=Event.TOKEN_REVOKED).count() == 1


def test_someone_elses_token_is_like_none(person, token, signed_in):
    visitor = signed_in(person())
    assert visitor.post(reverse("account_token_revoke", args=[token.pk])).status_code == 404
    assert token.name not in visitor.get(INDEX).content.decode()
