"""Keeping accounts: state, clearance, a lost second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import ADMINISTRATIONS, Clearance, Event, User
from keqiao.accounts.operations.credentials import expire_credentials
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.operations.guards import keep_one_administrator, locked
from keqiao.accounts.permissions import may_keep_account, may_set_clearance, require
from keqiao.kernel.platform.errors import Refusal, WrongState


@transaction.atomic
def disable_user(*, user: User, actor: User, reason: str) -> User:
    user = locked(user)
    require(may_keep_account, actor, user)
    if not user.is_active:
        raise WrongState(_("This account is disabled already."))
    keep_one_administrator(roles=ADMINISTRATIONS & user.roles, without=user)
    _set_active(user, active=False)
    record_event(event=Event.DISABLED, user=user, actor=actor, detail=reason)
    return user


@transaction.atomic
def enable_user(*, user: User, actor: User) -> User:
    user = locked(user)
    require(may_keep_account, actor, user)
    if user.is_active:
        raise WrongState(_("This account is active already."))
    _set_active(user, active=True)
    record_event(event=Event.ENABLED, user=user, actor=actor)
    return user


@transaction.atomic
def set_clearance(*, user: User, actor: User, clearance: Clearance) -> User:
    user = locked(user)
    require(may_set_clearance, actor, user)
    if clearance == user.clearance:
        raise Refusal(_("This person already has this clearance."))
    before, user.clearance = user.clearance, clearance
    user.save(update_fields=["clearance"])
    expire_credentials(user=user)
    record_event(event=Event.CLEARANCE_SET, user=user, actor=actor, detail=f"{before} → {int(clearance)}")
    return user


@transaction.atomic
def reset_second_factor(*, user: User, actor: User) -> User:
    """For someone who lost the phone and the recovery codes; at the next sign-in they enrol again."""
    user = locked(user)
    require(may_keep_account, actor, user)
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise WrongState(_("This person has no second factor."))
    expire_credentials(user=user)
    record_event(event=Event.FACTOR_REMOVED, user=user, actor=actor)
    return user


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])
    expire_credentials(user=user)
