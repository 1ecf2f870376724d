"""The one way an account comes to be and gets its first password."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.mail import send_invitation
from keqiao.accounts.models import Event, Invitation, Kind, Role, User
from keqiao.accounts.models.invitation import LIFETIME
from keqiao.accounts.operations.credentials import set_password
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.operations.roles import appoint_first_administrator
from keqiao.accounts.permissions import may_invite, require
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Invalid, NotFound, Refusal


@transaction.atomic
def invite_user(
    *,
    actor: User,
    username: str,
    name: str,
    email: str,
    kind: Kind,
    phone: str = "",
    enterprise_id: int | None = None,
    now: datetime | None = None,
) -> Invitation:
    require(may_invite, actor)
    user = User(
        username=username, name=name, email=email, phone=phone, kind=kind, enterprise_id=enterprise_id
    )
    user.set_unusable_password()
    _check(user)
    user.save()
    return _invite(user, actor, now or clock.now())


@transaction.atomic
def invite_first_administrator(
    *, username: str, name: str, email: str, role: Role, now: datetime | None = None
) -> Invitation:
    """Begin a site: an account for an administration that nobody holds yet. From the command line only."""
    user = User(username=username, name=name, email=email, kind=Kind.STAFF)
    user.set_unusable_password()
    _check(user)
    user.save()
    appoint_first_administrator(user=user, role=role)
    return _invite(user, None, now or clock.now())


@transaction.atomic
def renew_invitation(*, user: User, actor: User, now: datetime | None = None) -> Invitation:
    """A new link for someone who let the first one lapse; the first one stops working."""
    require(may_invite, actor)
    if user.has_usable_password():
        raise Refusal(
            _("This person has a password already."), remedy=_("They can reset it on the sign-in page.")
        )
    Invitation.objects.filter(user=user).delete()
    return _invite(user, actor, now or clock.now())


def open_invitation(*, secret: str, now: datetime) -> Invitation:
    """The invitation a link belongs to; used, lapsed and invented links give one and the same answer."""
    invitation = Invitation.objects.select_related("user").filter(secret_hash=_hash(secret)).first()
    if invitation is None or not invitation.is_open(now=now):
        raise NotFound
    return invitation


@transaction.atomic
def accept_invitation(*, secret: str, password: str, now: datetime | None = None) -> User:
    moment = now or clock.now()
    invitation = open_invitation(secret=secret, now=moment)
    user = invitation.user
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(fields={"password": error.messages}) from error
    # Compare and set: of two clicks at once, one wins.
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=moment):
        raise NotFound
    set_password(user=user, password=password)
    record_event(event=Event.INVITATION_USED, user=user)
    return user


def _check(user: User) -> None:
    if not user.email:
        raise Invalid(_("The link to set a password goes to this address."), field="email")
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise Invalid(fields=error.message_dict) from error


def _invite(user: User, actor: User | None, now: datetime) -> Invitation:
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(user=user, secret_hash=_hash(secret), expires_at=now + LIFETIME)
    invitation.link = Invitation.link_for(secret)
    record_event(event=Event.INVITED, user=user, actor=actor)
    # After the commit: a link to an account that was never made would be worse than none.
    transaction.on_commit(lambda: send_invitation(invitation=invitation))
    return invitation


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
