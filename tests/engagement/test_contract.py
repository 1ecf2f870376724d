"""6.2: how a contract is written, and what stands between it and a signature."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import contracts as make

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.contract_texts import filled_elements
from keqiao.engagement.contracting.operations.contract import (
    draft_contract,
    set_contract_terms,
    set_fee_schedule,
    write_contract_element,
)
from keqiao.engagement.contracting.operations.contract_approval import submit_contract, ten_elements_written
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.models import Contract, Letter
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState

pytestmark = pytest.mark.usefixtures("site")


def texts(contract):
    return {element.letter: now.text for element, now in filled_elements(contract)}


def test_a_drafted_contract_has_a_number_the_terms_and_the_ten_texts_of_its_family():
    one = make.engagement()
    contract = draft_contract(engagement=one, actor=one.consultant, begins_on=make.BEGINS, ends_on=make.ENDS)
    assert contract.number == "HT-2026-00001"
    assert contract.technical_kind == "consulting"
    assert contract.drafted_by == one.consultant
    assert sorted(texts(contract)) == list("abcdefghij")
    assert "“高企认定”申报服务" in texts(contract)["a"]  # the text of family 5.3, not the general one
    assert "申报书、测评报告" in texts(contract)["a"]


def test_a_family_of_the_institutions_own_comes_to_a_complete_contract():
    """5.9 is none of the seven: the general texts are filled, and nothing keeps the contract from approval."""
    made = make.drafted(make.engagement(item=make.item("5.9")))
    assert texts(made)["a"].startswith("甲方委托乙方提供“高企认定”服务。")
    assert "本合同约定交付的成果包括：申报书、测评报告。" in texts(made)["a"]
    assert "至2026年6月30日止" in texts(made)["b"]
    assert [now.missing for _element, now in filled_elements(made)] == [()] * 10
    assert submit_contract(contract=made, actor=made.drafted_by).state == "in_approval"


def test_what_is_not_known_keeps_its_name_and_is_named_as_missing():
    contract = make.drafted(fees=(), place="", secrecy_years=None)
    assert [(m.clause, str(m.text)) for m in ten_elements_written(contract)] == [
        ("6.2.b", "Element b) Manner, period and place has open places: place of service {place}."),
        (
            "6.2.d",
            (
                "Element d) Service fee has open places: fee in figures {fee}、"
                "fee in Chinese capitals {fee_capital}、payment schedule {payment}."
            ),
        ),
        (
            "6.2.j",
            (
                "Element j) Confidentiality: content, term, liability has open places: "
                "years of confidentiality {secrecy_years}."
            ),
        ),
        ("6.2.d", "Element d) Service fee: the fee schedule is empty."),
    ]


def test_texts_follow_the_terms_and_the_schedule():
    contract = make.drafted()
    actor = contract.drafted_by
    assert "人民币107,000.53元（大写：人民币壹拾万柒仟元零伍角叁分）" in texts(contract)["d"]
    set_fee_schedule(
        contract=contract,
        actor=actor,
        fees=[FeeRow(name="全款", amount=Decimal("1680.32"), due_on=make.ENDS)],
    )
    set_contract_terms(
        contract=contract,
        actor=actor,
        begins_on=make.BEGINS,
        ends_on=date(2026, 3, 31),
        technical_kind="service",
        place="新园区",
    )
    contract = Contract.objects.get(pk=contract.pk)
    assert "人民币1,680.32元（大写：人民币壹仟陆佰捌拾元零叁角贰分）" in texts(contract)["d"]
    assert "全款1,680.32元，2026年6月30日前支付" in texts(contract)["d"]
    assert "服务期限为23日，自2026年3月9日起至2026年3月31日止" in texts(contract)["b"]
    assert "服务地点为新园区" in texts(contract)["b"]


def test_braces_in_a_name_stay_letters():
    one = make.engagement()
    one.item.name = "项目{fee}"
    one.item.save()
    assert "“项目｛fee｝”" in texts(make.drafted(one))["a"]


@pytest.mark.parametrize("letter", Letter.values)
def test_a_contract_can_not_be_submitted_while_one_of_the_ten_is_empty(letter):
    contract = make.drafted()
    write_contract_element(contract=contract, actor=contract.drafted_by, letter=Letter(letter), text="  \n ")
    with pytest.raises(Refusal) as refused:
        submit_contract(contract=contract, actor=contract.drafted_by)
    assert [(m.clause, str(m.text)) for m in refused.value.missing] == [
        (f"6.2.{letter}", f"Element {Letter(letter).label} is empty.")
    ]
    assert Contract.objects.get(pk=contract.pk).state == "drafting"


def test_a_contract_without_fees_can_not_be_submitted():
    contract = make.drafted(fees=())
    write_contract_element(contract=contract, actor=contract.drafted_by, letter=Letter.D, text="按双方约定。")
    with pytest.raises(Refusal) as refused:
        submit_contract(contract=contract, actor=contract.drafted_by)
    assert [m.clause for m in refused.value.missing] == ["6.2.d"]


def test_the_record_tells_the_letters_apart():
    contract = make.drafted()
    for letter in (Letter.A, Letter.H):
        write_contract_element(contract=contract, actor=contract.drafted_by, letter=letter, text="约定内容。")
    said = [
        entry.said.value for entry in Entry.objects.filter(operation="write_contract_element").order_by("pk")
    ]
    assert [(one["letter"], one["text"]) for one in said] == [("a", "约定内容。"), ("h", "约定内容。")]


def test_one_contract_an_engagement():
    contract = make.drafted()
    with pytest.raises(Refusal) as refused:
        draft_contract(
            engagement=contract.engagement,
            actor=contract.drafted_by,
            begins_on=make.BEGINS,
            ends_on=make.ENDS,
        )
    assert (
        str(refused.value.missing[0].text) == f"This engagement already has the contract {contract.number}."
    )


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [(date(2026, 5, 2), date(2026, 5, 1), "ends_on"), (date(2026, 1, 1), date(2026, 3, 1), "ends_on")],
)
def test_a_period_that_makes_no_sense_is_refused(begins, ends, field):
    one = make.engagement()
    with pytest.raises(Invalid) as refused:
        draft_contract(engagement=one, actor=one.consultant, begins_on=begins, ends_on=ends)
    assert list(refused.value.fields) == [field]
    assert not Contract.objects.exists()


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1000000000000"])
def test_amounts_are_above_zero_and_exact(amount):
    contract = make.drafted(fees=())
    with pytest.raises(Invalid):
        set_fee_schedule(
            contract=contract,
            actor=contract.drafted_by,
            fees=[FeeRow(name="首期", amount=Decimal(amount), due_on=make.ENDS)],
        )
    assert contract.fees.count() == 0


def test_a_fee_is_not_due_in_the_past():
    contract = make.drafted(fees=())
    with pytest.raises(Invalid):
        set_fee_schedule(
            contract=contract,
            actor=contract.drafted_by,
            fees=[FeeRow(name="首期", amount=Decimal(1), due_on=date(2026, 3, 1))],
        )


def test_nothing_is_written_once_it_is_in_approval():
    contract = make.in_approval()
    with pytest.raises(WrongState):
        write_contract_element(contract=contract, actor=contract.drafted_by, letter=Letter.A, text="改动")


def test_nothing_is_written_for_a_cancelled_engagement():
    contract = make.drafted()
    type(contract.engagement).objects.update(state=Stage.CANCELLED)
    with pytest.raises(Refusal):
        submit_contract(contract=contract, actor=contract.drafted_by)


def test_only_the_consultant_in_charge_or_a_manager_writes():
    contract = make.drafted()
    with pytest.raises(NotAllowed):
        write_contract_element(contract=contract, actor=make.staff(), letter=Letter.A, text="改动")
    with pytest.raises(NotAllowed):
        write_contract_element(
            contract=contract, actor=make.client_of(contract.enterprise), letter=Letter.A, text="改动"
        )
    manager = make.staff(Role.MANAGER)
    write_contract_element(contract=contract, actor=manager, letter=Letter.A, text="改动")
    assert texts(contract)["a"] == "改动"
