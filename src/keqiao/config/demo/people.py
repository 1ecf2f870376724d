"""The people of the demo. All share one password, which `make run` prints."""

from dataclasses import dataclass
from datetime import date

from keqiao.accounts.models import Clearance, Invitation, Kind, Role, User
from keqiao.accounts.operations.invitations import (
    accept_invitation,
    invite_first_administrator,
    invite_user,
)
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.steps.operation import get
from keqiao.organisation.models import Competence, Post

PASSWORD = "keqiao-demo-2026"  # noqa: S105 - printed at every start of the demo
LABEL = "（演示）"


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    role: Role
    clearance: Clearance
    post: str


STAFF = (
    Person("manager", "周敏", Role.MANAGER, Clearance.CORE_TRADE_SECRET, "服务部经理"),
    Person("consultant", "林岚", Role.CONSULTANT, Clearance.TRADE_SECRET, "项目咨询师"),
    Person("consultant2", "陈序", Role.CONSULTANT, Clearance.TRADE_SECRET, "知识产权咨询师"),
    Person("consultant3", "吴桐", Role.CONSULTANT, Clearance.INTERNAL, "科技金融咨询师"),
    Person("consultant4", "何远", Role.CONSULTANT, Clearance.TRADE_SECRET, "培训与活动专员"),
    Person("auditor", "孙静", Role.AUDITOR, Clearance.CORE_TRADE_SECRET, "质量审核员"),
)
ADMINISTRATORS = (
    ("sysadmin", "系统管理员", Role.SYSTEM_ADMIN),
    ("secadmin", "安全管理员", Role.SECURITY_ADMIN),
    ("auditadmin", "审计管理员", Role.AUDIT_ADMIN),
)


def accounts() -> str:
    """What `make run` prints: who can sign in, and how."""
    rows = [(person.username, f"{person.name}, {person.post}") for person in STAFF]
    rows += [(name, title) for name, title, _role in ADMINISTRATORS]
    rows += [
        ("client", "a client, whose finished engagement can be looked at"),
        ("expert", "an expert from outside"),
    ]
    known = {user.username for user in User.objects.all()}
    lines = [f"  {name:<12} {who}" for name, who in rows if name in known]
    return "\n".join(["Demo accounts, all with the password " + PASSWORD, *lines]) + "\n"


def account(admin: User, username: str, name: str, kind: Kind, enterprise: Enterprise | None = None) -> User:
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
    made = {}
    for username, name, role in ADMINISTRATORS:
        invitation = invite_first_administrator(
            username=username, name=name + LABEL, email=f"{username}@demo.invalid", role=role
        )
        made[username] = _enter(invitation)
    return made


def staff(admins: dict[str, User]) -> dict[str, User]:
    made = {}
    for person in STAFF:
        user = account(admins["sysadmin"], person.username, person.name, Kind.STAFF)
        get("grant_role")(user=user, actor=admins["sysadmin"], role=person.role)
        if person.clearance != Clearance.INTERNAL:
            get("set_clearance")(user=user, actor=admins["secadmin"], clearance=person.clearance)
        made[person.username] = User.objects.get(pk=user.pk)
    return made


def organisation(people: dict[str, User], on: date) -> None:
    """Posts, who is in them, what they can do, and that they keep secrets."""
    manager = people["manager"]
    for person in STAFF:
        post = get("create_post")(
            actor=manager, name=person.post, duties=f"{person.post}的岗位职责{LABEL}",
            is_management=person.role == Role.MANAGER, competences=[],
        )  # fmt: skip
        assert isinstance(post, Post)
        user = people[person.username]
        get("create_staff_profile")(
            actor=manager,
            user=user,
            post=post,
            since=on,
            education="本科",
            experience="从事科技服务多年" + LABEL,
        )
        get("create_undertaking")(
            actor=manager, user=user, signed_on=on, valid_until=None, text_version="2026-1"
        )
        if person.role in {Role.CONSULTANT, Role.MANAGER}:
            _competences(manager, user, on)


def _competences(manager: User, user: User, on: date) -> None:
    record = get("create_staff_competence")
    for one in Competence.objects.order_by("code"):
        record(
            actor=manager, user=user, competence=one, valid_from=on, valid_until=date(on.year + 3, on.month, 28),
            evidence=f"内部能力评价记录{LABEL}", assessed_by=manager.name,
        )  # fmt: skip


def experts(admins: dict[str, User], people: dict[str, User]) -> User:
    user = account(admins["sysadmin"], "expert", "郑衡", Kind.EXPERT)
    get("set_clearance")(user=user, actor=admins["secadmin"], clearance=Clearance.TRADE_SECRET)
    user = User.objects.get(pk=user.pk)
    get("create_expert")(
        actor=people["manager"], user=user, name="郑衡" + LABEL, title="教授级高工", employer="某研究院" + LABEL,
        fields="智能制造，新材料", credentials="演示用专家，非真实人物",
    )  # fmt: skip
    return user


def institution(manager: User) -> None:
    get("create_institution")(
        actor=manager, name="科桥演示服务中心（虚构）", uscc="", address="某市科技园演示路1号", representative="周敏" + LABEL,
        phone="000-00000000", email="demo@demo.invalid", bank="演示银行", account="0000 0000 0000",
    )  # fmt: skip
