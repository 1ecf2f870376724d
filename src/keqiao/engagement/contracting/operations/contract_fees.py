"""6.2 d: the fee schedule, as set while the contract is written and as an amendment leaves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.contracting.models import Amendment, Contract, FeeLine
from keqiao.engagement.contracting.operations.contract_money import exact
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Invalid, Missing
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


def set_fees(contract: Contract, fees: Iterable[FeeRow]) -> None:
    """The schedule of a contract that is still written, on which nothing can be paid."""
    contract.fees.all().delete()
    for row in fees:
        _add(contract, row)


def _add(contract: Contract, row: FeeRow) -> None:
    FeeLine.objects.create(
        engagement=contract.engagement,
        contract=contract,
        name=row.name,
        amount=row.amount,
        due_on=row.due_on,
    )


def as_data(fees: Iterable[FeeRow]) -> list[dict[str, Any]]:
    return [{"name": row.name, "amount": str(row.amount), "due_on": row.due_on.isoformat()} for row in fees]


def unpaid_now(contract: Contract, fees: Sequence[FeeRow]) -> list[dict[str, Any]]:
    """The lines that `fees` replace, as they are kept with the amendment: those on which nothing is paid at this moment."""
    unpaid = [line for line in contract.schedule if not line.paid] if fees else []
    return [{"id": line.pk, **terms} for line, terms in zip(unpaid, as_data(rows_of(unpaid)), strict=True)]


def replace_fees(amendment: Amendment) -> None:
    """The new lines take the place of those the amendment names. Money that came in on one of them since stands on the new
    line of its name, else on the next that is due."""
    paired, new = _paired(amendment)
    _replaced(amendment).exclude(pk__in=[line.pk for line, _row in paired]).delete()
    for line, row in paired:
        line.name, line.amount, line.due_on = row.name, row.amount, row.due_on
        line.version += 1
        line.save()
    for row in new:
        _add(amendment.contract, row)


def money_fits(amendment: Amendment) -> list[Missing]:
    """What came in since the drafting has a new line that is as large, or somebody must decide."""
    paired, _new = _paired(amendment)
    placed = {line.pk for line, row in paired if line.paid <= row.amount}
    return [
        Missing(
            _("%(paid)s yuan came in on “%(name)s”, which this amendment replaces by less.")
            % {"paid": f"{line.paid:,.2f}", "name": line.name},
            "6.2.d",
            _("Withdraw the amendment and draft it anew; what is paid then stays as it is."),
        )
        for line in _paid(amendment)
        if line.pk not in placed
    ]


def _replaced(amendment: Amendment) -> QuerySet[FeeLine]:
    return amendment.contract.fees.filter(pk__in=[row["id"] for row in amendment.replaced_fees])


def _paid(amendment: Amendment) -> list[FeeLine]:
    return list(_replaced(amendment).filter(paid__gt=0).order_by("due_on", "pk"))


def _paired(amendment: Amendment) -> tuple[list[tuple[FeeLine, FeeRow]], list[FeeRow]]:
    """Each replaced line on which money came in, with the new line it becomes; and the new lines that are left."""
    free = sorted((FeeRow(*terms) for terms in amendment.fees_after), key=lambda row: row.due_on)
    names = {row.name for row in free}
    paired = []
    for line in sorted(_paid(amendment), key=lambda line: line.name not in names):
        row = next((row for row in free if row.name == line.name), next(iter(free), None))
        if row is not None:
            free.remove(row)
            paired.append((line, row))
    return paired, free
