"""The catalogue, kept by managers and read by everyone who signs in."""

from datetime import date

from tests.declared import seen
from tests.every_operation.example import MANAGERS, example, retiring
from tests.every_operation.lacking import lacks
from tests.factories.catalogue import offer

from keqiao.catalogue.models import Offer, ServiceItem


def kept(stem, values):
    for verb in ("create", "update"):
        example(f"{verb}_{stem}", by="manager", allowed=MANAGERS, values=values)


def item(world, _subject):
    return {"family": world.cast.item.family, "code": "5.3.zz", "name": "示例新服务"}


def not_offered(world, _state):
    world.cast.item.offers.all().delete()
    return world.cast.item


def part(world, _subject):
    return {"item": world.cast.item, "name": "示例条目"}


kept("service_family", lambda w, s: {"code": "5.9", "name": "示例新类别"})
kept("service_item", item)
for stem in ("material_kind", "milestone_template", "deliverable_kind"):
    kept(stem, part)
for stem in ("service_item", "material_kind", "milestone_template", "deliverable_kind"):
    retiring(stem, by="manager", allowed=MANAGERS)
example(
    "begin_offer", by="manager", allowed=MANAGERS, subject=not_offered,
    values=lambda w, s: {"since": date(2026, 3, 1), "scope": "示例范围"}, others=lambda w, s: {"scope": "别的范围"},
    lacking=(
        lacks(
            "This item is retired.", "4.1.1", "Use it again first.",
            rows=lambda w, s: ServiceItem.objects.filter(pk=s.pk).update(retired_on=date(2026, 2, 1)),
        ),
        lacks("It is offered already.", "4.1.1", "End that offer first.", rows=lambda w, s: offer(s)),
        lacks(
            "An earlier offer lasts until then.", field="since",
            rows=lambda w, s: Offer.objects.create(item=s, since=date(2026, 1, 1), until=date(2026, 3, 1)),
        ),
    ),
)  # fmt: skip
example(
    "end_offer", by="manager", allowed=MANAGERS, values=lambda w, s: {"until": date(2026, 3, 31)},
    subject=lambda w, _state: w.cast.item, others=lambda w, s: {"until": date(2026, 4, 30)},
    lacking=(
        lacks("It isn't offered.", "4.1.1", "Offer it first.", subject=not_offered),
        lacks(
            "This lies before the day from which it is offered.", field="until",
            values={"until": date(2025, 12, 31)},  # it is offered since New Year
        ),
    ),
)  # fmt: skip

for slug, why in {
    "service-items": "what the institution offers",
    "service-families": "what the institution offers",
    "checklist": "what a service asks for",
    "milestone-templates": "what a service usually does",
    "deliverable-kinds": "what a service yields",
    "offers": "what the institution offers, from when until when",
}.items():
    seen(slug, for_all=why, reference=True)
