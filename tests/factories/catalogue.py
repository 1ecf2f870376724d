"""A service item small enough to be carried through clause 6 quickly, with every kind of part."""

from datetime import date

from tests.factories.numbers import numbers

from keqiao.catalogue.models import (
    DeliverableKind,
    MaterialKind,
    MilestoneTemplate,
    Offer,
    ServiceFamily,
    ServiceItem,
    TechnicalContractKind,
)
from keqiao.engagement.case.operations.limits import LIMITS
from keqiao.engagement.models import StageLimit
from keqiao.organisation.models import Competence


def service_item(
    *, family: str = "5.3", competence: Competence | None = None, name: str = "", letter: str = ""
) -> ServiceItem:
    n = next(numbers)
    group, _new = ServiceFamily.objects.get_or_create(code=family, defaults={"name": f"示例类别 {family}"})
    made = ServiceItem.objects.create(
        family=group, code=f"{family}.{letter or f'z{n}'}", name=name or f"示例服务{n}", summary="示例服务内容", objectives="示例目标",
        contract_kind=TechnicalContractKind.CONSULTING, usual_days=90,
    )  # fmt: skip
    if competence:
        made.competences.add(competence)
    MaterialKind.objects.create(item=made, name="营业执照", proves="主体资格", required=True)
    MaterialKind.objects.create(item=made, name="产品照片", required=False, position=1)
    MilestoneTemplate.objects.create(item=made, name="材料初稿", day=20, result="初稿")
    DeliverableKind.objects.create(item=made, name="申报书", form="Word")
    offer(made)
    return made


def offer(item: ServiceItem, *, since: date = date(2026, 1, 1)) -> Offer:
    return Offer.objects.create(item=item, since=since)


def offer_all(since: date) -> None:
    for item in ServiceItem.objects.all():
        offer(item, since=since)


def stage_limits() -> None:
    for state, days in LIMITS.items():
        StageLimit.objects.get_or_create(state=state, defaults={"working_days": days})
