"""6.2: contract, amendment, custody, money."""

from decimal import Decimal

from tests.every_operation.example import AT_WORK, IN_CHARGE, example
from tests.factories import engagements as e
from tests.factories import files

from keqiao.catalogue.models import TechnicalContractKind
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations.contract_amendment import ChangeRow
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.models import FeeLine, Letter
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


example(
    "draft_contract",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {**terms(w, s), "secrecy_years": 3},
)
example(
    "set_contract_terms", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {**terms(w, s), "technical_kind": TechnicalContractKind.SERVICE},
)  # fmt: skip
example(
    "write_contract_element",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"letter": Letter.F, "text": "各担其责"},
)
example("set_fee_schedule", by="consultant", allowed=IN_CHARGE, values=schedule)
example("submit_contract", by="consultant", allowed=IN_CHARGE)
example("approve_contract", by="manager", allowed=MANAGER)
example("return_contract", by="manager", allowed=MANAGER, values=lambda w, s: {"reason": "验收方法不清"})
example("send_contract", by="consultant", allowed=IN_CHARGE)
example("recall_contract", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "客户要改期限"})
example("store_signed_contract", by="consultant", allowed=IN_CHARGE, values=signed)
example("register_technical_contract", by="consultant", allowed=IN_CHARGE, values=registered)
example("draft_amendment", by="consultant", allowed=IN_CHARGE, values=change)
example("approve_amendment", by="manager", allowed=MANAGER)
example("return_amendment", by="manager", allowed=MANAGER, values=lambda w, s: {"reason": "费用未列明"})
example("revise_amendment", by="consultant", allowed=IN_CHARGE, values=change)
example(
    "withdraw_amendment", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "客户不再需要"}
)
example("sign_amendment", by="consultant", allowed=IN_CHARGE, values=signed)
example("receive_custody", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING, values=received)
example(
    "return_custody",
    by="member",
    allowed=AT_WORK,
    values=lambda w, s: {"returned_to": "示例客户", "returned_on": clock.today()},
)
example(
    "record_payment", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"amount": Decimal("100.00"), "paid_on": clock.today()},
)  # fmt: skip
example(
    "take_back_payment", by="consultant", allowed=IN_CHARGE, subject=lambda w, _state: w.of(FeeLine, "paid"),
    values=lambda w, s: {"amount": Decimal("100.00"), "reason": "误录"},
)  # fmt: skip
