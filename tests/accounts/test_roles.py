"""Who gives which role to whom, and which roles go together."""

import pytest
from django.db import IntegrityError

from keqiao.accounts.models import ADMINISTRATIONS, Event, Kind, Role, RoleGrant, SecurityEvent, User
from keqiao.accounts.operations.roles import appoint_first_administrator, grant_role, revoke_role
from keqiao.kernel.platform.errors import NotAllowed, Refusal

pytestmark = pytest.mark.django_db
BUSINESS = [Role.CONSULTANT, Role.MANAGER, Role.AUDITOR]
OF_SYSTEM = [*BUSINESS, Role.SYSTEM_ADMIN]
OF_SECURITY = [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]


def roles_of(user: User) -> list[str]:
    return sorted(RoleGrant.objects.filter(user=user).values_list("role", flat=True))


@pytest.mark.parametrize("granter", [None, *Role])
@pytest.mark.parametrize("role", list(Role))
def test_who_grants_what(person, granter, role):
    actor, user = person(role=granter), person()
    allowed = (granter == Role.SYSTEM_ADMIN and role in OF_SYSTEM) or (
        granter == Role.SECURITY_ADMIN and role in OF_SECURITY
    )
    if allowed:
        grant_role(user=user, actor=actor, role=role)
        assert roles_of(user) == [role]
    else:
        with pytest.raises(NotAllowed):
            grant_role(user=user, actor=actor, role=role)
        assert roles_of(user) == []


@pytest.mark.parametrize("held", sorted(ADMINISTRATIONS))
@pytest.mark.parametrize("wanted", list(Role))
def test_an_administrator_holds_no_other_role(person, held, wanted):
    user = person(role=held)
    actor = person(role=Role.SECURITY_ADMIN if wanted in OF_SECURITY else Role.SYSTEM_ADMIN)
    with pytest.raises(Refusal):
        grant_role(user=user, actor=actor, role=wanted)
    assert roles_of(user) == [held]


@pytest.mark.parametrize("wanted", sorted(ADMINISTRATIONS))
def test_a_consultant_becomes_no_administrator(person, wanted):
    user = person(role=Role.CONSULTANT)
    actor = person(role=Role.SECURITY_ADMIN if wanted in OF_SECURITY else Role.SYSTEM_ADMIN)
    with pytest.raises(Refusal):
        grant_role(user=user, actor=actor, role=wanted)
    assert roles_of(user) == [Role.CONSULTANT]


def test_business_roles_go_together(person):
    user, actor = person(role=Role.CONSULTANT), person(role=Role.SYSTEM_ADMIN)
    grant_role(user=user, actor=actor, role=Role.MANAGER)
    assert roles_of(user) == [Role.CONSULTANT, Role.MANAGER]


def test_the_database_holds_one_administration_a_person(person):
    user = person(role=Role.SYSTEM_ADMIN)
    with pytest.raises(IntegrityError):
        RoleGrant.objects.create(user=user, role=Role.AUDIT_ADMIN)


@pytest.mark.parametrize("kind", [Kind.CLIENT, Kind.EXPERT])
def test_only_staff_hold_roles(person, kind):
    with pytest.raises(Refusal):
        grant_role(user=person(kind=kind), actor=person(role=Role.SYSTEM_ADMIN), role=Role.CONSULTANT)


def test_nobody_changes_the_own_roles(person):
    admin, _other = person(role=Role.SYSTEM_ADMIN), person(role=Role.SYSTEM_ADMIN)
    with pytest.raises(NotAllowed):
        revoke_role(user=admin, actor=admin, role=Role.SYSTEM_ADMIN)
    with pytest.raises(NotAllowed):
        grant_role(user=admin, actor=admin, role=Role.CONSULTANT)


def test_twice_is_refused(person):
    with pytest.raises(Refusal):
        grant_role(user=person(role=Role.MANAGER), actor=person(role=Role.SYSTEM_ADMIN), role=Role.MANAGER)


def test_a_role_that_is_not_held_can_not_be_revoked(person):
    with pytest.raises(Refusal):
        revoke_role(user=person(), actor=person(role=Role.SYSTEM_ADMIN), role=Role.MANAGER)


def test_the_last_active_administrator_stays(person):
    security = person(role=Role.SECURITY_ADMIN)
    last = person(role=Role.AUDIT_ADMIN)
    person(role=Role.AUDIT_ADMIN, is_active=False)
    with pytest.raises(Refusal):
        revoke_role(user=last, actor=security, role=Role.AUDIT_ADMIN)
    person(role=Role.AUDIT_ADMIN)
    revoke_role(user=last, actor=security, role=Role.AUDIT_ADMIN)
    assert roles_of(last) == []


def test_changes_of_roles_are_written(person):
    user, admin = person(), person(role=Role.SYSTEM_ADMIN)
    grant_role(user=user, actor=admin, role=Role.MANAGER)
    revoke_role(user=user, actor=admin, role=Role.MANAGER)
    events = SecurityEvent.objects.order_by("pk").values_list("event", "user_id", "actor_id", "detail")
    assert list(events) == [
        (Event.ROLE_GRANTED, user.pk, admin.pk, "manager"),
        (Event.ROLE_REVOKED, user.pk, admin.pk, "manager"),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_the_first_of_each_administration_is_appointed_at_set_up(person, role):
    if role in ADMINISTRATIONS:
        assert appoint_first_administrator(user=person(), role=role).role == role
    with pytest.raises(Refusal):
        appoint_first_administrator(user=person(), role=role)
