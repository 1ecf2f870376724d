"""Keeping accounts."""

import pytest
from django.db import IntegrityError

from keqiao.accounts.models import Clearance, Event, Kind, Role, SecurityEvent, User
from keqiao.accounts.operations.users import disable_user, enable_user, reset_second_factor, set_clearance
from keqiao.kernel.platform.errors import NotAllowed, Refusal, WrongState
from keqiao.kernel.platform.policy import visible

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("keeper", list(Role))
@pytest.mark.parametrize("kept", [None, *Role])
def test_who_disables_whom(person, keeper, kept):
    actor, user, _stays = person(role=keeper), person(role=kept), person(role=kept)
    wanted = Role.SECURITY_ADMIN if kept in {Role.SECURITY_ADMIN, Role.AUDIT_ADMIN} else Role.SYSTEM_ADMIN
    if keeper == wanted:
        assert disable_user(user=user, actor=actor, reason="离职").is_active is False
    else:
        with pytest.raises(NotAllowed):
            disable_user(user=user, actor=actor, reason="离职")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_nobody_disables_the_own_account(person, role):
    admin, _other = person(role=role), person(role=role)
    with pytest.raises(NotAllowed):
        disable_user(user=admin, actor=admin, reason="试")


def test_the_last_active_administrator_can_not_be_disabled(person):
    security, last = person(role=Role.SECURITY_ADMIN), person(role=Role.AUDIT_ADMIN)
    person(role=Role.AUDIT_ADMIN, is_active=False)
    with pytest.raises(Refusal):
        disable_user(user=last, actor=security, reason="离职")
    last.refresh_from_db()
    assert last.is_active


def test_disabled_and_enabled_again(person, door):
    user, admin = person(), person(role=Role.SYSTEM_ADMIN)
    disable_user(user=user, actor=admin, reason="休假")
    with pytest.raises(WrongState):
        disable_user(user=user, actor=admin, reason="休假")
    enable_user(user=user, actor=admin)
    with pytest.raises(WrongState):
        enable_user(user=user, actor=admin)
    assert door().sign_in(user.username).status_code == 302
    events = SecurityEvent.objects.filter(actor=admin).order_by("pk").values_list("event", "detail")
    assert list(events) == [(Event.DISABLED, "休假"), (Event.ENABLED, "")]


@pytest.mark.parametrize("role", [None, *Role])
def test_who_sets_clearances(person, role):
    actor, user = person(role=role), person()
    if role == Role.SECURITY_ADMIN:
        assert (
            set_clearance(user=user, actor=actor, clearance=Clearance.CORE_TRADE_SECRET).clearance
            == Clearance.CORE_TRADE_SECRET
        )
    else:
        with pytest.raises(NotAllowed):
            set_clearance(user=user, actor=actor, clearance=Clearance.CORE_TRADE_SECRET)


def test_nobody_sets_the_own_clearance(person):
    admin = person(role=Role.SECURITY_ADMIN)
    with pytest.raises(NotAllowed):
        set_clearance(user=admin, actor=admin, clearance=Clearance.CORE_TRADE_SECRET)


def test_the_same_clearance_is_refused(person):
    with pytest.raises(Refusal):
        set_clearance(user=person(), actor=person(role=Role.SECURITY_ADMIN), clearance=Clearance.INTERNAL)


def test_there_must_be_a_factor_to_reset(person):
    with pytest.raises(WrongState):
        reset_second_factor(user=person(), actor=person(role=Role.SYSTEM_ADMIN))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.CLIENT, "enterprise_id": None},
        {"kind": Kind.EXPERT, "enterprise_id": 3},
        {"email": "Doubled@example.com"},
    ],
)
def test_the_database_holds_what_it_can(person, fields):
    person(email="doubled@example.com")
    with pytest.raises(IntegrityError):
        person(**fields)


@pytest.mark.parametrize("username", ["a@b", "TAKEN"])
def test_user_names_stay_apart(username):
    User.objects.create_user("taken", name="占用", kind=Kind.STAFF)
    with pytest.raises(IntegrityError):
        User.objects.create_user(username, name="另一人", kind=Kind.STAFF)


def test_who_sees_which_accounts(person):
    staff, admin, expert = person(), person(role=Role.AUDIT_ADMIN), person(kind=Kind.EXPERT)
    mine, colleague = person(kind=Kind.CLIENT), person(kind=Kind.CLIENT)
    foreign = person(kind=Kind.CLIENT, enterprise_id=2)
    everyone = {staff, admin, expert, mine, colleague, foreign}
    assert set(visible(User, admin)) == everyone
    assert set(visible(User, staff)) == {staff, admin, expert}
    assert set(visible(User, mine)) == {mine, colleague}
    assert set(visible(User, expert)) == {expert}
