"""Enterprises, what hangs on them, lists imported, records merged."""

from datetime import date
from decimal import Decimal

from tests.declared import internal, row, seen, topic, walked, without_data
from tests.every_operation.example import IN_CHARGE, NOBODY, STAFF, example, retiring
from tests.factories import enterprises, files

from keqiao.enterprises.models import Enterprise, FigureKind, Tag

RESPONSIBLE = IN_CHARGE
NEW_CODE = enterprises.credit_code(8_000_001)
LIST = f"企业名称,统一社会信用代码\n示例新企业（虚构）,{enterprises.credit_code(8_000_002)}\n"


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
    "check_import", by="consultant", allowed=STAFF, values=lambda w, s: {"file": files.text("名单.csv", content=LIST)},
    others=lambda w, s: {"file": files.text("另一份名单.csv", content=LIST)},
)  # fmt: skip
example("import_enterprises", by="consultant", allowed=STAFF)
example("stop_import", by="consultant", allowed=STAFF)
example(
    "finish_import",
    by="consultant",
    allowed=STAFF,
    not_exposed="the worker's last step, once every row is made ready",
)
example(
    "give_up_import", by="system", allowed=NOBODY, values=lambda w, s: {"reason": "示例原因"},
    not_exposed="the worker met what forbids to write",
)  # fmt: skip
example("undo_import", by="consultant", allowed=STAFF)
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
seen("imports", reference=True)
internal("enterprises.StagedRow", "what a job made ready and has not written: seen by nobody")
internal("enterprises.ImportedRow", "what an import did, shown by the import")
topic("import", "acts for a person, and asks again whether they still may (test_import_job.py)")
without_data("imports/<int:pk>/progress/", "two numbers")
without_data("imports/template.xlsx", "an empty form to fill in")
walked(
    "imports/<int:pk>/progress",
    lambda found: [f"imports/{found.ours.rows_pk('Import', 'queued')}/progress"],
)
