"""6.2 i: an amendment goes back to its writer, is rewritten, or is withdrawn, and the next one can be drafted."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.engagement.contracting.contract_texts import text_in_force
from keqiao.engagement.contracting.operations.amendment_turns import (
    return_amendment,
    revise_amendment,
    withdraw_amendment,
)
from keqiao.engagement.contracting.operations.contract_amendment import (
    ChangeRow,
    approve_amendment,
    draft_amendment,
    sign_amendment,
)
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.models import Amendment, AmendmentChange, Contract, Letter
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState
from keqiao.kernel.platform.policy import visible

pytestmark = pytest.mark.usefixtures("site")
LATER = date(2026, 12, 31)


@pytest.fixture
def drafted() -> Amendment:
    contract = make.signed()
    return draft_amendment(
        contract=contract,
        actor=contract.engagement.consultant,
        reason="范围扩大",
        changes=[ChangeRow(letter=Letter.H, after="验收期限改为五个工作日。")],
    )


def again(one: Amendment) -> Amendment:
    return Amendment.objects.get(pk=one.pk)


def author(one: Amendment):
    return one.engagement.consultant


def approve(one: Amendment) -> None:
    approve_amendment(amendment=again(one), actor=make.staff(Role.MANAGER))


def give_back(one: Amendment, actor=None) -> None:
    actor = actor or make.staff(Role.MANAGER)
    return_amendment(amendment=again(one), actor=actor, reason="期限写错")


def revise(one: Amendment, **other) -> None:
    rows = [ChangeRow(letter=Letter.A, after="增加一次现场辅导。")]
    values = {"actor": author(one), "reason": "改写后", "changes": rows}
    revise_amendment(amendment=again(one), **(values | other))


def withdraw(one: Amendment, **other) -> None:
    withdraw_amendment(**({"amendment": again(one), "actor": author(one), "reason": "客户不再需要"} | other))


def test_who_could_approve_returns_it_with_a_reason_and_it_can_not_be_approved_as_it_was(drafted):
    give_back(drafted)
    assert (again(drafted).state, again(drafted).returned_reason) == ("returned", "期限写错")
    with pytest.raises(WrongState):
        approve(drafted)


def test_the_writer_can_not_return_the_own_text(drafted):
    with pytest.raises(NotAllowed):
        give_back(drafted, author(drafted))


@pytest.mark.parametrize("returned", [False, True])
def test_what_is_rewritten_replaces_all_that_was_written(drafted, returned):
    if returned:
        give_back(drafted)
    fees = [FeeRow(name="尾款", amount=Decimal("20000.00"), due_on=LATER)]
    revise(drafted, new_end=LATER, fees=fees)
    one = again(drafted)
    assert (one.state, one.reason, one.new_end, one.returned_reason, one.number) == (
        "draft",
        "改写后",
        LATER,
        "",
        drafted.number,
    )
    assert one.fees_after == [("尾款", Decimal("20000.00"), LATER)]
    before = one.contract.elements.get(letter="a").text
    assert list(AmendmentChange.objects.values_list("letter", "before", "after")) == [
        ("a", before, "增加一次现场辅导。")
    ]


def test_whoever_rewrote_it_can_not_approve_it(drafted):
    manager = make.staff(Role.MANAGER)
    give_back(drafted, manager)
    revise(drafted, actor=manager)
    with pytest.raises(NotAllowed):
        approve_amendment(amendment=again(drafted), actor=manager)
    approve(drafted)
    assert again(drafted).state == "approved"


def test_a_rewritten_one_still_changes_something(drafted):
    with pytest.raises(Invalid) as refused:
        revise(drafted, changes=[])
    assert list(refused.value.fields) == ["changes"]
    assert [one.letter for one in again(drafted).changes.all()] == ["h"]


def test_what_was_approved_is_not_rewritten(drafted):
    approve(drafted)
    for step in (give_back, revise):
        with pytest.raises(WrongState):
            step(drafted)


def test_a_withdrawn_one_no_longer_blocks_the_next_and_changes_nothing(drafted):
    contract = drafted.contract
    signed_text = text_in_force(contract, "h")
    approve(drafted)
    with pytest.raises(Refusal) as refused:
        draft_amendment(contract=contract, actor=author(drafted), reason="再改", new_end=LATER)
    assert str(refused.value.missing[0].remedy) == "Sign it or withdraw it first."
    withdraw(drafted)
    assert text_in_force(contract, "h") == signed_text
    made = draft_amendment(contract=contract, actor=author(drafted), reason="再改", new_end=LATER)
    assert (made.state, again(drafted).state) == ("draft", "withdrawn")
    assert Contract.objects.get().ends_on == make.ENDS


def test_a_withdrawn_one_is_final(drafted):
    withdraw(drafted)
    for step in (approve, give_back, revise, withdraw):
        with pytest.raises(WrongState):
            step(drafted)
    with pytest.raises(WrongState):
        sign_amendment(
            amendment=again(drafted),
            actor=author(drafted),
            signed_copy=make.upload(),
            signed_on=make.TODAY,
        )


def test_what_is_signed_can_not_be_withdrawn(drafted):
    approve(drafted)
    sign_amendment(
        amendment=again(drafted), actor=author(drafted), signed_copy=make.upload(), signed_on=make.TODAY
    )
    with pytest.raises(WrongState):
        withdraw(drafted)


@pytest.mark.parametrize(("known", "letters", "seen"), [(False, 0, 0), (True, 1, 1)])
def test_the_client_is_told_and_reads_the_reason_only_of_one_it_knew(drafted, known, letters, seen):
    client = make.client_of(drafted.enterprise, "client@example.com")
    if known:
        approve(drafted)
    withdraw(drafted)
    assert Outbox.objects.filter(key=f"amendment-withdrawn-{drafted.pk}").count() == letters
    assert visible(Amendment, client).count() == seen
    assert visible(AmendmentChange, client).count() == seen
    assert [one.returned_reason for one in visible(Amendment, client)] == ["客户不再需要"] * seen


def test_the_client_does_not_read_what_was_returned(drafted):
    give_back(drafted)
    assert visible(Amendment, make.client_of(drafted.enterprise)).count() == 0


def test_staff_read_the_withdrawn_one_and_the_record_has_each_turn(drafted):
    give_back(drafted)
    revise(drafted)
    withdraw(drafted)
    assert visible(Amendment, author(drafted)).get().returned_reason == "客户不再需要"
    turns = Entry.objects.order_by("-id").values_list("operation", "clause")[:3]
    assert list(turns) == [
        ("withdraw_amendment", "6.2.i"),
        ("revise_amendment", "6.2.i"),
        ("return_amendment", "6.2.i"),
    ]


def test_the_form_to_rewrite_starts_from_what_is_written(drafted):
    revise(
        drafted,
        new_end=LATER,
        fees=[FeeRow(name="尾款", amount=Decimal("20000.00"), due_on=LATER)],
    )
    browser = browser_of(author(drafted))
    text = browser.get(f"/amendments/{drafted.pk}/do/revise_amendment/").content.decode()
    for written in ("改写后", "增加一次现场辅导。", "2026-12-31", "尾款", "20000.00"):
        assert written in text
    assert '<option value="a" selected>' in text
