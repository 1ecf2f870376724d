"""The people of the demo. All share one password, which `make run` prints."""

from dataclasses import dataclass

from django.db.models import QuerySet

from keqiao.accounts.models import Clearance, Invitation, Kind, Role, User
from keqiao.accounts.operations.invitations import (
    accept_invitation,
    invite_first_administrator,
    invite_user,
)
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.steps.demo import LABEL
from keqiao.kernel.steps.operation import get
from keqiao.organisation.models import StaffProfile

PASSWORD = "keqiao-demo-2026"  # noqa: S105 - printed at every start of the demo


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    role: Role
    clearance: Clearance


STAFF = (
    Person("manager", "周敏", Role.MANAGER, Clearance.CORE_TRADE_SECRET),
    Person("consultant", "林岚", Role.CONSULTANT, Clearance.TRADE_SECRET),
    Person("consultant2", "陈序", Role.CONSULTANT, Clearance.TRADE_SECRET),
    Person("consultant3", "吴桐", Role.CONSULTANT, Clearance.INTERNAL),
    Person("consultant4", "何远", Role.CONSULTANT, Clearance.TRADE_SECRET),
    Person("auditor", "孙静", Role.AUDITOR, Clearance.CORE_TRADE_SECRET),
)
ADMINISTRATORS = (
    ("sysadmin", "系统管理员", Role.SYSTEM_ADMIN),
    ("secadmin", "安全管理员", Role.SECURITY_ADMIN),
    ("auditadmin", "审计管理员", Role.AUDIT_ADMIN),
)


def accounts() -> str:
    """What `make run` prints: who can sign in, and how."""
    rows = [
        (member.user.username, f"{member.user.name.removesuffix(LABEL)}, {member.post}")
        for member in _staff_in_their_posts()
    ]
    rows += [(name, title) for name, title, _role in ADMINISTRATORS]
    rows += [
        ("client", "a client, whose finished engagement can be looked at"),
        ("expert", "an expert from outside"),
    ]
    known = {user.username for user in User.objects.all()}
    lines = [f"  {name:<12} {who}" for name, who in rows if name in known]
    return "\n".join(["Demo accounts, all with the password " + PASSWORD, *lines]) + "\n"


def _staff_in_their_posts() -> "QuerySet[StaffProfile]":
    return StaffProfile.objects.select_related("user", "post").order_by("pk")


def account(
    admin: User, *, username: str, name: str, kind: Kind, enterprise: Enterprise | None = None
) -> User:
    """An account made as every other: invited, then given its first password by the link."""
    invitation = invite_user(
        actor=admin,
        username=username,
        name=name + LABEL,
        email=f"{username}@demo.invalid",
        kind=kind,
        enterprise_id=enterprise.pk if enterprise else None,
    )
    return _enter(invitation)


def _enter(invitation: Invitation) -> User:
    """Follow the link of the letter and set the password."""
    user = accept_invitation(secret=invitation.link.rstrip("/").rsplit("/", 1)[-1], password=PASSWORD)
    return User.objects.get(pk=user.pk)


def administrators() -> dict[str, User]:
    users = {}
    for username, name, role in ADMINISTRATORS:
        invitation = invite_first_administrator(
            username=username, name=name + LABEL, email=f"{username}@demo.invalid", role=role
        )
        users[username] = _enter(invitation)
    return users


def staff(admins: dict[str, User]) -> dict[str, User]:
    users = {}
    for person in STAFF:
        user = account(admins["sysadmin"], username=person.username, name=person.name, kind=Kind.STAFF)
        get("grant_role")(user=user, actor=admins["sysadmin"], role=person.role)
        if person.clearance != Clearance.INTERNAL:
            get("set_clearance")(user=user, actor=admins["secadmin"], clearance=person.clearance)
        users[person.username] = User.objects.get(pk=user.pk)
    return users


def expert(admins: dict[str, User]) -> User:
    user = account(admins["sysadmin"], username="expert", name="郑衡", kind=Kind.EXPERT)
    get("set_clearance")(user=user, actor=admins["secadmin"], clearance=Clearance.TRADE_SECRET)
    return User.objects.get(pk=user.pk)
