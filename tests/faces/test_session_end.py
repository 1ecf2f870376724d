"""The end of a session comes announced, and what was typed into a form survives it for who typed it, and nobody else."""

import json

import pytest
from django.contrib.sessions.models import Session
from tests.factories import people
from tests.factories.world import signed_in

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement, Questionnaire

pytestmark = pytest.mark.browser
PASSWORD = "a long enough password"
MINUTE = 60_000


def kept(page):
    """Under which page, and what: as anyone at this browser could read it."""
    ours = "Object.entries(sessionStorage).filter(([key]) => key.startsWith('keqiao'))"
    return {key: json.loads(value) for key, value in page.evaluate(ours)}


def enter(page, user):
    user.set_password(PASSWORD)
    user.save()
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("button[data-main]").click()
    page.wait_for_url(lambda url: "/login" not in url)


@pytest.fixture
def begun(site_at, sitting):
    """A questionnaire of four questions, typed and sent after the session had ended."""
    world = site_at(Stage.INVESTIGATING)
    one = world.of(Engagement, Stage.INVESTIGATING)
    page = sitting(world.visit("consultant"))
    page.goto(f"/engagements/{one.pk}/do/build_questionnaire/?next=/")
    page.fill("input[name=title]", "示例问卷")
    for number in range(4):
        if number == 3:
            page.click("[data-add-row]")
        page.fill(f"[name=questions-{number}-text]", f"问题{number}")
        page.select_option(f"[name=questions-{number}-kind]", "text")
    Session.objects.all().delete()
    page.click("form[data-keep] [data-main]")
    page.wait_for_url(lambda url: "/accounts/login/" in url)
    return world, page


def test_what_was_typed_is_offered_after_signing_in(begun):
    world, page = begun
    assert Questionnaire.objects.count() == 0
    [stored] = kept(page).values()
    names = {name for name, _value in stored["typed"]}
    assert "title" in names
    assert names & {"csrfmiddlewaretoken", "idempotency_key", "next"} == set()
    enter(page, world.people["consultant"])
    assert page.input_value("input[name=title]") == ""
    page.click("[data-put-back]")
    assert page.input_value("input[name=title]") == "示例问卷"
    page.click("form[data-keep] [data-main]")
    page.wait_for_url(lambda url: "/do/" not in url)
    texts = Questionnaire.objects.get().questions.order_by("position").values_list("text", flat=True)
    assert list(texts) == ["问题0", "问题1", "问题2", "问题3"]
    assert kept(page) == {}


def test_what_is_thrown_away_is_gone(begun):
    world, page = begun
    enter(page, world.people["consultant"])
    page.click("[data-throw-away]")
    assert (page.input_value("input[name=title]"), kept(page)) == ("", {})
    page.reload()
    assert page.locator("[data-put-back]").count() == 0


def test_nobody_else_gets_it(begun):
    _world, page = begun
    enter(page, people.staff(Role.MANAGER, name="示例别人"))
    assert page.locator("[data-put-back]").count() == 0
    assert kept(page) == {}


def test_signing_out_leaves_nothing(begun):
    world, page = begun
    enter(page, world.people["consultant"])
    page.goto("/")
    assert kept(page) != {}  # not yet taken up
    page.locator(".kq-menu[data-menu] summary").last.click()
    page.click("form[data-sign-out] button")
    page.wait_for_load_state()
    assert kept(page) == {}


def test_a_form_that_was_taken_leaves_nothing_and_one_that_was_refused_neither(site_at, sitting):
    world = site_at(Stage.INVESTIGATING)
    one = world.of(Engagement, Stage.INVESTIGATING)
    page = sitting(world.visit("consultant"))
    page.goto(f"/engagements/{one.pk}/do/record_finding/")
    page.fill("[name=consequence]", "先补台账")
    page.click("form[data-keep] [data-main]")
    page.locator(".kq-errors").wait_for()
    assert (kept(page), page.locator("[data-put-back]").count()) == ({}, 0)
    page.fill("[name=text]", "归集不全")
    page.click("form[data-keep] [data-main]")
    page.wait_for_url(lambda url: "/do/" not in url)
    assert kept(page) == {}


def test_files_and_passwords_are_never_kept(sitting, live_server):
    page = sitting(signed_in(people.staff(Role.MANAGER)))
    page.goto("/")
    page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.method = "post"; form.action = "/nowhere/"; form.dataset.keep = "";
          form.innerHTML = '<input name="a" value="typed"><input name="b" type="password" value="secret">'
            + '<input name="c" type="file"><input name="d" type="hidden" value="unseen">';
          document.body.append(form);
          form.addEventListener("submit", (event) => event.preventDefault());
          form.requestSubmit();
        }"""
    )
    [stored] = kept(page).values()
    assert stored["typed"] == [["a", "typed"]]


def test_a_dialog_says_so_before_and_one_click_goes_on(sitting, live_server, settings):
    settings.SESSION_IDLE_SECONDS = 30 * 60
    page = sitting(signed_in(people.staff(Role.MANAGER)))
    page.clock.install()
    page.goto("/")
    dialog = page.locator("#session-end")
    page.clock.run_for(26 * MINUTE)
    assert not dialog.is_visible()
    page.clock.run_for(2 * MINUTE)
    assert "2 分钟后将自动退出登录" in dialog.inner_text()
    with page.expect_response("**/accounts/stay/") as answer:
        page.click("[data-stay]")
    assert answer.value.json()["unused"] > 29 * 60
    page.clock.run_for(5_000)
    assert not dialog.is_visible()
    page.clock.run_for(31 * MINUTE)
    assert "您已退出登录" in dialog.inner_text()
    assert not page.locator("[data-stay]").is_visible()


def test_a_day_is_not_made_longer_by_a_click(sitting, live_server, settings):
    settings.SESSION_COOKIE_AGE = 20 * 60
    page = sitting(signed_in(people.staff(Role.MANAGER)))
    page.clock.install()
    page.goto("/")
    page.clock.run_for(18 * MINUTE)
    assert "本次登录已达最长时限" in page.locator("#session-end").inner_text()
    assert not page.locator("[data-stay]").is_visible()
