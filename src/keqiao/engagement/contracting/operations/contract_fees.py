"""6.2 d: the fee schedule, as set while the contract is written and as an amendment leaves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.contracting.models import Contract, FeeLine
from keqiao.engagement.contracting.operations.contract_money import exact
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.steps.params import Prompt


@dataclass(frozen=True)
class FeeRow:
    name: Annotated[str, Prompt(label=_("Instalment"), max_length=120)]
    amount: Annotated[Decimal, Prompt(label=_("Amount"))]
    due_on: Annotated[date, Prompt(label=_("Due on"))]


def rows_of(fees: Iterable[FeeLine]) -> list[FeeRow]:
    return [FeeRow(name=fee.name, amount=fee.amount, due_on=fee.due_on) for fee in fees]


def check_fees(fees: Sequence[FeeRow]) -> None:
    for row in fees:
        exact(row.amount, field="fees")
        if row.due_on < clock.today():
            raise Invalid(_("“%(name)s” is due in the past.") % {"name": row.name}, field="fees")


def replace_unpaid(contract: Contract, fees: Iterable[FeeRow]) -> None:
    """These take the place of every line on which nothing was paid; what was paid on stays."""
    contract.fees.filter(paid=0).delete()
    for row in fees:
        FeeLine.objects.create(
            engagement=contract.engagement,
            contract=contract,
            name=row.name,
            amount=row.amount,
            due_on=row.due_on,
        )


def as_data(fees: Iterable[FeeRow]) -> list[dict[str, str]]:
    return [{"name": row.name, "amount": str(row.amount), "due_on": row.due_on.isoformat()} for row in fees]
