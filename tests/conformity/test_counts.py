"""Evidence is counted for the clause it belongs to, in the period asked for, and the same in every paper."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conformity.conftest import LAST_MINUTE, NEXT_MINUTE
from tests.documents.reading import pdf_text, word_of
from tests.factories.doors import browser_of
from tests.factories.engagements import engagement

from keqiao.conformity.clauses import find
from keqiao.conformity.queries import Period, entries_of, lines
from keqiao.engagement.case.states import Stage
from keqiao.kernel.platform import clock

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
ASKED = "begins=2026-03-01&ends=2026-03-31"
ACCEPTED, PLANNED, DELIVERED = "accept_commission", "confirm_plan", "accept_deliverable"


def line(clause, period=MARCH):
    return next(one for one in lines(period) if one.clause.id == clause)


def counts(clause, period=MARCH):
    return {one.evidence.ref: one.count for one in line(clause, period).counted if one.count is not None}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("5.3.c", (1, 0, 0)),
        ("5.3", (1, 0, 0)),
        ("5.5.d", (2, 1, 0)),
        ("5.5", (2, 1, 0)),
        ("5.3.d", (0, 0, 0)),
        ("5.1", (0, 0, 0)),
        ("5.1.a", (0, 0, 0)),
    ],
)
def test_a_service_counts_its_own_engagements_only(house, clause, expected):
    assert counts(clause) == dict(zip((ACCEPTED, PLANNED, DELIVERED), expected, strict=True))


def test_the_clauses_of_the_process_count_all_services(house):
    assert counts("6.1.3")[ACCEPTED] == 3
    assert counts("6.3.3")[PLANNED] == 1


def test_a_service_offered_and_asked_for_by_nobody_is_a_gap_and_one_not_offered_is_none(house):
    found = {one.clause.id: str(one.status) for one in lines(MARCH) if one.clause.id.startswith("5.5.")}
    assert found == {
        "5.5.a": "missing",
        "5.5.b": "not_offered",
        "5.5.c": "not_offered",
        "5.5.d": "met",
        "5.5.e": "not_offered",
    }


def test_the_page_of_a_service_lists_its_own_steps(house):
    (entry,) = entries_of(find(clause="5.3.c"), MARCH)
    assert (entry.operation, entry.case) == (ACCEPTED, f"engagement:{house['made']['5.3.c'].pk}")
    others = [(one.operation, one.case) for one in entries_of(find(clause="5.5.d"), MARCH)]
    implementing = f"engagement:{house['made']['5.5.d'].pk}"
    assert others[1:] == [(PLANNED, implementing), (ACCEPTED, implementing)]
    assert others[0][0] == ACCEPTED
    assert others[0][1] != implementing
    assert list(entries_of(find(clause="5.1.a"), MARCH)) == []


def test_the_page_shows_one_step_where_one_was_counted(house):
    page = house["reader"].get(f"/conformity/5.3.c/?{ASKED}")
    assert [one.label for one in page.context["entries"]] == ["受理委托"]
    assert page.context["row"].line.total == 1
    empty = house["reader"].get(f"/conformity/5.1.a/?{ASKED}")
    assert empty.context["entries"] == []


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (MARCH, 2),
        (Period(date(2026, 3, 31), date(2026, 3, 31)), 1),
        (Period(date(2026, 4, 1), date(2026, 4, 30)), 1),
        (Period(date(2026, 3, 2), date(2026, 4, 1)), 3),
        (Period(date(2026, 2, 1), date(2026, 3, 1)), 0),
    ],
)
def test_the_period_ends_with_its_last_minute_at_the_institution(later, period, expected):
    assert counts("5.3.c", period)[ACCEPTED] == expected
    assert entries_of(find(clause="5.3.c"), period).count() == expected


@pytest.fixture
def later(house):
    """Two more acceptances for 5.3.c: in the last minute of March, and in the first of April."""
    for moment in (LAST_MINUTE, NEXT_MINUTE):
        with clock.at(moment):
            engagement(house["casts"]["5.3.c"], state=Stage.ACCEPTED)


def test_gaps_come_first(house):
    page = house["reader"].get(f"/conformity/?{ASKED}")
    gaps = [row.id for row in page.context["gaps"]]
    assert gaps[:2] == ["4.1.2", "4.1.6.a"]
    assert "5.3.d" in gaps
    assert "5.3.c" not in gaps
    text = page.content.decode()
    assert text.index("缺少证据的条款") < text.index("全部条款")
    assert text.index('href="/conformity/5.3.d/') < text.index('href="/conformity/5.3.c/')


def test_ninety_five_clauses_cost_a_handful_of_queries(house):
    lines(MARCH)
    with CaptureQueriesContext(connection) as found:
        assert len([one for one in lines(MARCH) if not one.clause.is_heading]) == 95
    # steps, steps by service, what is offered, seven registers; two for each of eight shares and timely counts, one for each
    # of three open lists and of one rhythm
    assert len(found) == 3 + 7 + 2 * 8 + 3 + 1


def test_the_word_report_says_what_the_page_says(house):
    word = word_of(house["reader"].get(f"/conformity/report.docx?{ASKED}").content)
    gaps, every = [
        {row.cells[0].text: [cell.text for cell in row.cells[3:]] for row in table.rows}
        for table in word.tables[-2:]
    ]
    assert every["5.3.c"] == ["受理的委托（1）；服务对象确认的方案（0）；服务对象验收的成果（0）", "1"]
    assert every["5.5.d"] == ["受理的委托（2）；服务对象确认的方案（1）；服务对象验收的成果（0）", "3"]
    assert every["5.3.d"][1] == "0"
    assert ("5.3.d" in gaps, "5.3.c" in gaps, "5.5.d" in gaps) == (True, False, False)


def test_a_manager_reads_the_figures_of_the_period_on_the_page_and_in_the_report(house):
    manager = browser_of(house["people"]["manager"], language="zh-hans")
    page = manager.get(f"/conformity/?{ASKED}")
    assert [(one.name, int(one.value)) for one in page.context["in_period"]] == [
        ("commissions", 3), ("complaints", 0),
    ]  # fmt: skip
    table = word_of(manager.get(f"/conformity/report.docx?{ASKED}").content).tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["项目", "数值"], ["收到委托数", "3"], ["收到投诉和建议数", "0"],
    ]  # fmt: skip
    assert house["reader"].get(f"/conformity/?{ASKED}").context["in_period"] == []


def test_every_clause_that_asks_for_something_is_counted_once(house):
    page = house["reader"].get(f"/conformity/?{ASKED}").context
    assert sum(count for _word, count in page["standing"]) == page["asked"] == 95


def test_the_pdf_report_says_what_the_page_says(house):
    text = pdf_text(house["reader"].get(f"/conformity/report.pdf?{ASKED}").content)
    every = text[text.index("二、逐条证据") :]
    of_item = every[every.index("5.3.c") : every.index("5.3.d")]
    assert "受理的委托（1）" in of_item
    assert of_item.endswith("1")
    gaps = text[text.index("一、尚无证据的条款") : text.index("二、逐条证据")]
    assert ("5.3.d" in gaps, "5.3.c" in gaps) == (True, False)
