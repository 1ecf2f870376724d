"""Accounts in every condition, a role, and what happened at the door."""

from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from tests.factories import people

from keqiao.accounts.models import Invitation, Role, SecurityEvent, User
from keqiao.accounts.operations import administration


def fill(world: Any) -> None:
    """An account as it is kept, one invited, one disabled, one with a second factor; a role and what happened at the door."""
    keeper = world.person("system administrator")
    world.put(people.staff(Role.CONSULTANT))
    world.put(people.staff(Role.CONSULTANT, is_active=False), "disabled")
    enrolled = people.staff(Role.CONSULTANT)
    TOTP.activate(enrolled, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    world.put(enrolled, "enrolled")
    given = {"name": "示例受邀人", "email": "invited@example.com", "kind": "expert"}
    invited = administration.invite_user(actor=keeper, username="invited", **given)
    world.put(User.objects.get(pk=invited.pk), "invited")
    world.put(Invitation.objects.get(user=invited))
    world.put(enrolled.grants.get())
    world.put(SecurityEvent.objects.order_by("pk").first())
