"""Enterprises, what hangs on them, lists imported, records merged."""

from datetime import date, timedelta
from decimal import Decimal

from tests.declared import inner, row, seen, wordless
from tests.every_operation.example import IN_CHARGE, STAFF, example, retiring
from tests.every_operation.lacking import closed, lacks
from tests.factories import enterprises, files
from tests.factories.lists import importing

from keqiao.enterprises.models import Enterprise, FigureKind, Tag
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.levels import Level

RESPONSIBLE = IN_CHARGE
FIGURES_HEAD = "统一社会信用代码,年份,指标,数值,来源,来源日期"
CONTACTS_HEAD = "统一社会信用代码,联系人,联系电话"
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


RESPONSIBLE_ONLY = "Only the responsible consultant or a manager may do this."


def opened(world, _subject):
    Enterprise.objects.filter(pk=world.ours.pk).update(level=Level.PUBLIC)


def now_open(world, _subject):
    return {"enterprise": Enterprise.objects.get(pk=world.ours.pk)}


# Who is cleared for the enterprise, and not for what is written of it.
ABOVE_CLEARANCE = lacks(
    "You would write something that is not open to you.",
    "",
    "Ask whoever is responsible for it.",
    by="low manager",
    rows=opened,
    values=now_open,
)
OF_ANOTHERS_CLIENT = lacks(RESPONSIBLE_ONLY, by="consultant", values=lambda w, s: {"enterprise": w.theirs})
ADDED = (OF_ANOTHERS_CLIENT, ABOVE_CLEARANCE)
TAKEN = "This figure of this year is already recorded; change it instead."
YEAR = "The year must lie between 1949 and 2100."
FIGURES = (
    *ADDED,
    lacks(YEAR, field="__all__", values={"year": 1948}),
    *(
        lacks(said, field=field, values=values)
        for said, field, values in (
            ("This year is still to come.", "year", {"year": 2099}),
            ("This day hasn't come yet.", "source_date", {"source_date": clock.today() + timedelta(days=1)}),
            (
                "The source is older than the year it speaks of.",
                "source_date",
                {"source_date": date(2018, 1, 1)},
            ),
            (
                "People are counted in whole numbers.",
                "amount",
                {"kind": FigureKind.STAFF_RD, "amount": Decimal("12.5")},
            ),
            ("R&D expense is never below 0.", "amount", {"amount": Decimal("-1.00")}),
        )
    ),
)

CODE_TAKEN = lacks(
    "An enterprise with this credit code is recorded already.",
    "",
    "Look for it by its code; it may have been merged into another.",
    field="uscc",
    values=lambda w, s: {"uscc": w.theirs.uscc},
)
example(
    "create_enterprise", by="consultant", allowed=STAFF - {"low manager"}, form_opens_to=STAFF, values=profile,
    lacking=(lacks(RESPONSIBLE_ONLY, by="low manager"), CODE_TAKEN),
)  # fmt: skip
example(
    "update_enterprise", by="consultant", allowed=RESPONSIBLE, values=profile,
    lacking=(closed(RESPONSIBLE_ONLY, by="outsider"), CODE_TAKEN),
)  # fmt: skip
example(
    "create_contact", by="consultant", allowed=RESPONSIBLE, form_opens_to=STAFF, values=of_ours, lacking=ADDED
)
example("update_contact", by="consultant", allowed=RESPONSIBLE, values=of_ours, lacking=ADDED)
retiring("contact", by="consultant", allowed=RESPONSIBLE, others=closed(RESPONSIBLE_ONLY, by="outsider"))
example(
    "create_yearly_figure", by="consultant", allowed=RESPONSIBLE, form_opens_to=STAFF, values=figure,
    lacking=(
        *FIGURES,
        lacks(TAKEN, field="__all__", values={"year": 2025, "kind": FigureKind.SALES}),
    ),
)  # fmt: skip
example("update_yearly_figure", by="consultant", allowed=RESPONSIBLE, values=figure, lacking=FIGURES)
row(lambda _world: Tag.objects.create(name="示例标签"))
example("create_tag", by="outsider", allowed=STAFF, values=lambda w, s: {"name": "示例新标签"})
importing(
    "enterprises",
    LIST,
    by="consultant",
    allowed=STAFF,
    needed="enterprise name”、“unified social credit code",
    there=(enterprises.credit_code(8_000_003), lambda key: Enterprise.objects.create(name="示例", uscc=key)),
)
importing(
    "tags",
    "标签\n示例导入的标签\n",
    by="consultant",
    allowed=STAFF,
    needed="tag",
    there=("示例已有标签", lambda key: Tag.objects.create(name=key)),
)
importing(
    "figures",
    lambda w: f"{FIGURES_HEAD}\n{w.ours.uscc},2024,rd_expense,12.50,示例审计报告,2026-01-31\n",
    by="consultant",
    allowed=STAFF,
    head=FIGURES_HEAD,
    needed="unified social credit code”、“year”、“figure”、“amount”、“source”、“date of the source",
)
importing(
    "contacts",
    lambda w: f"{CONTACTS_HEAD}\n{w.ours.uscc},示例新联系人,0575-1111111\n",
    by="consultant",
    allowed=STAFF,
    head=CONTACTS_HEAD,
    needed="unified social credit code”、“contact",
)
example("update_tag", by="outsider", allowed=STAFF, values=lambda w, s: {"name": "示例改名"})
example(
    "add_enterprise_file", by="consultant", allowed=RESPONSIBLE,
    values=lambda w, s: {"file": files.text(), "note": "示例"},
)  # fmt: skip
STANDS = "Choose another record that still stands."


def merged(enterprise, into):
    Enterprise.objects.filter(pk=enterprise.pk).update(merged_into=into)


def unable(key, name, **as_is):
    """This person, who is so, can't be responsible."""
    from keqiao.accounts.models import User

    said = f"“{name}” may not see this enterprise: role or clearance is lacking."
    rows = lambda w, s: User.objects.filter(pk=w.person(key).pk).update(**as_is)  # noqa: E731 - a rule in one line
    return lacks(said, field="owner", rows=rows, values=lambda w, s: {"owner": w.person(key)})


example(
    "merge_enterprises",
    by="manager",
    allowed=frozenset({"manager"}),
    values=lambda w, s: {"into": w.theirs, "reason": "同一信用代码"},
    lacking=(
        closed("Only a manager may do this.", by="consultant"),
        closed(RESPONSIBLE_ONLY, by="low manager"),
        lacks(STANDS, field="into", values=lambda w, s: {"into": s}),
        lacks(STANDS, field="into", rows=lambda w, s: merged(w.theirs, enterprises.enterprise())),
        lacks(STANDS, field="into", rows=lambda w, s: merged(s, enterprises.enterprise())),
        lacks(
            "2025 Sales income differs: 1000000.00 here, 999999.99 there.",
            "",
            "Correct the wrong one first.",
            field="into",
            rows=lambda w, s: enterprises.figure(enterprise=w.theirs, amount=Decimal("999999.99")),
        ),
    ),
)
example(
    "assign_enterprise_owner", by="consultant", allowed=RESPONSIBLE, values=lambda w, s: {"owner": w.person("outsider"), "reason": "专业更对口"},
    lacking=(
        unable("outsider", "示例外组顾问", clearance=Level.PUBLIC),
        unable("auditor", "示例审计员", clearance=Level.TRADE_SECRET),
    ),
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

UP = {"level": Level.TRADE_SECRET, "reason": "涉及核心技术"}
NOT_HIGHER = lacks(
    "Choose a higher classification than “Internal”.",
    "",
    "Lowering takes two people: propose it, and a manager confirms it.",
    field="level",
    values={"level": Level.INTERNAL},
)
NOT_CLEARED = lacks(
    "Your clearance doesn't reach this classification.",
    "",
    "Ask a manager whose clearance does.",
    field="level",
    values={"level": Level.CORE_TRADE_SECRET},
)
example(
    "raise_level", by="consultant", allowed=RESPONSIBLE, values=lambda w, s: UP, lacking=(NOT_HIGHER, NOT_CLEARED),
    others=lambda w, s: {"reason": "另有原因"},
)  # fmt: skip


def itself(_world, subject):
    return {"record": f"enterprises.enterprise:{subject.pk}", "level": Level.PUBLIC, "reason": "已公开"}


example(
    "propose_lower_level",
    by="consultant",
    allowed=RESPONSIBLE,
    values=itself,
    lacking=(
        lacks("Choose what is to be lowered.", field="record", values={"record": "enterprises.contact:0"}),
        lacks(
            "Choose a lower classification than “Internal”.", field="level", values={"level": Level.INTERNAL}
        ),
    ),
)
SECOND = "A second person confirms it: a manager whose clearance reaches the present classification, and not who proposed it."
TAKES_BACK = (
    "Only who proposed it, or a manager whose clearance reaches the classification, takes the proposal back."
)


def proposed_by(key):
    return lambda w, s: type(s).objects.filter(pk=s.pk).update(proposed_by=w.person(key))


def raised_since(_world, lowering):
    Enterprise.objects.filter(pk=lowering.enterprise_id).update(level=Level.TRADE_SECRET)


example(
    "confirm_lower_level",
    by="manager",
    allowed=frozenset({"manager"}),
    lacking=(
        closed(SECOND, by="manager", rows=proposed_by("manager")),
        lacks(
            "The classification was changed after this was proposed.",
            "",
            "Decline it; then propose again what is right now.",
            rows=raised_since,
        ),
    ),
)
example(
    "decline_lower_level", by="manager", allowed=RESPONSIBLE, values=lambda w, s: {"why": "仍需保密"},
    lacking=(closed(TAKES_BACK, by="consultant", rows=proposed_by("manager")),),
)  # fmt: skip

seen("enterprises", of_others=1)
inner("Lowering")
wordless("lowerings")  # a proposal is written on the enterprise, and decided in a word
seen("tags", reference=True)
