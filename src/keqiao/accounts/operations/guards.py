"""Conditions that several operations on accounts share."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import ADMINISTRATIONS, RoleGrant, User
from keqiao.accounts.queries import active_holders
from keqiao.kernel.platform.errors import Refusal


def locked(user: User) -> User:
    """The account as it is now, held until the transaction ends.

    The administrators' grants are held first: changes of rights take turns, so that two administrators who
    disable each other neither both succeed nor wait for each other for ever.
    """
    administrators = RoleGrant.objects.filter(role__in=sorted(ADMINISTRATIONS)).order_by("pk")
    list(administrators.select_for_update().values_list("pk"))
    return User.objects.select_for_update().get(pk=user.pk)


def keep_one_administrator(*, roles: Iterable[str], without: User) -> None:
    """Refuse to leave an administration to nobody."""
    for role in sorted(roles):
        if [grant.user_id for grant in active_holders(role=role)] == [without.pk]:
            raise Refusal(
                _("This is the last active person in this administration."),
                clause="4.4.1 b",
                remedy=_("Give the role to someone else first."),
            )
