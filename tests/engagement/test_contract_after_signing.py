"""6.2 d, e, i and 4.1.1: payments, registration, custody and amendments of a signed contract."""

from datetime import date
from decimal import Decimal

import pytest
from tests.documents.reading import pdf_text
from tests.factories import contracts as make

from keqiao.accounts.models import Role
from keqiao.catalogue.models import TechnicalContractKind
from keqiao.engagement.contracting.contract_texts import text_in_force
from keqiao.engagement.contracting.operations.contract_amendment import (
    ChangeRow,
    approve_amendment,
    draft_amendment,
    sign_amendment,
)
from keqiao.engagement.contracting.operations.contract_custody import receive_custody, return_custody
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.contracting.operations.contract_money import (
    record_payment,
    register_technical_contract,
    take_back_payment,
)
from keqiao.engagement.models import Amendment, Contract, Custody, FeeLine, Letter
from keqiao.kernel.files import vault
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState

pytestmark = pytest.mark.usefixtures("site")
LATER = date(2026, 12, 31)


def first_fee(contract):
    return contract.fees.get(name="首期")


def pay(fee, amount, day=make.TODAY):
    return record_payment(fee=fee, actor=fee.engagement.consultant, amount=Decimal(amount), paid_on=day)


def amend(contract, **given):
    values = {"reason": "范围扩大", "changes": [], "new_end": None} | given
    return draft_amendment(contract=contract, actor=contract.engagement.consultant, **values)


def test_payments_add_up_and_never_go_beyond_the_line():
    fee = first_fee(make.signed())
    pay(fee, "12000.50")
    pay(FeeLine.objects.get(pk=fee.pk), "17999.00")
    with pytest.raises(Invalid) as refused:
        pay(FeeLine.objects.get(pk=fee.pk), "0.51")
    assert list(refused.value.fields) == ["amount"]
    pay(FeeLine.objects.get(pk=fee.pk), "0.50")
    found = FeeLine.objects.get(pk=fee.pk)
    assert (found.paid, found.outstanding, found.paid_on) == (
        Decimal("30000.00"),
        Decimal("0.00"),
        make.TODAY,
    )
    with pytest.raises(Refusal):
        pay(found, "0.01")


def test_a_payment_waits_for_the_signature():
    with pytest.raises(Refusal) as refused:
        pay(first_fee(make.sent()), "1.00")
    assert str(refused.value.missing[0].text) == "The contract is not signed yet."


def test_a_payment_is_not_received_tomorrow():
    with pytest.raises(Invalid):
        pay(first_fee(make.signed()), "1.00", date(2026, 3, 3))


def test_a_payment_entered_by_mistake_is_taken_back():
    fee = first_fee(make.signed())
    actor = fee.engagement.consultant
    pay(fee, "300.00")
    with pytest.raises(Invalid):
        take_back_payment(
            fee=FeeLine.objects.get(pk=fee.pk), actor=actor, amount=Decimal("300.01"), reason="录入有误"
        )
    take_back_payment(
        fee=FeeLine.objects.get(pk=fee.pk), actor=actor, amount=Decimal("300.00"), reason="录入有误"
    )
    found = FeeLine.objects.get(pk=fee.pk)
    assert (found.paid, found.paid_on) == (Decimal("0.00"), None)


def test_a_line_is_late_the_day_after_it_was_due():
    fee = first_fee(make.signed())
    assert [fee.is_late(date(2026, 3, 20)), fee.is_late(date(2026, 3, 21))] == [False, True]


def test_a_technical_contract_is_registered_up_to_its_total():
    contract = make.signed()
    given = {"kind": TechnicalContractKind.SERVICE, "registration_number": "2026330000000001"}
    actor = contract.engagement.consultant
    with pytest.raises(Invalid):
        register_technical_contract(
            contract=contract, actor=actor, technology_amount=Decimal("107000.54"), **given
        )
    register_technical_contract(
        contract=contract, actor=actor, technology_amount=Decimal("107000.53"), **given
    )
    found = Contract.objects.get(pk=contract.pk)
    assert (found.technical_kind, found.registration_number, found.technology_amount) == (
        "service",
        "2026330000000001",
        Decimal("107000.53"),
    )


def test_what_is_no_technical_contract_is_not_registered():
    contract = make.signed()
    with pytest.raises(Invalid):
        register_technical_contract(
            contract=contract,
            actor=contract.engagement.consultant,
            kind=TechnicalContractKind.NONE,
            registration_number="1",
            technology_amount=Decimal(1),
        )


def test_samples_come_and_go_once():
    one = make.engagement()
    custody = receive_custody(
        engagement=one,
        actor=one.consultant,
        what="传感器样品",
        quantity="2 件",
        kept_at="样品柜 3",
        received_from="甄示例",
        received_on=make.TODAY,
    )
    with pytest.raises(Invalid):
        return_custody(
            custody=custody, actor=one.consultant, returned_to="甄示例", returned_on=date(2026, 3, 1)
        )
    return_custody(custody=custody, actor=one.consultant, returned_to="甄示例", returned_on=make.TODAY)
    with pytest.raises(Refusal):
        return_custody(custody=custody, actor=one.consultant, returned_to="他人", returned_on=make.TODAY)
    found = Custody.objects.get()
    assert (found.returned_on, found.returned_to) == (make.TODAY, "甄示例")


def test_an_amendment_keeps_before_and_after_and_leaves_the_contract_as_it_was_signed():
    contract = make.signed()
    consultant, texts = contract.engagement.consultant, dict(contract.elements.values_list("letter", "text"))
    amendment = amend(
        contract, changes=[ChangeRow(letter=Letter.H, after="验收期限改为五个工作日。")], new_end=LATER
    )
    with pytest.raises(NotAllowed):
        approve_amendment(amendment=amendment, actor=consultant)
    approve_amendment(amendment=amendment, actor=make.staff(Role.MANAGER))
    with vault.open_blob(Amendment.objects.get().pdf) as stream:
        paper = pdf_text(stream.read())
    assert "验收期限改为五个工作日。" in paper
    assert "合同期限至2026年6月30日。" in paper
    assert "合同期限至2026年12月31日。" in paper
    before = Contract.objects.get()
    assert before.ends_on == make.ENDS  # not before both have signed
    sign_amendment(amendment=amendment, actor=consultant, signed_copy=make.upload(), signed_on=make.TODAY)
    found = Contract.objects.get()
    assert (found.ends_on, found.version) == (LATER, before.version + 1)
    assert dict(found.elements.values_list("letter", "text")) == texts
    assert [(c.before, c.after) for c in Amendment.objects.get().changes.all()] == [
        (texts["h"], "验收期限改为五个工作日。")
    ]


def test_an_amendment_replaces_what_is_unpaid_and_keeps_what_was_paid_on():
    """30,000.00 and 77,000.53; on the first 12,000.00 is paid. The last is split in two: 50,000.00 and 20,000.00."""
    contract = make.signed()
    pay(first_fee(contract), "12000.00")
    lines = [
        FeeRow(name="中期款", amount=Decimal("50000.00"), due_on=date(2026, 6, 1)),
        FeeRow(name="尾款", amount=Decimal("20000.00"), due_on=LATER),
    ]
    amendment = amend(contract, fees=lines)
    approve_amendment(amendment=amendment, actor=make.staff(Role.MANAGER))
    with vault.open_blob(Amendment.objects.get().pdf) as stream:
        paper = pdf_text(stream.read())
    assert "尾款77,000.53元，2026年7月10日前支付" in paper
    assert "中期款50,000.00元，2026年6月1日前支付；尾款20,000.00元，2026年12月31日前支付" in paper
    assert Contract.objects.get().total == Decimal("107000.53")  # not before both have signed
    sign_amendment(
        amendment=Amendment.objects.get(),
        actor=contract.engagement.consultant,
        signed_copy=make.upload(),
        signed_on=make.TODAY,
    )
    found = Contract.objects.get()
    assert [(fee.name, fee.amount, fee.paid) for fee in found.schedule] == [
        ("首期", Decimal("30000.00"), Decimal("12000.00")),
        ("中期款", Decimal("50000.00"), Decimal("0.00")),
        ("尾款", Decimal("20000.00"), Decimal("0.00")),
    ]
    assert (found.total, found.outstanding) == (Decimal("100000.00"), Decimal("88000.00"))


def test_the_next_amendment_starts_from_the_last():
    contract = make.signed()
    first = amend(contract, changes=[ChangeRow(letter=Letter.H, after="第一次变更。")])
    with pytest.raises(Refusal):
        amend(contract, new_end=LATER)  # one at a time
    approve_amendment(amendment=first, actor=make.staff(Role.MANAGER))
    sign_amendment(
        amendment=first, actor=contract.engagement.consultant, signed_copy=make.upload(), signed_on=make.TODAY
    )
    second = amend(contract, changes=[ChangeRow(letter=Letter.H, after="第二次变更。")])
    assert second.changes.get().before == "第一次变更。"
    assert text_in_force(contract, "h") == "第一次变更。"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"new_end": date(2026, 3, 1)},
        {"new_end": make.ENDS},
        {"changes": [ChangeRow(letter=Letter.A, after="一"), ChangeRow(letter=Letter.A, after="二")]},
        {"fees": [FeeRow(name="尾款", amount=Decimal("0.00"), due_on=LATER)]},
        {"fees": [FeeRow(name="尾款", amount=Decimal("1.00"), due_on=date(2026, 3, 1))]},
    ],
)
def test_an_amendment_changes_something_once_and_to_a_day_to_come(given):
    contract = make.signed()
    with pytest.raises(Invalid):
        amend(contract, **given)
    assert not Amendment.objects.exists()


def test_only_a_signed_contract_is_amended():
    contract = make.sent()
    with pytest.raises(WrongState):
        amend(contract, new_end=LATER)
