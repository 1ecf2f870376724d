"""Keeping accounts through pages: what each administrator finds, what is asked again, what the record says."""

import json

import pytest
from django.core import mail
from django.test import Client
from tests.accounts.doors import PASSWORD
from tests.enterprises.conftest import code

from keqiao.accounts.models import Clearance, Event, Invitation, Kind, Role, SecurityEvent, User
from keqiao.accounts.operations.administration import (
    disable_user,
    enable_user,
    grant_role,
    invite_user,
    renew_invitation,
    reset_second_factor,
    revoke_role,
    set_clearance,
)
from keqiao.enterprises.models import Enterprise
from keqiao.enterprises.operations.clients import invite_client_user
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.errors import NotAllowed, Refusal

pytestmark = pytest.mark.django_db
WHO = {"username": "lin", "name": "林示例", "email": "lin@example.com"}
SENSITIVE = {
    "invite_user",
    "disable_user",
    "enable_user",
    "grant_role",
    "revoke_role",
    "set_clearance",
    "reset_second_factor",
}


@pytest.fixture
def system(person):
    return person(role=Role.SYSTEM_ADMIN)


@pytest.fixture
def security(person):
    return person(role=Role.SECURITY_ADMIN)


def said(operation: str) -> dict:
    return Entry.objects.select_related("said").get(operation=operation).said.value


def test_each_step_leaves_one_entry_about_the_account(system, security):
    user = invite_user(actor=system, kind=Kind.STAFF, **WHO)
    renew_invitation(user=user, actor=system)
    grant_role(user=user, role=Role.CONSULTANT, actor=system)
    revoke_role(user=user, role=Role.CONSULTANT, actor=system)
    set_clearance(user=user, clearance=Clearance.CORE_TRADE_SECRET, actor=security)
    disable_user(user=user, reason="离职", actor=system)
    enable_user(user=user, actor=system)
    rows = (
        Entry.objects.filter(case=f"user:{user.pk}")
        .order_by("case_n")
        .values_list("operation", "actor_id", "clause")
    )
    assert list(rows) == [
        ("invite_user", system.pk, "4.1.5"),
        ("renew_invitation", system.pk, "4.1.5"),
        ("grant_role", system.pk, "4.4.1"),
        ("revoke_role", system.pk, "4.4.1"),
        ("set_clearance", security.pk, "4.4.1"),
        ("disable_user", system.pk, "4.1.5"),
        ("enable_user", system.pk, "4.1.5"),
    ]
    assert said("grant_role") == {"role": "consultant"}
    assert said("set_clearance") == {"clearance": 3}
    assert said("disable_user") == {"reason": "离职"}


def test_no_secret_of_the_door_enters_the_record(system, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        user = invite_user(actor=system, kind=Kind.STAFF, **WHO)
    link = next(word for word in mail.outbox[0].body.split() if "/invitation/" in word)
    entry = Entry.objects.select_related("said").get(operation="invite_user")
    kept = json.dumps([entry.header, entry.said.body, user.invitation.secret_hash], ensure_ascii=False)
    assert link.rstrip("/").rsplit("/", 1)[1] not in kept
    assert said("invite_user") == {**WHO, "kind": "staff"}


def test_a_client_user_is_bound_to_the_enterprise_that_was_chosen(system):
    enterprise = Enterprise.objects.create(name="示例有限公司", uscc=code(1))
    made = invite_client_user(actor=system, enterprise=enterprise, **WHO)
    assert (made.kind, made.enterprise_id) == (Kind.CLIENT, enterprise.pk)
    assert Invitation.objects.get().user == made


@pytest.mark.parametrize("role", [None, *Role])
def test_only_system_administrators_invite(person, role):
    actor = person(role=role)
    if role == Role.SYSTEM_ADMIN:
        assert invite_user(actor=actor, kind=Kind.EXPERT, **WHO).kind == Kind.EXPERT
    else:
        with pytest.raises(NotAllowed):
            invite_user(actor=actor, kind=Kind.EXPERT, **WHO)
        assert not User.objects.filter(username="lin").exists()


@pytest.mark.parametrize("administration", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_a_system_administrator_makes_no_security_or_audit_administrator(person, system, administration):
    with pytest.raises(NotAllowed):
        grant_role(user=person(), role=administration, actor=system)


def test_nobody_changes_their_own_rights(system, security):
    with pytest.raises(NotAllowed):
        grant_role(user=system, role=Role.MANAGER, actor=system)
    with pytest.raises(NotAllowed):
        set_clearance(user=security, clearance=Clearance.CORE_TRADE_SECRET, actor=security)


def test_what_can_not_be_done_now_says_why(person, system):
    used, disabled = person(), person(is_active=False)
    for call in (
        lambda: renew_invitation(user=used, actor=system),
        lambda: enable_user(user=used, actor=system),
        lambda: disable_user(user=disabled, reason="试", actor=system),
        lambda: reset_second_factor(user=used, actor=system),
    ):
        with pytest.raises(Refusal):
            call()
    assert Entry.objects.count() == 0


def test_a_refused_step_leaves_neither_entry_nor_event(person, system):
    with pytest.raises(Refusal):
        revoke_role(user=person(), role=Role.MANAGER, actor=system)
    assert (Entry.objects.count(), SecurityEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("role", "found"),
    [
        (None, set()),
        (Role.CONSULTANT, set()),
        (Role.MANAGER, set()),
        (Role.AUDITOR, set()),
        (Role.SYSTEM_ADMIN, {"/users/", "/roles/"}),
        (Role.SECURITY_ADMIN, {"/users/", "/roles/", "/security-events/"}),
        (Role.AUDIT_ADMIN, {"/users/", "/roles/", "/security-events/"}),
    ],
)
def test_who_finds_the_administration_in_the_menu(person, signed_in, role, found):
    """Who holds which role is set-up: it stands on the page of settings, the rest in the rail."""
    browser = signed_in(person(role=role))
    page = browser.get("/users/").content.decode() + browser.get("/settings/").content.decode()
    assert {
        path for path in ("/users/", "/roles/", "/security-events/") if f'<a href="{path}"' in page
    } == found


def test_security_events_are_for_their_readers_alone(person, signed_in, system, security):
    disable_user(user=person(name="被停用者"), reason="特别的理由", actor=system)
    assert "特别的理由" in signed_in(security).get("/security-events/").content.decode()
    for other in (system, person(role=Role.MANAGER)):
        assert "特别的理由" not in signed_in(other).get("/security-events/").content.decode()
        assert signed_in(other).get("/api/v1/security-events/").json()["count"] == 0


def test_colleagues_see_names_and_no_user_names(person, signed_in):
    colleague = person(name="同事甲")
    staff = signed_in(person(role=Role.CONSULTANT))
    answer = staff.get(f"/api/v1/users/{colleague.pk}/").json()
    assert (answer["name"], "username" in answer, "clearance" in answer) == ("同事甲", False, False)
    for path in ("/users/", f"/users/{colleague.pk}/", "/users/export.csv"):
        answer = staff.get(path)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert ("同事甲" in text, colleague.username in text) == (True, False)


def test_buttons_on_the_page_of_an_account(person, signed_in, system, security):
    user = person()
    of_system = signed_in(system).get(f"/users/{user.pk}/").content.decode()
    assert f"/users/{user.pk}/do/disable_user/" in of_system
    assert f"/users/{user.pk}/do/set_clearance/" not in of_system
    of_security = signed_in(security).get(f"/users/{user.pk}/").content.decode()
    assert f"/users/{user.pk}/do/set_clearance/" in of_security
    assert f"/users/{user.pk}/do/disable_user/" not in of_security


def test_a_sensitive_step_asks_again_and_then_goes_on(person, signed_in, system):
    user, visitor = person(), signed_in(system)
    visitor.forget_confirmation()
    path = f"/users/{user.pk}/do/disable_user/"
    assert visitor.get(path).status_code == 200
    led = visitor.post(path, {"reason": "离职"})
    user.refresh_from_db()
    assert (led.status_code, user.is_active) == (302, True)
    visitor.post(led.headers["Location"], {"password": PASSWORD}, follow=True)
    user.refresh_from_db()
    assert user.is_active is False
    assert SecurityEvent.objects.filter(user=system, event=Event.CONFIRMED).count() == 1


def test_a_wrong_password_stops_it(person, signed_in, system):
    user, visitor = person(), signed_in(system)
    visitor.forget_confirmation()
    led = visitor.post(f"/users/{user.pk}/do/disable_user/", {"reason": "离职"})
    visitor.post(led.headers["Location"], {"password": "not this one"})
    user.refresh_from_db()
    assert user.is_active is True


def test_a_program_can_not_take_a_sensitive_step(person, system):
    from keqiao.accounts.operations.tokens import create_token

    user = person()
    token = create_token(actor=system, name="程序", scope="write", days=1).secret
    answer = Client().post(
        f"/api/v1/users/{user.pk}/disable-user/",
        {"reason": "离职"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    user.refresh_from_db()
    assert (answer.status_code, user.is_active) == (403, True)


def test_all_that_changes_rights_asks_again():
    from keqiao.kernel.steps.operation import operations_on

    assert {op.name for op in operations_on(User) if op.confirm} == SENSITIVE | {"invite_client_user"}
