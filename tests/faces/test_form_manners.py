"""Small things at forms and lists: where the focus goes, what counts as unsaved, what an empty list leads to."""

import re

import pytest
from tests.factories import enterprises, files, people
from tests.factories.world import build, signed_in

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return signed_in(people.staff(Role.MANAGER))


def empty_part(client, address):
    page = client.get(address).content.decode()
    return re.search(r'<div class="kq-empty">.*?</div>', page, re.DOTALL)[0]


def test_an_empty_list_offers_the_first_step(manager):
    shown = empty_part(manager, "/enterprises/")
    assert re.findall('href="([^"#]*)"[^>]*>(?:<svg.*?</svg>)([^<]*)', shown) == [
        ("/enterprises/do/create_enterprise/", "新增")
    ]


def test_a_list_whose_filters_match_nothing_offers_to_clear_them(manager):
    enterprises.enterprise(name="示例甲（虚构）")
    shown = empty_part(manager, "/enterprises/?q=没有这样的企业")
    assert "没有符合条件的记录" in shown
    assert 'href="?"' in shown
    assert "清除筛选" in shown


def test_a_file_that_came_with_a_refused_form_is_to_be_chosen_again():
    world = build(stages=(Stage.IMPLEMENTING,), parts=False)
    one = world.of(Engagement, Stage.IMPLEMENTING)
    path = f"/engagements/{one.pk}/do/add_working_data/"
    client = world.visit("consultant")
    assert "请重新选择文件：" not in client.get(path).content.decode()
    answer = client.post(path, {"analysis": "已整理", "file": files.pdf("台账.pdf")})
    assert answer.status_code == 422
    assert "请重新选择文件：台账.pdf" in answer.content.decode()


FOCUSED = "document.activeElement.className"


@pytest.mark.browser
def test_a_refused_form_takes_the_focus_and_counts_as_unsaved(site_at, sitting):
    world = site_at(Stage.INVESTIGATING)
    one = world.of(Engagement, Stage.INVESTIGATING)
    page = sitting(world.visit("consultant"))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/engagements/{one.pk}/do/record_finding/")
    page.fill("[name=consequence]", "先补台账")
    page.click("form[data-keep] [data-main]")
    page.locator(".kq-errors").wait_for()
    assert (page.evaluate(FOCUSED), asked) == ("kq-errors", [])
    page.click("form[data-keep] footer a")
    page.wait_for_url(lambda url: "/do/" not in url)
    assert asked == ["beforeunload"]


@pytest.mark.browser
def test_a_conflict_takes_the_focus(site_at, sitting):
    world = site_at(Stage.IMPLEMENTING)
    one = world.of(Engagement, Stage.IMPLEMENTING)
    page = sitting(world.visit("consultant"))
    page.goto(f"/engagements/{one.pk}/do/suspend_engagement/")
    page.fill("[name=reason]", "停工")
    guidance = {"given_on": "2026-03-02", "channel": "meeting", "question": "?", "advice": "先补台账"}
    world.visit("member").post(f"/engagements/{one.pk}/do/log_guidance/", guidance)
    page.click("form[data-keep] [data-main]")
    page.locator(".kq-diff").wait_for()
    assert page.evaluate(FOCUSED) == "kq-errors kq-diff"
    page.click("form[data-keep] [data-main]")
    page.wait_for_url(lambda url: "/do/" not in url)


@pytest.mark.browser
def test_the_head_of_a_list_ticks_all_its_rows(sitting, live_server):
    for number in range(3):
        enterprises.enterprise(name=f"示例{number}（虚构）")
    page = sitting(signed_in(people.staff(Role.MANAGER)))
    page.goto("/enterprises/")
    ticked = "document.querySelectorAll('input[name=rows]:checked').length"
    page.check("[data-check-all]")
    assert page.evaluate(ticked) == Enterprise.objects.count() == 3
    page.locator("input[name=rows]").first.uncheck()
    assert not page.is_checked("[data-check-all]")
    page.check("[data-check-all]")
    page.uncheck("[data-check-all]")
    assert page.evaluate(ticked) == 0
