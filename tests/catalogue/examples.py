"""The catalogue, kept by managers and read by everyone who signs in."""

from datetime import date

from tests.declared import seen
from tests.every_operation.example import MANAGERS, example, retiring


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
)  # fmt: skip
example(
    "end_offer", by="manager", allowed=MANAGERS, values=lambda w, s: {"until": date(2026, 3, 31)},
    subject=lambda w, _state: w.cast.item, others=lambda w, s: {"until": date(2026, 4, 30)},
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
