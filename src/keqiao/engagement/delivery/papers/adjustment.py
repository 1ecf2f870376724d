"""6.3.4 f: adjustment of the plan."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from keqiao.documents.parts import Head, Party
from keqiao.documents.registry import paper
from keqiao.engagement.case.papers import common
from keqiao.engagement.preparation.models.plan import Adjustment, Plan
from keqiao.kernel.platform import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    name: str
    text: str
    effect_on_time: str = ""
    effect_on_fee: str = ""
    risk: str = ""
    recommended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    option: str
    by: str
    at: datetime
    remark: str = ""


@paper("adjustment")
@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    plan_number: str
    plan_version: int
    cause: str
    options: tuple[Option, ...]
    answer_by: date | None = None
    choice: Choice | None = None

    def __post_init__(self) -> None:
        if len(self.options) < 2:  # noqa: PLR2004 - the client must have a choice
            raise ValueError("An adjustment offers the client at least two options (clause 6.3.4 f).")


def adjustment(row: Adjustment, *, plan: Plan) -> AdjustmentData:
    engagement = row.engagement
    number = engagement.adjustments.filter(pk__lte=row.pk).count()
    return AdjustmentData(
        head=common.head(f"{engagement.number}-TZ{number}", on=clock.today()),
        client=common.client(engagement),
        institution=common.ours(),
        engagement=common.titled(engagement),
        plan_number=plan.number,
        plan_version=plan.edition,
        cause=f"{row.reason}\n{row.basis}",
        options=tuple(
            Option(
                name=option.name,
                text=option.text,
                effect_on_time=f"至 {option.ends_on}" if option.ends_on else "",
            )
            for option in row.options.order_by("pk")
        ),
        choice=choice(row),
    )


def choice(row: Adjustment) -> Choice | None:
    if row.chosen is None or row.chosen_by is None or row.chosen_at is None:
        return None
    return Choice(option=row.chosen.name, by=row.chosen_by.name, at=timezone.localtime(row.chosen_at))
