"""Every component renders from the context that docs/components.md names, without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from keqiao.faces.web.tables import Empty, Head, Table

AT = datetime(2026, 11, 22, 1, 31, tzinfo=UTC)  # 09:31 in Shanghai


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def draw(name, /, **context):
    """The component on one line, without the pictures, so that only words and marks are compared."""
    html = render_to_string(f"faces/{name}.html", context)
    return " ".join(html.split())


def test_panel_tells_an_unknown_value_from_an_empty_row():
    html = draw("panel", title="Contract", rows=[{"label": "Number", "value": None}])
    assert '<dt>Number</dt><dd> <span class="kq-muted">Not recorded</span>' in html.replace("<dd><", "<dd> <")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"value": Decimal(128000), "kind": "money"},
            '<data class="kq-money" value="128000">128,000.00 yuan</data>',
        ),
        ({"value": date(2026, 11, 22), "kind": "day"}, '<time datetime="2026-11-22">2026-11-22</time>'),
        (
            {"value": AT, "kind": "moment"},
            '<time datetime="2026-11-22T09:31:00+08:00">2026-11-22 09:31</time>',
        ),
        ({"value": "a<b", "kind": "text"}, "<p>a&lt;b</p>"),
        ({"value": "Ltd", "url": "/e/1/"}, '<a href="/e/1/">Ltd</a>'),
        ({"value": 0}, "0"),
    ],
)
def test_value(row, expected):
    assert draw("value", row=row) == expected


def test_rail_says_each_state_in_words():
    steps = [
        {"clause": "6.1", "label": "Commission", "state": "done", "url": "/c/"},
        {"clause": "6.2", "label": "Contract", "state": "current"},
        {"clause": "6.3", "label": "Work", "state": "blocked", "note": "until signed"},
    ]
    html = draw("rail", steps=steps)
    assert '<a href="/c/">Commission</a><span class="kq-said">done</span>' in html
    assert '<li class="kq-current" aria-current="step">' in html
    assert 'not yet possible</span><span class="kq-note">until signed</span>' in html


def test_guard_counts_what_is_missing_and_offers_the_remedy():
    items = [
        {"label": "Plan confirmed", "clause": "6.3.3", "done": True},
        {"label": "Undertaking signed", "clause": "4.1.5", "done": False, "remedy": "Sign it", "url": "/u/"},
    ]
    html = draw("guard", items=items)
    assert "<span>1 missing</span>" in html
    assert (
        '<span class="kq-clause">4.1.5</span><span class="kq-remedy"><a href="/u/">Sign it</a></span>' in html
    )


def test_guard_with_all_in_place():
    assert "<span>Nothing missing</span>" in draw("guard", items=[{"label": "a", "done": True}])


def test_operations_put_the_reason_beside_what_is_not_possible():
    operations = [
        {"label": "Deliver", "url": "/d/", "primary": True},
        {"label": "Stop", "url": "/s/", "danger": True},
        {"label": "Archive", "url": "/a/", "why_not": "No evaluation yet", "clause": "6.5"},
    ]
    html = draw("operations", operations=operations)
    assert '<a class="btn btn-primary" href="/d/">Deliver</a>' in html
    assert 'href="/s/">Stop</a>' in html
    assert 'aria-disabled="true" aria-describedby="why-1"' in html
    assert '<span id="why-1">No evaluation yet <span class="kq-clause">6.5</span></span>' in html
    assert "/a/" not in html


def test_timeline():
    entry = {
        "at": AT,
        "actor": "Lin",
        "label": "Plan sent",
        "clause": "6.3.3",
        "detail": "version 2",
        "sealed": True,
    }
    html = draw("timeline", entries=[entry])
    assert ">2026-11-22 09:31</time><span>Lin</span>" in html
    assert "sealed</span></div><span>Plan sent</span><p>version 2</p>" in html


@pytest.mark.parametrize(
    ("name", "words"), [("timeline", "Nothing has been recorded yet"), ("files", "No files yet")]
)
def test_empty_lists_say_so(name, words):
    assert f"<h2>{words}</h2>" in draw(name, entries=[], files=[])


def test_empty_offers_the_first_step():
    html = draw("empty", title="No commissions", text="They come here.", url="/new/", label="Begin")
    assert "<h2>No commissions</h2><p>They come here.</p>" in html
    assert 'href="/new/"' in html


def test_board_marks_late_cards_in_words():
    card = {"title": "Patent search", "url": "/e/1/", "mark": "2 days late", "tone": "late"}
    columns = [
        {"label": "Commission", "clause": "6.1", "count": 13, "cards": [card], "more": 12, "url": "/e/"},
        {"label": "Archive", "count": 0, "cards": []},
    ]
    html = draw("board", columns=columns)
    assert '<li class="kq-card kq-late"><a href="/e/1/">Patent search</a>' in html
    assert "<span>2 days late</span>" in html
    assert '<a href="/e/">12 more</a>' in html
    assert '<p class="kq-none">Nothing here</p>' in html


def test_calendar_is_a_table_of_days():
    day = {
        "date": date(2026, 11, 22),
        "today": True,
        "off": "rest",
        "events": [{"label": "Plan due", "url": "/p/"}],
    }
    html = draw("calendar", title="2026-11", weekdays=["Sun"], weeks=[[day]])
    assert '<th scope="col">Sun</th>' in html
    assert '<td class="kq-off kq-today " aria-current="date">' in html
    assert "<span>Plan due</span></a>" in html


def test_tabs():
    html = draw("tabs", tabs=[{"label": "Files", "url": "?t=f", "active": True, "count": 12}])
    assert '<a href="?t=f" aria-current="page">Files<span class="kq-count">12</span></a>' in html


def test_files():
    file = {
        "name": "licence.pdf",
        "url": "/f/1/",
        "size": 2048,
        "hash": "9f2c4b7d1e88aa01",
        "at": AT,
        "by": "Wang",
    }
    html = draw("files", files=[file])
    assert '<a href="/f/1/">licence.pdf</a>' in html
    assert '<code title="SHA-256 9f2c4b7d1e88aa01">9f2c4b7d1e88…</code>' in html


def test_money_in_ten_thousands_only_for_chinese_readers():
    assert "1,234,567.89 yuan" in draw("money", amount=Decimal("1234567.89"), unit="wan")
    with translation.override("zh-hans"):
        assert ">123.46 万元<" in draw("money", amount=Decimal("1234567.89"), unit="wan")


def test_money_not_known():
    assert draw("money", amount=None) == '<data class="kq-money" value="">—</data>'
    assert draw("money", amount=Decimal("0.5")) == '<data class="kq-money" value="0.5">0.50 yuan</data>'


def test_diff_marks_what_the_other_changed_and_what_i_typed():
    rows = [{"label": "Due", "before": "1", "theirs": "2", "yours": "3"}]
    html = draw("diff", steps=[{"by": "Chen", "label": "Set terms", "at": AT}], rows=rows)
    assert "Chen · Set terms · <time" in html
    assert "2026-11-22 09:31</time>" in html
    assert "<ins>2</ins>" in html
    assert "<strong>3</strong>" in html


class SampleForm(forms.Form):
    title = forms.CharField(label="Title", help_text="In one line.")
    fee = forms.DecimalField(label="Fee", decimal_places=2)
    due = forms.DateField(label="Due")
    way = forms.ChoiceField(
        label="Way", choices=[("a", "On site"), ("b", "Remote")], widget=forms.RadioSelect
    )
    file = forms.FileField(label="Licence", required=False)
    true = forms.BooleanField(label="True and lawful")


def test_form_keeps_what_was_typed_and_links_each_error_to_its_field():
    form = SampleForm({"fee": "twelve", "due": "2026-12-20", "way": "a"}, {})
    html = draw("form", form=form, cancel="/back/", submit="Send")
    assert '<a href="#id_title">Title</a> This field is required.' in html
    assert 'value="twelve" step="0.01" inputmode="decimal" class="form-control kq-number" required' in html
    assert '<div class="kq-wrong" id="id_title_error">' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert '<input type="date" name="due" value="2026-12-20"' in html
    assert 'enctype="multipart/form-data"' in html
    assert '<a class="btn" href="/back/">Cancel</a>' in html


def test_form_groups_choices_under_their_question():
    html = draw("form", form=SampleForm())
    assert '<fieldset class="kq-field" id="id_way" tabindex="-1"> <legend>Way' in html
    assert '<label for="id_way_0"><input type="radio" name="way" value="a"' in html
    assert '<div class="kq-drop" data-drop>' in html


def table_html(numbers, query="", **kwargs):
    page = Paginator(numbers, 2).get_page(1)
    heads = [Head("number", next="number", order="descending"), Head("fee")]
    table = Table(
        heads=heads,
        body=mark_safe("<tr><td>5</td></tr>"),
        page=page,
        empty=Empty(title="Nothing yet"),
        **kwargs,
    )
    return draw("table", table=table, request=RequestFactory().get(f"/c/?{query}"))


def test_table_sorts_and_turns_pages_without_losing_the_filters():
    html = table_html([5, 4, 3, 2, 1], "state=open&page=3")
    assert 'aria-sort="descending"> <a href="?state=open&amp;sort=number">Number' in html
    assert '<th scope="col"> Fee </th>' in html
    assert '<a href="?state=open&amp;page=2" rel="next">' in html
    assert "<tr><td>5</td></tr>" in html
    assert "Rows: 5" in html


@pytest.mark.parametrize(
    ("here", "numbers"),
    [
        (1, [1, 2, 3, 4, 5, 6, 7, 8, 0, 20]),
        (10, [1, 0, 7, 8, 9, 10, 11, 12, 0, 20]),
        (20, [1, 0, 13, 14, 15, 16, 17, 18, 19, 20]),
    ],
)
def test_of_many_pages_the_first_the_last_and_those_around_have_their_numbers(here, numbers):
    table = Table(heads=[], body="", page=Paginator(range(40), 2).get_page(here), empty=Empty(title=""))
    assert table.numbers == numbers


def test_table_without_rows_says_what_belongs_there():
    page = Paginator([], 2).get_page(1)
    empty = Empty(title="No commissions yet", url="/new/", label="Begin")
    html = draw("table", table=Table(heads=[], body="", page=page, empty=empty))
    assert "<h2>No commissions yet</h2>" in html
    assert 'href="/new/"' in html
    assert "<table" not in html


def test_filters_stay_open_while_one_is_in_force():
    html = draw("filters", form=SampleForm(), active=2, sort="-due")
    assert '<details class="kq-filters" id="filters" open>' in html
    assert '<input type="hidden" name="sort" value="-due">' in html
    assert "required" not in html.split("<form")[1].split("Title")[1].split("</label>")[0]


@pytest.mark.parametrize("context", [{}, {"status": 404, "request_id": "r-1"}, {"status": 500}])
def test_error_page_needs_nothing(context):
    html = draw("error", **context)
    assert "To the start page" in html
    assert ("<code>r-1</code>" in html) == ("request_id" in context)


@pytest.mark.parametrize("base", ["base", "portal_base", "public_base"])
def test_bases_have_one_main_a_skip_link_and_the_demo_ribbon(base):
    nav = [
        {
            "label": "Work",
            "items": [{"label": "Today", "url": "/", "icon": "home", "active": True, "count": 7}],
        }
    ]
    html = draw(base, nav=nav, institution="Sample Centre", demo=True, crumbs=[("Files", "/f/"), ("One", "")])
    assert html.count("<main") == 1
    assert '<a class="kq-skip" href="#main">Skip to the content</a>' in html
    assert "Demo data" in html
    assert "<span>Sample Centre</span>" in html
    assert (base == "public_base") == ('aria-current="page"' not in html)
