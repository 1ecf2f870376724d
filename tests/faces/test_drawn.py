"""What is drawn in Python: lists, options, addresses. The same as templates would, and as safe."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.engagement.models import Engagement
from keqiao.faces.cells import body
from keqiao.faces.options import options
from keqiao.faces.paths import path_to
from keqiao.faces.resource import resource_of, resources
from keqiao.faces.templatetags.keqiao_rows import events
from keqiao.faces.web.navigation import drawn, navigation
from keqiao.kernel.platform import clock

NASTY = """<b>"R&D"</b>'s"""
SAFE = "&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;&#x27;s"


@pytest.fixture
def house(db):
    with clock.at(make.NOON):
        yield


def test_what_people_wrote_is_text_in_every_place_of_a_row(house):
    row = make.engagement()
    row.title = row.enterprise.name = NASTY
    html = body(resource_of(Engagement), [row], ("title", "enterprise", "title"), tick=NASTY)
    assert html.count(SAFE) == 5  # label of the box and its row, the link, the enterprise, the title again
    assert "<b>" not in html


def test_a_state_is_a_badge_and_a_missing_day_a_dash(house):
    row = make.engagement(state="draft", stage_due_on=None)
    with translation.override("en"):
        html = body(resource_of(Engagement), [row, row], ("number", "state", "stage_due_on"), tick="")
    first, second = html.split("\n")
    assert first == second
    assert '<td data-label="State"><span class="kq-state kq-todo">' in first
    assert first.endswith(">—</td></tr>")
    assert f'<td data-label="Number"><a href="/engagements/{row.pk}/">{row.number}</a></td>' in first


def test_options_are_chosen_and_escaped():
    html = options([("", "All"), (7, NASTY), ('"', "quote")], ["7"])
    assert html == (
        '<option value="">All</option>'
        f'<option value="7" selected>{SAFE}</option>'
        '<option value="&quot;">quote</option>'
    )


def test_an_event_of_the_calendar_is_text():
    html = events([{"label": NASTY, "url": "/e/?a=1&b=2", "tone": "late", "mark": NASTY}])
    assert '<li class="kq-late"><a href="/e/?a=1&amp;b=2">' in html
    assert html.count(SAFE) == 2


@pytest.mark.parametrize("pk", [1, 10**12])
def test_addresses_are_those_of_the_routes(pk):
    for resource in resources():
        assert path_to(f"{resource.slug}-detail", pk) == reverse(f"{resource.slug}-detail", args=[pk])
    assert path_to("engagements-do", pk, "accept") == reverse("engagements-do", args=[pk, "accept"])
    with pytest.raises(NoReverseMatch):
        path_to("no-such-route", pk)


def test_the_rail_is_drawn_anew_for_another_place_and_another_language(house):
    boss = make.staff(Role.MANAGER)
    shown = {}
    for language in ("en", "zh-hans"):
        for place in ("/board/", "/tasks/"):
            with translation.override(language):
                shown[language, place] = drawn(navigation(boss, place), language)
    assert len(set(shown.values())) == 4
    assert '<a href="/tasks/" aria-current="page">' in shown["en", "/tasks/"]
    assert "看板" in shown["zh-hans", "/board/"]


def test_a_role_taken_away_is_gone_from_the_rail_at_once(house):
    boss = make.staff(Role.MANAGER)
    browser = browser_of(boss)
    assert 'href="/held/"' in browser.get("/late/").content.decode()
    boss.grants.filter(role=Role.MANAGER).delete()
    assert 'href="/held/"' not in browser.get("/late/").content.decode()
