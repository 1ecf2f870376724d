"""The catalogue, time limits, holidays and number formats: kept by managers."""

from datetime import date

from tests.every_operation.example import MANAGERS, example, retiring

from keqiao.engagement.case.states import Stage


def kept(stem, values, *, update=None, **how):
    example(f"create_{stem}", by="manager", allowed=MANAGERS, values=values, **how)
    example(f"update_{stem}", by="manager", allowed=MANAGERS, values=update or values, **how)


def item(world, _subject):
    return {"family": world.cast.item.family, "code": "5.3.zz", "name": "示例新服务"}


def not_offered(world):
    world.cast.item.offers.all().delete()
    return world.cast.item


def part(world, _subject):
    return {"item": world.cast.item, "name": "示例条目"}


kept("service_family", lambda w, s: {"code": "5.9", "name": "示例新类别"})
kept("service_item", item)
kept("material_kind", part)
kept("milestone_template", part)
kept("deliverable_kind", part)
kept(
    "contract_text", lambda w, s: {"item": w.cast.item, "letter": "i", "text": "示例条款"},
    others=lambda w, s: {"letter": "j"},
)  # fmt: skip
for stem in ("contract_text", "service_item", "material_kind", "milestone_template", "deliverable_kind"):
    retiring(stem, by="manager", allowed=MANAGERS)
example(
    "begin_offer", by="manager", allowed=MANAGERS, subject=lambda w, _state: not_offered(w),
    values=lambda w, s: {"since": date(2026, 3, 1), "scope": "示例范围"}, others=lambda w, s: {"scope": "别的范围"},
)  # fmt: skip
example(
    "end_offer", by="manager", allowed=MANAGERS, values=lambda w, s: {"until": date(2026, 3, 31)},
    subject=lambda w, _state: w.cast.item, others=lambda w, s: {"until": date(2026, 4, 30)},
)  # fmt: skip
kept(
    "stage_limit", lambda w, s: {"state": Stage.IMPLEMENTING, "working_days": 60},
    update=lambda w, s: {"state": Stage.DRAFT, "working_days": 7}, others=lambda w, s: {"working_days": 8},
)  # fmt: skip
kept(
    "holiday",
    lambda w, s: {"day": date(2031, 5, 1), "is_working": False, "name": "劳动节", "source": "示例通知"},
)
kept("holiday_year", lambda w, s: {"year": 2032, "source": "示例通知"})
kept(
    "number_format", lambda w, s: {"kind": "contract", "pattern": "HT{year}-{n:04d}"},
    update=lambda w, s: {"kind": "commission", "pattern": "WTS-{year}-{n:05d}"},
)  # fmt: skip
