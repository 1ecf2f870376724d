"""People, an enterprise and an engagement as far as clause 6.2 needs them. Everything here is invented."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import uscc
from tests.factories.catalogue import offer
from tests.factories.numbers import numbers

from keqiao.accounts.models import Kind, Role, User
from keqiao.catalogue.models import DeliverableKind, ServiceFamily, ServiceItem, TechnicalContractKind
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations.contract import draft_contract, set_fee_schedule
from keqiao.engagement.contracting.operations.contract_approval import (
    approve_contract,
    send_contract,
    store_signed_contract,
    submit_contract,
)
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.models import Contract, Engagement
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import clock
from keqiao.organisation.models import Institution

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 2026-03-02 12:00 in Shanghai
TODAY = date(2026, 3, 2)
BEGINS, ENDS = date(2026, 3, 9), date(2026, 6, 30)
FEES = (
    FeeRow(name="首期", amount=Decimal("30000.00"), due_on=date(2026, 3, 20)),
    FeeRow(name="尾款", amount=Decimal("77000.53"), due_on=date(2026, 7, 10)),
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"


def staff(*roles: Role, clearance: int = 1, **fields: object) -> User:
    n = next(numbers)
    made = User.objects.create_user(
        f"hr{n}", "x", name=f"示例职员{n}", kind=Kind.STAFF, clearance=clearance, **fields
    )
    for role in roles or (Role.CONSULTANT,):
        made.grants.create(role=role)
    return made


def client_of(enterprise: Enterprise, email: str = "") -> User:
    n = next(numbers)
    return User.objects.create_user(
        f"kh{n}", "x", name=f"示例客户{n}", kind=Kind.CLIENT, enterprise_id=enterprise.pk, email=email
    )


def enterprise(**fields: object) -> Enterprise:
    n = next(numbers)
    body = f"913306MA{n:07d}"
    return Enterprise.objects.create(
        **{
            "name": f"示例企业{n}（虚构）",
            "uscc": body + uscc.calc_check_digit(body),
            "address": "示例路 1 号",
            **fields,
        }
    )


def item(family: str = "5.3") -> ServiceItem:
    n = next(numbers)
    group, _new = ServiceFamily.objects.get_or_create(code=family, defaults={"name": f"示例类别 {family}"})
    made = ServiceItem.objects.create(
        family=group, code=f"{family}.z{n}", name="高企认定", contract_kind=TechnicalContractKind.CONSULTING
    )
    DeliverableKind.objects.create(item=made, name="申报书")
    DeliverableKind.objects.create(item=made, name="测评报告", position=1)
    offer(made)
    return made


def engagement(
    *, state: str = Stage.ACCEPTED, consultant: User | None = None, **fields: object
) -> Engagement:
    Institution.objects.get_or_create(defaults={"name": "示例服务中心（虚构）"})
    n = next(numbers)
    in_charge = consultant or staff()
    given = {"enterprise": None, "item": None, "level": 1} | fields
    given["enterprise"] = given["enterprise"] or enterprise()
    given["item"] = given["item"] or item()
    return Engagement.objects.create(
        number=f"WT-T-{n:05d}", title="示例委托", need="示例需求", contact_name="示例联系人", state=state,
        consultant=in_charge, commissioned_by=in_charge, stage_since=TODAY, **given,
    )  # fmt: skip


def drafted(one: Engagement | None = None, *, fees: tuple[FeeRow, ...] = FEES, **terms: object) -> Contract:
    """A contract with nothing missing, unless `terms` says otherwise."""
    one = one or engagement()
    given = {"begins_on": BEGINS, "ends_on": ENDS, "place": "示例园区", "secrecy_years": 3} | terms
    contract = draft_contract(engagement=one, actor=one.consultant, **given)
    if fees:
        set_fee_schedule(contract=contract, actor=one.consultant, fees=list(fees))
    return Contract.objects.get(pk=contract.pk)


def bare(*, on: Engagement | None = None, **fields: object) -> Contract:
    """A row and nothing in it, in any state."""
    one = on or engagement()
    given = {"number": f"HT-T-{next(numbers):05d}", "begins_on": BEGINS, "ends_on": ENDS} | fields
    return Contract.objects.create(engagement=one, drafted_by=one.consultant, **given)


def in_approval(**kwargs: object) -> Contract:
    contract = drafted(**kwargs)
    return submit_contract(contract=contract, actor=contract.engagement.consultant)


def approved(**kwargs: object) -> Contract:
    return approve_contract(contract=in_approval(**kwargs), actor=staff(Role.MANAGER))


def sent(**kwargs: object) -> Contract:
    contract = approved(**kwargs)
    return send_contract(contract=contract, actor=contract.engagement.consultant)


def upload(name: str = "签署文本.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def signed(**kwargs: object) -> Contract:
    contract = sent(**kwargs)
    store_signed_contract(
        contract=contract, actor=contract.engagement.consultant, signed_copy=upload(), signed_on=TODAY
    )
    return Contract.objects.get(pk=contract.pk)


def days_on(days: int):
    """Inside the block it is so many days later."""
    return clock.at(NOON + timedelta(days=days))
