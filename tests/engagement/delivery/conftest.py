"""An engagement being carried out: contract signed, plan of two milestones confirmed, the day set by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.accounts.models import Kind, Role, User
from keqiao.catalogue.models import DeliverableKind, ServiceFamily, ServiceItem
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.models import Contract, ContractElement, Engagement, Letter, Milestone, Plan
from keqiao.engagement.preparation.states import PlanState
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.kernel.platform import clock
from keqiao.organisation.models import Institution

TODAY = date(2026, 3, 2)  # a Monday
numbers = count(1)


def at(day: date):
    """Noon of that day at the institution."""
    return clock.at(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def pdf(name: str = "成果.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
    )


@dataclass
class World:
    engagement: Engagement
    plan: Plan
    contract: Contract
    consultant: User
    manager: User
    outsider: User
    client: User
    stranger: User

    def renewed(self) -> Engagement:
        return Engagement.objects.get(pk=self.engagement.pk)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_ORIGIN = "https://keqiao.example"
    settings.DEMO = False


@pytest.fixture(autouse=True)
def today(_site):
    with at(TODAY):
        yield TODAY


def user(kind: str, name: str, *roles: str, **fields: object) -> User:
    made = User.objects.create_user(f"person{next(numbers)}", "x", kind=kind, name=name, **fields)
    for role in roles:
        made.grants.create(role=role)
    return made


def enterprise(name: str) -> Enterprise:
    return Enterprise.objects.create(name=name, uscc=f"{next(numbers):018d}")


@pytest.fixture
def world(db) -> World:
    Institution.objects.create(name="示例服务中心（虚构）")
    ours, theirs = enterprise("甲示例科技（虚构）"), enterprise("乙示例科技（虚构）")
    consultant = user(Kind.STAFF, "顾问", Role.CONSULTANT, clearance=3)
    engagement = Engagement.objects.create(
        number="WT-2026-00001", enterprise=ours, item=item(), title="专利检索", need="检索",
        contact_name="王联系", consultant=consultant, commissioned_by=consultant, state=Stage.IMPLEMENTING,
        stage_since=TODAY,
    )  # fmt: skip
    Contact.objects.create(enterprise=ours, name="王联系", email="wang@example.com", is_primary=True)
    contract = Contract.objects.create(
        engagement=engagement, number="HT-2026-00001", state=ContractState.SIGNED, begins_on=date(2026, 1, 5),
        ends_on=date(2026, 6, 30), drafted_by=consultant,
    )  # fmt: skip
    ContractElement.objects.create(
        engagement=engagement, contract=contract, letter=Letter.H, text="检索报告覆盖五年。"
    )
    return World(
        engagement=engagement,
        plan=plan_of(engagement),
        contract=contract,
        consultant=consultant,
        manager=user(Kind.STAFF, "经理", Role.MANAGER, clearance=3),
        outsider=user(Kind.STAFF, "外组顾问", Role.CONSULTANT, clearance=3),
        client=user(Kind.CLIENT, "王客户", enterprise_id=ours.pk),
        stranger=user(Kind.CLIENT, "别家", enterprise_id=theirs.pk),
    )


def item() -> ServiceItem:
    family = ServiceFamily.objects.create(code="5.5", name="知识产权")
    made = ServiceItem.objects.create(family=family, code="5.5.b", name="专利检索")
    for position, name in enumerate(["检索报告", "检索清单"]):
        DeliverableKind.objects.create(item=made, name=name, form="pdf", position=position)
    return made


def plan_of(engagement: Engagement) -> Plan:
    plan = Plan.objects.create(
        engagement=engagement, number="FA-2026-00001", edition=1, state=PlanState.CONFIRMED,
        objectives="目标", content="方法", begins_on=date(2026, 2, 2), sha256="0" * 64,
    )  # fmt: skip
    for name, due_on in (
        ("检索式确定", date(2026, 2, 20)),
        ("初稿", date(2026, 4, 10)),
        ("定稿", date(2026, 4, 30)),
    ):
        Milestone.objects.create(engagement=engagement, plan=plan, name=name, due_on=due_on)
    return plan
