"""What loans ask of the house and tell it, for modules that don't know them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from tests.sample.models import Loan
from tests.sample.queries import of_engagement
from tests.sample.states import LoanState

from keqiao.accounts.models import User
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise
from keqiao.facts.registry import Fact, Known, declare
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.steps.gates import gate
from keqiao.kernel.steps.holdings import held_by
from keqiao.kernel.steps.operation import get
from keqiao.kernel.steps.pack_parts import pack_part
from keqiao.kernel.steps.reactions import reaction
from keqiao.kernel.steps.served import ServiceLine, served
from keqiao.kernel.steps.ties import tie

OUT = Q(state=LoanState.LENT)


def still_out(engagement: Engagement) -> Iterator[Missing]:
    for loan in of_engagement(engagement, SYSTEM).filter(OUT):
        text = _("“%(name)s” is still on loan.") % {"name": loan.equipment}
        yield Missing(text, remedy=_("Take it back first."))


def keep_slip(loan: Loan) -> None:
    get("keep_loan_slip")(loan=loan, actor=SYSTEM)


def its_cases(engagement: Engagement) -> list[str]:
    return [loan.journal_case for loan in of_engagement(engagement, SYSTEM)]


def on_loan(enterprise: Enterprise, on: date, actor: Actor) -> dict[str, Known]:
    there = policy.visible(Loan, actor).filter(OUT, enterprise=enterprise).count()
    known = Known(value=there, period=on.isoformat(), source=say("Equipment loans"), source_date=on)
    return {"equipment_on_loan": known} if there else {}


def service_line(loan: Loan, _actor: Actor) -> ServiceLine:
    return ServiceLine(
        title=str(loan),
        item="",
        began_on=loan.lent_on or loan.wanted_on,
        ended_on=loan.returned_on,
        time=f"{loan.lent_on} – {loan.returned_on or ''}",
        content=loan.equipment,
        process=str(loan.get_state_display()),
        effect=loan.purpose,
        evaluation=loan.condition,
    )


gate(step="archive_engagement", name=_("Equipment returned"), clause="4.1.3", missing=still_out)
reaction(name="loan-slip", after="lend_equipment", do=keep_slip, takes=("keep_loan_slip",), within=True)
pack_part(of=Engagement, name=_("Equipment loans"), cases=its_cases)
declare(
    source=_("Equipment loans"),
    facts=[Fact("equipment_on_loan", _("Equipment on loan"), "count", "")],
    read=on_loan,
)
served(Loan, enterprise="enterprise", line=service_line, when=~Q(state=LoanState.REQUESTED))
held_by(Loan, person="keeper_id", label=_("Equipment handed out"), when=OUT, day="due_on")
tie(
    "loan_keeper",
    label=_("Lent equipment to"),
    model=Loan,
    ends=((User, "keeper_id"), (Enterprise, "enterprise_id")),
    when=Q(keeper__isnull=False),
    since="lent_on",
    until="returned_on",
)
