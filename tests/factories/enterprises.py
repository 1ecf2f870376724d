"""Enterprises with a valid credit code, and what hangs on them."""

from datetime import date
from decimal import Decimal

from stdnum.cn import uscc
from tests.factories.numbers import numbers

from keqiao.accounts.models import User
from keqiao.enterprises.models import Contact, Enterprise, FigureKind, YearlyFigure
from keqiao.kernel.platform.levels import Level


def credit_code(n: int) -> str:
    body = f"91330100MA{n:07d}"
    return str(body + uscc.calc_check_digit(body))


def enterprise(
    *, name: str = "", owner: User | None = None, level: int = Level.INTERNAL, **fields: object
) -> Enterprise:
    n = next(numbers)
    given = {"address": f"示例路 {n} 号", "representative": f"示例法人{n}", "region": "3306", **fields}
    return Enterprise.objects.create(
        name=name or f"示例企业{n}（虚构）", uscc=credit_code(n), owner=owner, level=level, **given
    )


def contact(*, enterprise: Enterprise, name: str = "示例联系人", **fields: object) -> Contact:
    return Contact.objects.create(enterprise=enterprise, name=name, **{"phone": "0575-0000000", **fields})


def figure(
    *, enterprise: Enterprise, year: int = 2025, kind: str = FigureKind.SALES, **fields: object
) -> YearlyFigure:
    given = {
        "amount": Decimal("1000000.00"),
        "source": "示例审计报告",
        "source_date": date(2026, 1, 31),
        **fields,
    }
    return YearlyFigure.objects.create(enterprise=enterprise, year=year, kind=kind, **given)
