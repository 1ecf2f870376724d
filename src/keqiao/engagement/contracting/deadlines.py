"""6.2: approval, signature, fees, amendments."""

from functools import partial

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.deadlines import STEP_DAY, part_of, step
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.approvals import written_by_others
from keqiao.engagement.contracting.models import Amendment, Contract, FeeLine
from keqiao.engagement.contracting.states import AmendmentState, ContractState
from keqiao.kernel.steps.deadlines.people import CHARGE, CLIENT, approver
from keqiao.kernel.steps.deadlines.registry import declare

part = part_of("6.2")
read_first = partial(part, form=False)

declare(
    step(Stage.ACCEPTED, clause="6.2", ends_with=("store_signed_contract", "cancel_engagement")),
    read_first(
        model=Contract,
        key="approval",
        when=Q(state=ContractState.IN_APPROVAL),
        day=STEP_DAY,
        waits_for=approver(written_by_others(Contract)),
        ends_with=("approve_contract", "return_contract"),
        text=_("Approve contract %(name)s"),
        named="number",
    ),
    read_first(
        model=Contract,
        key="signature",
        when=Q(state=ContractState.SENT),
        day=STEP_DAY,
        waits_for=CLIENT,
        ends_with=("store_signed_contract",),
        text=_("Sign contract %(name)s"),
        named="number",
    ),
    # No rule says by when a contract is changed, so an amendment waits without a day.
    read_first(
        model=Amendment,
        key="amendment",
        when=Q(state=AmendmentState.DRAFT, contract__state=ContractState.SIGNED),
        undated=True,
        waits_for=approver(written_by_others(Amendment)),
        ends_with=("approve_amendment", "return_amendment"),
        text=_("Approve amendment %(name)s"),
        named="number",
        clause="6.2.i",
    ),
    part(
        model=Amendment,
        key="amendment_returned",
        when=Q(state=AmendmentState.RETURNED),
        undated=True,
        waits_for=CHARGE,
        ends_with=("revise_amendment", "withdraw_amendment"),
        text=_("Rewrite amendment %(name)s"),
        named="number",
        clause="6.2.i",
    ),
    read_first(
        model=Amendment,
        key="amendment_signature",
        when=Q(state=AmendmentState.APPROVED, contract__state=ContractState.SIGNED),
        undated=True,
        waits_for=CLIENT,
        ends_with=("sign_amendment",),
        text=_("Sign amendment %(name)s"),
        named="number",
        clause="6.2.i",
    ),
    part(
        model=FeeLine,
        key="fee",
        when=Q(paid__lt=F("amount"), contract__state=ContractState.SIGNED),
        day="due_on",
        waits_for=CHARGE,
        ends_with=("record_payment",),
        text=_("Fee: %(name)s"),
        named="name",
        binding=True,
    ),
)
