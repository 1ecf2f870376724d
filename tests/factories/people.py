"""People of every kind. All invented."""

from tests.factories.numbers import numbers

from keqiao.accounts.models import Kind, Role, User
from keqiao.kernel.platform.levels import Level


def staff(*roles: Role, name: str = "", clearance: int = Level.TRADE_SECRET, **fields: object) -> User:
    n = next(numbers)
    made = User.objects.create_user(
        f"staff{n}", "x", name=name or f"示例职员{n}", kind=Kind.STAFF, clearance=clearance, **fields
    )
    for role in roles:
        made.grants.create(role=role)
    return made


def client(*, enterprise_id: int, name: str = "", **fields: object) -> User:
    n = next(numbers)
    given = {"email": f"client{n}@example.com", **fields}
    return User.objects.create_user(
        f"client{n}", "x", name=name or f"示例客户{n}", kind=Kind.CLIENT, enterprise_id=enterprise_id, **given
    )


def expert(*, name: str = "", clearance: int = Level.TRADE_SECRET, **fields: object) -> User:
    n = next(numbers)
    return User.objects.create_user(
        f"expert{n}", "x", name=name or f"示例专家{n}", kind=Kind.EXPERT, clearance=clearance, **fields
    )
