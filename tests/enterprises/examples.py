"""Enterprises, what hangs on them, lists imported, records merged."""

from datetime import date
from decimal import Decimal

from tests.declared import row, seen
from tests.every_operation.example import IN_CHARGE, STAFF, example, retiring
from tests.factories import enterprises, files

from keqiao.enterprises.models import Enterprise, FigureKind, Tag

RESPONSIBLE = IN_CHARGE
NEW_CODE = enterprises.credit_code(8_000_001)


def of_ours(world, _subject):
    return {"enterprise": world.ours, "name": "示例新联系人", "phone": "0575-1111111"}


def figure(world, _subject):
    return {
        "enterprise": world.ours, "year": 2024, "kind": FigureKind.RD_EXPENSE, "amount": Decimal("12.50"), "source": "示例审计报告",
        "source_date": date(2026, 1, 31),
    }  # fmt: skip


def profile(world, _subject):
    return {"name": "示例新企业（虚构）", "uscc": NEW_CODE, "address": "示例路 9 号"}


example(
    "create_enterprise", by="consultant", allowed=STAFF - {"low manager"}, form_opens_to=STAFF, values=profile
)
example("update_enterprise", by="consultant", allowed=RESPONSIBLE, values=profile)
example("create_contact", by="consultant", allowed=RESPONSIBLE, form_opens_to=STAFF, values=of_ours)
example("update_contact", by="consultant", allowed=RESPONSIBLE, values=of_ours)
retiring("contact", by="consultant", allowed=RESPONSIBLE)
example("create_yearly_figure", by="consultant", allowed=RESPONSIBLE, form_opens_to=STAFF, values=figure)
example("update_yearly_figure", by="consultant", allowed=RESPONSIBLE, values=figure)
row(lambda _world: Tag.objects.create(name="示例标签"))
example("create_tag", by="outsider", allowed=STAFF, values=lambda w, s: {"name": "示例新标签"})
example("update_tag", by="outsider", allowed=STAFF, values=lambda w, s: {"name": "示例改名"})
example(
    "add_enterprise_file", by="consultant", allowed=RESPONSIBLE,
    values=lambda w, s: {"file": files.text(), "note": "示例"},
)  # fmt: skip
example(
    "merge_enterprises",
    by="manager",
    allowed=frozenset({"manager"}),
    values=lambda w, s: {"into": w.theirs, "reason": "同一信用代码"},
)
example(
    "assign_enterprise_owner", by="consultant", allowed=RESPONSIBLE, values=lambda w, s: {"owner": w.person("outsider"), "reason": "专业更对口"},
)  # fmt: skip


def tagged(world, _state):
    one = world.of(Enterprise)
    one.tags.add(world.of(Tag))
    return one


def other_tag(world, _subject):
    return {"tag": Tag.objects.create(name="示例另一标签")}


example(
    "tag_enterprise",
    by="consultant",
    allowed=RESPONSIBLE,
    values=lambda w, s: {"tag": w.of(Tag)},
    others=other_tag,
)
example(
    "untag_enterprise",
    by="consultant",
    allowed=RESPONSIBLE,
    subject=tagged,
    values=lambda w, s: {"tag": w.of(Tag)},
    others=other_tag,
)

seen("enterprises", of_others=1)
seen("tags", reference=True)
