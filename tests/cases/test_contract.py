"""What an amendment replaces is decided when it is drafted: money that comes in before it is signed changes nothing of it."""

import json
from datetime import date
from decimal import Decimal

import pytest
from tests.cases.doors import CASES
from tests.engagement.conftest import noon, site, store
from tests.factories import contracts as make

from keqiao.accounts.models import Role
from keqiao.engagement.contracting.operations.amendment_turns import revise_amendment
from keqiao.engagement.contracting.operations.contract_amendment import (
    approve_amendment,
    draft_amendment,
    sign_amendment,
)
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.contracting.operations.contract_money import record_payment, take_back_payment
from keqiao.engagement.models import Amendment, Contract
from keqiao.kernel.platform.errors import Refusal

__all__ = ["noon", "site", "store"]
pytestmark = pytest.mark.usefixtures("site")
CASE = json.loads((CASES / "contract/amendment-after-payment.json").read_text())
DUE = date(2026, 6, 1)


def rows(lines: list[dict]) -> tuple[FeeRow, ...]:
    return tuple(FeeRow(name=line["name"], amount=Decimal(line["amount"]), due_on=DUE) for line in lines)


@pytest.fixture
def contract() -> Contract:
    lines = CASE["signed_contract"]["fees"]
    signed = make.signed(fees=rows(lines))
    for line in lines:
        if Decimal(line["paid"]):
            pay(signed, line["name"], line["paid"])
    return Contract.objects.get(pk=signed.pk)


def pay(contract: Contract, name: str, amount: str) -> None:
    fee = contract.fees.get(name=name)
    record_payment(fee=fee, actor=contract.engagement.consultant, amount=Decimal(amount), paid_on=make.TODAY)


def drafted(contract: Contract, lines: list[dict]) -> Amendment:
    actor = contract.engagement.consultant
    return draft_amendment(contract=contract, actor=actor, reason="增加服务", fees=list(rows(lines)))


def sign(amendment: Amendment) -> None:
    actor = amendment.engagement.consultant
    again = Amendment.objects.get(pk=amendment.pk)
    if again.state == "draft":
        approve_amendment(amendment=again, actor=make.staff(Role.MANAGER))
    sign_amendment(
        amendment=Amendment.objects.get(pk=amendment.pk),
        actor=actor,
        signed_copy=make.upload(),
        signed_on=make.TODAY,
    )


def settled(contract: Contract) -> dict:
    now = Contract.objects.get(pk=contract.pk)
    lines = [[fee.name, str(fee.amount), str(fee.paid)] for fee in now.fees.order_by("pk")]
    paid = sum((fee.paid for fee in now.fees.all()), Decimal("0.00"))
    return {
        "total": str(now.total),
        "paid": str(paid),
        "outstanding": str(now.outstanding),
        "lines": sorted(lines, key=lambda line: [fee["name"] for fee in NAMES].index(line[0])),
    }


NEW = CASE["steps"][0]["draft_amendment"]["new_schedule_of_what_is_unpaid"]
NAMES = [*CASE["signed_contract"]["fees"], NEW[1], {"name": "尾款"}]


@pytest.mark.parametrize("before_approval", [True, False])
def test_a_payment_between_drafting_and_signing(contract, before_approval, answer):
    amendment = drafted(contract, NEW)
    if not before_approval:
        approve_amendment(amendment=Amendment.objects.get(), actor=make.staff(Role.MANAGER))
    pay(contract, "交付款", "100.00")
    sign(amendment)
    right = {name: value for name, value in CASE["right"].items() if name != "or"}
    answer("contract/amendment-after-payment.json", right=right, got=settled(contract))


def test_also_with_the_line_paid_in_full(contract, answer):
    amendment = drafted(contract, NEW)
    pay(contract, "交付款", "17500.00")
    sign(amendment)
    right = {
        "total": "36000.00",
        "paid": "35000.00",
        "outstanding": "1000.00",
        "lines": [
            ["签约款", "17500.00", "17500.00"],
            ["交付款", "17500.00", "17500.00"],
            ["增加检索服务费", "1000.00", "0.00"],
        ],
    }
    answer("contract: the line paid in full", right=right, got=settled(contract))


def test_under_another_name_the_money_stands_on_the_next_line_that_is_due(contract, answer):
    amendment = drafted(contract, [{"name": "尾款", "amount": "18000.00"}])
    pay(contract, "交付款", "100.00")
    sign(amendment)
    right = [["签约款", "17500.00", "17500.00"], ["尾款", "18000.00", "100.00"]]
    answer("contract: the line renamed", right=right, got=settled(contract)["lines"])


def test_a_payment_taken_back_meanwhile_brings_no_line_into_the_amendment(contract, answer):
    amendment = drafted(contract, NEW)
    fee = contract.fees.get(name="签约款")
    take_back_payment(
        fee=fee, actor=contract.engagement.consultant, amount=Decimal("17500.00"), reason="录入有误"
    )
    sign(amendment)
    right = [
        ["签约款", "17500.00", "0.00"],
        ["交付款", "17500.00", "0.00"],
        ["增加检索服务费", "1000.00", "0.00"],
    ]
    answer("contract: a payment taken back", right=right, got=settled(contract)["lines"])


def test_rewritten_it_is_decided_anew(contract, answer):
    amendment = drafted(contract, NEW)
    pay(contract, "交付款", "100.00")
    actor = contract.engagement.consultant
    revise_amendment(amendment=Amendment.objects.get(), actor=actor, reason="改写", fees=list(rows([NEW[1]])))
    sign(amendment)
    right = [
        ["签约款", "17500.00", "17500.00"],
        ["交付款", "17500.00", "100.00"],
        ["增加检索服务费", "1000.00", "0.00"],
    ]
    answer("contract: rewritten after the payment", right=right, got=settled(contract)["lines"])


def test_what_was_paid_above_the_new_line_is_for_people_to_decide(contract, answer):
    amendment = drafted(contract, [{"name": "交付款", "amount": "50.00"}])
    approve_amendment(amendment=Amendment.objects.get(), actor=make.staff(Role.MANAGER))
    pay(contract, "交付款", "100.00")
    with pytest.raises(Refusal) as refused:
        sign(amendment)
    right = "100.00 yuan came in on “交付款”, which this amendment replaces by less."
    answer("contract: more paid than the new line", right=right, got=str(refused.value.missing[0].text))


def test_the_paper_and_the_page_name_what_is_replaced(contract, answer):
    drafted(contract, NEW)
    pay(contract, "交付款", "100.00")
    approve_amendment(amendment=Amendment.objects.get(), actor=make.staff(Role.MANAGER))
    answer(
        "contract: the lines replaced",
        right="交付款 17,500.00 · 2026-06-01",
        got=Amendment.objects.get().replaced_schedule,
    )
