"""The one way to an account."""

from datetime import timedelta

import pytest
from tests.accounts.doors import PASSWORD

from keqiao.accounts.models import Event, Invitation, Kind, Role, SecurityEvent, User
from keqiao.accounts.operations.invitations import accept_invitation, invite_user, renew_invitation
from keqiao.accounts.operations.users import disable_user
from keqiao.kernel.platform.errors import Invalid, NotAllowed, NotFound, Refusal

pytestmark = pytest.mark.django_db
WHO = {"username": "wang", "name": "王工", "email": "wang@example.com", "kind": Kind.STAFF}


@pytest.fixture
def admin(person):
    return person(role=Role.SYSTEM_ADMIN)


def secret_of(invitation: Invitation) -> str:
    return invitation.link.rstrip("/").rsplit("/", 1)[1]


def path_of(invitation: Invitation) -> str:
    return invitation.link.removeprefix("https://keqiao.example")


def test_an_invited_person_sets_a_password_and_signs_in(admin, door):
    invitation, visitor = invite_user(actor=admin, **WHO), door()
    assert visitor.get(path_of(invitation)).status_code == 200
    done = visitor.post(path_of(invitation), {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302
    visitor.sign_in("wang")
    assert visitor.user_id == invitation.user_id


def test_the_link_works_once(admin, door):
    invitation = invite_user(actor=admin, **WHO)
    fields = {"password1": PASSWORD, "password2": PASSWORD}
    assert door().post(path_of(invitation), fields).status_code == 302
    assert door().get(path_of(invitation)).status_code == 404
    with pytest.raises(NotFound):
        accept_invitation(secret=secret_of(invitation), password="another one entirely")


@pytest.mark.parametrize(("days", "works"), [(6, True), (8, False)])
def test_it_lives_seven_days(admin, now, days, works):
    invitation = invite_user(actor=admin, now=now - timedelta(days=days), **WHO)
    if works:
        assert accept_invitation(secret=secret_of(invitation), password=PASSWORD) == invitation.user
    else:
        with pytest.raises(NotFound):
            accept_invitation(secret=secret_of(invitation), password=PASSWORD)


def test_the_secret_is_not_stored(admin):
    invitation = invite_user(actor=admin, **WHO)
    stored = Invitation.objects.values_list()[0]
    assert secret_of(invitation) not in map(str, stored)
    assert Invitation.objects.get().link == ""


def test_the_letter_holds_the_link(admin, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite_user(actor=admin, **WHO)
    assert mailoutbox[0].to == ["wang@example.com"]
    assert invitation.link in mailoutbox[0].body


def test_a_disabled_person_can_not_use_it(admin):
    invitation = invite_user(actor=admin, **WHO)
    disable_user(user=invitation.user, actor=admin, reason="误建")
    with pytest.raises(NotFound):
        accept_invitation(secret=secret_of(invitation), password=PASSWORD)


def test_a_new_invitation_replaces_the_old(admin):
    old = invite_user(actor=admin, **WHO)
    new = renew_invitation(user=old.user, actor=admin)
    with pytest.raises(NotFound):
        accept_invitation(secret=secret_of(old), password=PASSWORD)
    assert accept_invitation(secret=secret_of(new), password=PASSWORD) == old.user


def test_who_has_a_password_is_not_invited_again(admin, person):
    with pytest.raises(Refusal):
        renew_invitation(user=person(), actor=admin)


def test_a_weak_password_is_refused_and_the_link_still_works(admin):
    invitation = invite_user(actor=admin, **WHO)
    with pytest.raises(Invalid) as refusal:
        accept_invitation(secret=secret_of(invitation), password="short")
    assert list(refusal.value.fields) == ["password"]
    assert accept_invitation(secret=secret_of(invitation), password=PASSWORD) == invitation.user


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.MANAGER, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_only_system_administrators_invite(person, role):
    with pytest.raises(NotAllowed):
        invite_user(actor=person(role=role), **WHO)
    assert User.objects.filter(username="wang").count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "no address"},
        {"username": "a@b"},
        {"username": ""},
        {"name": ""},
        {"kind": Kind.CLIENT},
        {"enterprise_id": 3},
        {"username": "TAKEN"},
        {"email": "Taken@Example.com"},
    ],
)
def test_wrong_details_are_refused(admin, wrong):
    User.objects.create_user("taken", name="占用", email="taken@example.com", kind=Kind.STAFF)
    with pytest.raises(Invalid):
        invite_user(actor=admin, **(WHO | wrong))
    assert SecurityEvent.objects.filter(event=Event.INVITED).count() == 0


def test_a_client_user_belongs_to_an_enterprise(admin):
    invitation = invite_user(actor=admin, **(WHO | {"kind": Kind.CLIENT, "enterprise_id": 3}))
    assert (invitation.user.kind, invitation.user.enterprise_id) == (Kind.CLIENT, 3)
