"""6.2: contract, amendment, custody, money."""

from decimal import Decimal

from tests.engagement.lacking import (
    NO_INSTITUTION,
    amounts,
    move,
    still_to_come,
)
from tests.every_operation.example import AT_WORK, IN_CHARGE, example
from tests.every_operation.lacking import closed, lacks
from tests.factories import engagements as e
from tests.factories import files

from keqiao.catalogue.models import TechnicalContractKind
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations.amendment_turns import revise_amendment
from keqiao.engagement.contracting.operations.contract import write_contract_element
from keqiao.engagement.contracting.operations.contract_amendment import ChangeRow
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.models import Amendment, Contract, Engagement, FeeLine, Letter
from keqiao.kernel.platform import clock

MANAGER = frozenset({"manager"})  # who approves: wrote none of it, and is cleared for it


def terms(world, _subject):
    return {"begins_on": e.days(2), "ends_on": e.days(80), "place": "示例园区"}


def signed(world, _state):
    return {"signed_copy": files.pdf("签署文本.pdf", mark="signed"), "signed_on": clock.today()}


def schedule(world, _subject):
    return {"fees": [FeeRow(name="全款", amount=Decimal("50000.00"), due_on=e.days(30))]}


def registered(world, _subject):
    return {
        "kind": TechnicalContractKind.CONSULTING, "registration_number": "示登 2026-1", "technology_amount": Decimal("20000.00"),
    }  # fmt: skip


def change(world, _subject):
    return {"reason": "增加现场辅导", "changes": [ChangeRow(letter=Letter.A, after="增加一次现场辅导")]}


def received(world, _subject):
    return {
        "what": "示例样品", "quantity": "1 件", "kept_at": "样品柜", "received_from": "示例客户", "received_on": clock.today(),
    }  # fmt: skip


NOT_AWAITED = lacks(
    "The engagement is in the state “Cancelled”.",
    "6.2",
    settled=True,
    rows=lambda w, s: move(s.engagement, Stage.CANCELLED),
)
PERIOD = (
    lacks(
        "The contract ends before it begins.", field="ends_on",
        values=lambda w, s: {"begins_on": e.days(80), "ends_on": e.days(79)},
    ),
    lacks(
        "The end lies in the past.", field="ends_on",
        values=lambda w, s: {"begins_on": e.days(-9), "ends_on": e.days(-1)},
    ),
)  # fmt: skip


def text(letter, text):
    """This element of the contract reads so."""
    return lambda w, s: s.elements.filter(letter=letter).update(text=text)


def without_schedule(world, contract):
    """Its fees stand in words alone."""
    text("d", "面议")(world, contract)
    contract.fees.all().delete()


ELEMENTS = {
    "a": "Service content",
    "b": "Manner, period and place",
    "c": "Rights and duties of both parties",
    "d": "Service fee",
    "e": "Safekeeping of the client's technical data and samples",
    "f": "Bearing of risk",
    "g": "Ownership of results",
    "h": "Quality and method of acceptance",
    "i": "Early end, change and cancellation",
    "j": "Confidentiality: content, term, liability",
}
TEN_ELEMENTS = (
    NOT_AWAITED,
    *(
        lacks(f"Element {letter}) {name} is empty.", f"6.2.{letter}", "Write it.", rows=text(letter, " "))
        for letter, name in ELEMENTS.items()
    ),
    lacks(
        "Element j) Confidentiality: content, term, liability has open places: years of confidentiality {secrecy_years}.",
        "6.2.j", "Fill them.", rows=text("j", "保密{secrecy_years}年"),
    ),
    lacks(
        "Element d) Service fee: the fee schedule is empty.", "6.2.d", "Set the fee schedule.", rows=without_schedule
    ),
)  # fmt: skip


def written_by_the_manager(world, _state):
    """A contract to approve, of which the manager wrote one element."""
    made = e.draft_contract(world.of(Engagement, Stage.ACCEPTED), world.cast)
    write_contract_element(contract=made, actor=world.person("manager"), letter=Letter.F, text="各担其责")
    e.submit_contract(e.fresh(made), world.cast)
    return e.fresh(made)


def rewritten_by_the_manager(world, amendment):
    revise_amendment(amendment=amendment, actor=world.person("manager"), **change(world, amendment))


def begun_by_the_manager(world, row):
    type(row).objects.filter(pk=row.pk).update(drafted_by=world.person("manager"))


SECOND_PERSON = (
    closed("Only a manager may do this.", by="consultant"),
    closed("Only the consultant of this engagement or a manager may do this.", by="low manager"),
    closed(
        "A second person must do this, not the one who wrote it.", by="manager", rows=begun_by_the_manager
    ),
)
WROTE_IT = "Whoever wrote any of it can't approve it; a second person must."
OF_CONTRACT = (*SECOND_PERSON, closed(WROTE_IT, by="manager", subject=written_by_the_manager))
OF_AMENDMENT = (*SECOND_PERSON, closed(WROTE_IT, by="manager", rows=rewritten_by_the_manager))


def fee(amount, due=30):
    return [FeeRow(name="全款", amount=amount, due_on=e.days(due))]


FEES = (
    *amounts("fees", fee),
    lacks("“全款” is due in the past.", field="fees", values=lambda w, s: {"fees": fee(Decimal(50000), -1)}),
)


def altered(**values):
    """An amendment with these changes and no other."""
    return lambda w, s: {"changes": [], "new_end": None, "fees": [], **values}


ENDED = lacks(
    "The contract has ended.",
    "6.2.i",
    "Withdraw the amendment.",
    rows=lambda w, s: Contract.objects.filter(pk=s.contract_id).update(state=ContractState.ENDED),
)
TWICE = [
    ChangeRow(letter=Letter.A, after="增加一次现场辅导"),
    ChangeRow(letter=Letter.A, after="增加两次现场辅导"),
]
CHANGES = (
    *FEES,
    lacks("Name an element that changes, a new end or new fees.", field="changes", values=altered()),
    lacks("Each element is named once.", field="changes", values=altered(changes=TWICE)),
    lacks(
        "The end lies in the past, or before the contract begins.", field="new_end",
        values=lambda w, s: {"new_end": e.days(0)},  # the contract begins tomorrow
    ),
    lacks("The contract ends on this day already.", field="new_end", values=lambda w, s: {"new_end": e.days(91)}),
)  # fmt: skip


def draft_another(world, contract):
    Amendment.objects.create(
        engagement=contract.engagement,
        contract=contract,
        number="BG-示例-1",
        reason="示例",
        drafted_by=world.cast.consultant,
    )


def have_a_contract(world, engagement):
    Contract.objects.create(
        engagement=engagement,
        number="HT-示例-1",
        begins_on=e.days(1),
        ends_on=e.days(9),
        drafted_by=world.cast.consultant,
    )


def yesterday(says, field):
    return lacks(says, field=field, values=lambda w, s: {field: e.days(-1)})


def paid(says, amount, **how):
    return lacks(says, field="amount", values={"amount": Decimal(amount)}, **how)


example(
    "draft_contract",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {**terms(w, s), "secrecy_years": 3},
    lacking=(
        lacks("This engagement already has the contract HT-示例-1.", "6.2", "Open it.", rows=have_a_contract),
        *PERIOD,
        NO_INSTITUTION,
    ),
)
example(
    "set_contract_terms", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {**terms(w, s), "technical_kind": TechnicalContractKind.SERVICE},
    lacking=(NOT_AWAITED, *PERIOD),
)  # fmt: skip
example(
    "write_contract_element",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"letter": Letter.F, "text": "各担其责"},
    lacking=(NOT_AWAITED,),
)
example("set_fee_schedule", by="consultant", allowed=IN_CHARGE, values=schedule, lacking=(NOT_AWAITED, *FEES))
example("submit_contract", by="consultant", allowed=IN_CHARGE, lacking=TEN_ELEMENTS)
example("approve_contract", by="manager", allowed=MANAGER, lacking=(*TEN_ELEMENTS, *OF_CONTRACT))
example(
    "return_contract",
    by="manager",
    allowed=MANAGER,
    values=lambda w, s: {"reason": "验收方法不清"},
    lacking=OF_CONTRACT,
)
example("send_contract", by="consultant", allowed=IN_CHARGE, lacking=(*TEN_ELEMENTS, NO_INSTITUTION))
example(
    "recall_contract",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"reason": "客户要改期限"},
    lacking=(NOT_AWAITED,),
)
example(
    "store_signed_contract",
    by="consultant",
    allowed=IN_CHARGE,
    values=signed,
    lacking=(
        NOT_AWAITED,
        still_to_come("signed_on"),
        yesterday("The contract was sent later than this day.", "signed_on"),
    ),
)
example(
    "register_technical_contract", by="consultant", allowed=IN_CHARGE, values=registered,
    lacking=(
        lacks(
            "Choose the kind under which it was registered.", field="kind",
            values={"kind": TechnicalContractKind.NONE},
        ),
        lacks(
            "The technology amount is above the contract's total.", field="technology_amount",
            values={"technology_amount": Decimal("50000.51")},  # of 50000.50
        ),
        *amounts("technology_amount"),
    ),
)  # fmt: skip
example(
    "draft_amendment", by="consultant", allowed=IN_CHARGE, values=change,
    lacking=(
        lacks(
            "The amendment BG-示例-1 is still open.", "6.2.i", "Sign it or withdraw it first.", rows=draft_another
        ),
        *CHANGES,
    ),
)  # fmt: skip


def money_came_in(_world, amendment):
    """On a line that it replaces by another of one yuan."""
    line = amendment.contract.fees.create(
        engagement=amendment.engagement,
        name="示例期次",
        amount=Decimal(100),
        due_on=clock.today(),
        paid=Decimal(50),
    )
    terms = {"name": line.name, "amount": "1.00", "due_on": line.due_on.isoformat()}
    type(amendment).objects.filter(pk=amendment.pk).update(
        new_fees=[terms], replaced_fees=[{"id": line.pk, **terms}]
    )


example("approve_amendment", by="manager", allowed=MANAGER, lacking=(*OF_AMENDMENT, ENDED, NO_INSTITUTION))
example(
    "return_amendment",
    by="manager",
    allowed=MANAGER,
    values=lambda w, s: {"reason": "费用未列明"},
    lacking=OF_AMENDMENT,
)
example("revise_amendment", by="consultant", allowed=IN_CHARGE, values=change, lacking=(ENDED, *CHANGES))
example(
    "withdraw_amendment", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "客户不再需要"}
)
example(
    "sign_amendment",
    by="consultant",
    allowed=IN_CHARGE,
    values=signed,
    lacking=(
        ENDED,
        still_to_come("signed_on"),
        yesterday("The contract itself was signed later than this day.", "signed_on"),
        lacks(
            "50.00 yuan came in on “示例期次”, which this amendment replaces by less.",
            "6.2.d",
            "Withdraw the amendment and draft it anew; what is paid then stays as it is.",
            rows=money_came_in,
        ),
    ),
)
example(
    "receive_custody",
    by="consultant",
    allowed=AT_WORK,
    asked_in=Stage.IMPLEMENTING,
    values=received,
    lacking=(still_to_come("received_on"),),
)
example(
    "return_custody",
    by="member",
    allowed=AT_WORK,
    values=lambda w, s: {"returned_to": "示例客户", "returned_on": clock.today()},
    lacking=(
        lacks(
            "This went back already.",
            "6.2.e",
            settled=True,
            rows=lambda w, s: type(s).objects.filter(pk=s.pk).update(returned_on=clock.today()),
        ),
        still_to_come("returned_on"),
        yesterday("It was received later than this day.", "returned_on"),
    ),
)
example(
    "record_payment", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"amount": Decimal("100.00"), "paid_on": clock.today()},
    lacking=(
        lacks(
            "The contract is not signed yet.", "6.2.d", "Payments are recorded once it is signed.",
            rows=lambda w, s: Contract.objects.filter(pk=s.contract_id).update(state=ContractState.SENT),
        ),
        lacks(
            "This instalment is paid in full.", "6.2.d", settled=True,
            rows=lambda w, s: FeeLine.objects.filter(pk=s.pk).update(paid=s.amount),
        ),
        paid(
            "Only 20,000.50 yuan are outstanding on this instalment.", "20000.51",
            remedy="Record the rest on the instalment it belongs to.",
        ),
        *amounts("amount"),
        still_to_come("paid_on"),
    ),
)  # fmt: skip
example(
    "take_back_payment", by="consultant", allowed=IN_CHARGE, subject=lambda w, _state: w.of(FeeLine, "paid"),
    values=lambda w, s: {"amount": Decimal("100.00"), "reason": "误录"},
    lacking=(
        lacks(
            "Nothing is paid on this instalment.", "6.2.d", settled=True,
            rows=lambda w, s: FeeLine.objects.filter(pk=s.pk).update(paid=0),
        ),
        paid("Only 30,000.00 yuan were paid on this instalment.", "30000.01"),
        *amounts("amount"),
    ),
)  # fmt: skip
