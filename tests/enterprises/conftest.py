"""People, enterprises and lists for the tests of enterprises. Codes are computed, so that every one is sound."""

import itertools
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import uscc
from tests.factories import lists
from tests.factories.doors import browser_of

from keqiao.accounts.models import Kind, Role, User
from keqiao.enterprises.models import Enterprise, FigureKind, YearlyFigure

numbers = itertools.count(1)


def code(number: int) -> str:
    body = f"91440300{number:09d}"
    return body + uscc.calc_check_digit(body)


@pytest.fixture
def person(db):
    """`person()` is a consultant; `person(Role.MANAGER, clearance=3)`; `person(None, kind=Kind.CLIENT, enterprise_id=…)`."""

    def make(role: Role | None = Role.CONSULTANT, **fields: object) -> User:
        number = next(numbers)
        known = {"kind": Kind.STAFF, "name": f"测试员{number}", "email": f"e{number}@example.com"} | fields
        user = User.objects.create_user(f"e-person{number}", **known)
        if role:
            user.grants.create(role=role)
        return user

    return make


@pytest.fixture
def enterprise(db):
    def make(number: int | None = None, **fields: object) -> Enterprise:
        number = number or 900_000 + next(numbers)
        return Enterprise.objects.create(**{"name": f"示例{number}有限公司", "uscc": code(number)} | fields)

    return make


@pytest.fixture
def figure(db):
    def make(of: Enterprise, year: int = 2025, amount: str = "100.00", **fields: object) -> YearlyFigure:
        known = {"kind": FigureKind.SALES, "source": "审计报告", "source_date": date(2026, 3, 1)}
        return YearlyFigure.objects.create(enterprise=of, year=year, amount=Decimal(amount), **known | fields)

    return make


@pytest.fixture
def seen_by():
    """A browser in which this person is signed in, in the language of the house."""
    return partial(browser_of, language="zh-hans")


@pytest.fixture
def check(person):
    """The dry run of a list, by a consultant of its own unless `actor` says who."""

    def run(file: SimpleUploadedFile, actor: User | None = None, of: str = "enterprises"):
        return lists.check(file, actor or person(), of=of)

    return run
