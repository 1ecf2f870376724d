"""Index and query are folded alike; an entry of the calendar stays itself when its day moves."""

import json
from datetime import date

import icalendar
import pytest
from django.utils import translation
from tests.cases.doors import CASES
from tests.factories import contracts as make
from tests.factories.doors import browser_of, signed_in

from keqiao.accounts.models import Role
from keqiao.accounts.pages.calendar import as_ical
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise, Tag
from keqiao.faces.dues import Due, own
from keqiao.kernel.platform import clock, search
from keqiao.kernel.platform.autocomplete import suggestions
from keqiao.kernel.platform.policy import visible
from keqiao.kernel.steps.deadlines.pending import Span

pytestmark = pytest.mark.django_db
WIDTHS = json.loads((CASES / "search/width.json").read_text())
OTHERS = [
    {"stored": "示例①号仪器有限公司", "asked": "1号", "right": "found"},
    {"stored": "示例ｋｍ科技有限公司", "asked": "㎞", "right": "found"},
    {"stored": "示例金\uf90a科技有限公司", "asked": "金金", "right": "found"},
    {"stored": "示例\u200b隐形\u200b科技有限公司", "asked": "隐形", "right": "found"},
    {"stored": "示例ABC科技有限公司", "asked": "ＡＢＤ", "right": "not found"},
]


@pytest.mark.parametrize("case", [*WIDTHS, *OTHERS], ids=lambda case: f"{case['stored']} {case['asked']}")
def test_widths_in_the_search(case, person, enterprise, answer):
    manager = person(Role.MANAGER)
    row = enterprise(1, name=case["stored"])
    found = dict(search.find(actor=manager, text=case["asked"]))
    said = {True: "found", False: "not found"}
    listed = signed_in(manager).get("/api/v1/enterprises/", {"q": case["asked"]}).json()["items"]
    page = browser_of(manager).get("/enterprises/", {"q": case["asked"]}).content.decode()
    got = [
        said[row in found.get(Enterprise, [])],
        said[bool(listed)],
        said[f"/enterprises/{row.pk}/" in page],
    ]
    answer(f"search: {case['stored']} · {case['asked']}", right=[case["right"]] * 3, got=got)


def test_widths_in_a_chooser_without_an_index(person, answer):
    Tag.objects.create(name="ＡＢＣ类")
    got = [str(tag) for tag in suggestions(visible(Tag, person()), "abc")]
    answer("search: a chooser of tags", right=["ＡＢＣ类"], got=got)


CASE = json.loads((CASES / "calendar/feed-when-a-day-moves.json").read_text())


def events(dues: list[Due]) -> list:
    return icalendar.Calendar.from_ical(as_ical(dues)).walk("VEVENT")


def test_the_uid_stays_when_the_day_moves(answer):
    given = CASE["due"]
    days = [date.fromisoformat(CASE[name]) for name in ("day_before", "day_after")]
    dues = [Due(label=given["label"], url=given["page"], on=day, number=given["about"]) for day in days]
    [[before], [after]] = [events([due]) for due in dues]
    answer("calendar/feed-when-a-day-moves.json", right=str(before["uid"]), got=str(after["uid"]))
    assert after.decoded("last-modified") >= before.decoded("last-modified")


def test_the_uid_of_what_is_due_holds_neither_day_nor_step_and_is_its_own(answer):
    me = make.staff()
    for day in (3, 4):
        make.engagement(consultant=me, stage_due_on=date(2026, 12, day))
    span = Span(first=date(2026, 11, 1), last=date(2027, 3, 1))
    before = {str(event["summary"]): str(event["uid"]) for event in events(own(me, span))}
    Engagement.objects.update(stage_due_on=date(2027, 1, 11))
    with translation.override("en"):
        after = [str(event["uid"]) for event in events(own(me, span))]
    answer(
        "calendar: two engagements moved, in another language",
        right=sorted(before.values()),
        got=sorted(after),
    )
    assert len(set(after)) == 2
    assert not [uid for uid in after if "2026" in uid[-20:] or "/" in uid]
    assert clock.now()
