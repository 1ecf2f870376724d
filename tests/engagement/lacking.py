"""Conditions that several steps of an engagement ask for, each taken away alone."""

from decimal import Decimal
from typing import Any

from tests.every_operation.lacking import Lacking, lacks
from tests.factories import engagements as e

from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Custody, Engagement
from keqiao.kernel.platform import clock
from keqiao.organisation.models import Institution

TOO_SMALL = "An amount must be above zero and below a million million."
TOO_FINE = "An amount has at most two decimals."
NO_INSTITUTION = lacks(
    "The institution has no name yet.",
    remedy="A manager enters it under Organisation.",
    rows=lambda w, s: Institution.objects.all().delete(),
)


def move(engagement: Engagement, state: str) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(state=state)


def while_in(state: Stage, clause: str) -> Lacking:
    """The engagement of this part stands in a state to which the step doesn't belong."""
    with_label = f"The engagement is in the state “{LABELS[state]}”."
    return lacks(with_label, clause, settled=True, rows=lambda w, s: move(s.engagement, state))


LABELS = {Stage.SUSPENDED: "Suspended", Stage.CANCELLED: "Cancelled"}


def amounts(field: str, as_value: Any = lambda amount: amount, *, name: str = "") -> tuple[Lacking, Lacking]:
    """Nothing, and a tenth of a cent."""
    return (
        lacks(TOO_SMALL, field=field, values=lambda w, s: {name or field: as_value(Decimal(0))}),
        lacks(TOO_FINE, field=field, values=lambda w, s: {name or field: as_value(Decimal("0.001"))}),
    )


def still_to_come(field: str, says: str = "This day is still to come.") -> Lacking:
    return lacks(says, field=field, values=lambda w, s: {field: e.days(1)})


def keep_sample(world: Any, engagement: Engagement) -> None:
    Custody.objects.create(
        engagement=engagement, what="示例样品", quantity="1 件", kept_at="样品柜", received_from="示例客户",
        received_on=clock.today(),
    )  # fmt: skip


STILL_KEPT = lacks("“示例样品” is still in our keeping.", "6.2.e", "Return it first.", rows=keep_sample)
