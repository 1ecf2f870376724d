"""Conditions that several operations on accounts share."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import User
from keqiao.accounts.queries import active_holders
from keqiao.kernel.errors import Refusal


def locked(user: User) -> User:
    """The account as it is now, held until the transaction ends: changes of its rights take turns."""
    return User.objects.select_for_update().get(pk=user.pk)


def keep_one_administrator(*, roles: Iterable[str], without: User) -> None:
    """Refuse to leave an administration to nobody. Holders are locked: two can't leave at once."""
    for role in sorted(roles):
        holders = active_holders(role=role).select_for_update().order_by("pk")
        if [grant.user_id for grant in holders] == [without.pk]:
            raise Refusal(
                _("This is the last active person in this administration."),
                clause="4.4.1 b",
                remedy=_("Give the role to someone else first."),
            )
