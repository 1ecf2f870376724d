"""What the scripts promise, in a real browser, under the strict content policy."""

import importlib.util
import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from playwright.sync_api import Page
from tests.patience import BROWSER_PATIENCE

from keqiao.faces.web.navigation import Entry, Group, drawn

pytestmark = pytest.mark.browser
POLICY = "default-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'"
ORIGIN = "http://keqiao.test"


class Sample(forms.Form):
    title = forms.CharField()
    city = forms.ChoiceField(
        choices=[("sz", "深圳"), ("bj", "北京")], widget=forms.Select(attrs={"data-search": ""})
    )
    file = forms.FileField(required=False)


def html(data=None):
    parts = [
        render_to_string("faces/form.html", {"form": Sample(data), "action": "/send/"}),
        '<button type="button" id="end" data-confirm="Ends WT-1." data-confirm-label="End it">End</button>',
        '<button type="button" id="gone" hx-get="/gone/">Gone</button>',
        '<button type="button" id="conflict" hx-get="/conflict/" hx-target="#place">Conflict</button>',
        '<div id="place"></div>',
    ]
    nav = (Group("Desk", "home", (Entry("Today", "/", "home"),)),)
    body = render_to_string("faces/base.html", {"main_nav": drawn(nav, "en")})
    return body.replace('<div class="kq-body">', '<div class="kq-body">' + mark_safe("".join(parts)))


@pytest.fixture(scope="module")
def bundle():
    """The built bundle; building is a matter of milliseconds when nothing changed."""
    path = Path(__file__).parents[2] / "tools/bundle.py"
    spec = importlib.util.spec_from_file_location("bundle", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main()
    return settings.BUILT / "bundle"


@pytest.fixture
def sent():
    return []


@pytest.fixture
def page(bundle, chromium, sent):
    with translation.override("en"):
        pages = {"/wrong/": html({"title": "x"}), "/": html()}

    def answer(route):
        path = urlsplit(route.request.url).path
        sent.append((route.request.method, path))
        if path.startswith("/static/"):
            file = bundle / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0])
        elif path in {"/gone/", "/conflict/"}:
            status = {"/gone/": 404, "/conflict/": 409}[path]
            route.fulfill(status=status, body="<b>changed by Chen</b>", content_type="text/html")
        elif path == "/send/":
            route.fulfill(status=204)
        else:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=pages.get(path, pages["/"]), headers=headers)

    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(BROWSER_PATIENCE)
    made = context.new_page()
    made.faults = []
    made.on("console", lambda message: made.faults.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: made.faults.append(str(error)))
    made.route("**/*", answer)
    made.goto(ORIGIN)
    yield made
    context.close()


def test_nothing_breaks_the_content_policy(page: Page):
    page.locator(".ts-control").click()
    page.get_by_role("option", name="北京").click()
    assert page.input_value("select[name=city]") == "bj"
    assert page.faults == []


def test_slash_goes_to_the_search_and_question_mark_shows_the_keys(page: Page):
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("?")  # typed into the box, no help
    assert page.input_value("input[name=q]") == "?"
    page.locator("body").click(position={"x": 600, "y": 780})
    page.keyboard.press("?")
    assert page.locator("#help").evaluate("dialog => dialog.open") is True


def test_a_step_that_asks_first_runs_once_after_yes(page: Page):
    page.evaluate("() => { window.ended = 0; document.getElementById('end').onclick = () => window.ended++ }")
    page.click("#end")
    assert page.inner_text("#confirm-text") == "Ends WT-1."
    page.click("#confirm [data-close]")
    assert page.evaluate("window.ended") == 0
    page.click("#end")
    page.get_by_role("button", name="End it").click()
    assert page.evaluate("window.ended") == 1


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page, sent):
    page.fill("input[name=title]", "x")
    page.evaluate("const b = document.querySelector('.kq-form [data-main]'); b.click(); b.click(); b.click()")
    page.evaluate("fetch('/gone/')")  # asked last: by its answer all others have arrived
    assert [one for one in sent if one == ("POST", "/send/")] == [("POST", "/send/")]


def test_typed_text_is_not_left_behind_without_a_word(page: Page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("input[name=title]").press_sequentially("half a title")
    page.goto(f"{ORIGIN}/elsewhere/")
    assert asked == ["beforeunload"]


def test_a_conflict_is_shown_in_place_and_a_refusal_as_a_toast(page: Page):
    page.click("#conflict")
    page.locator("#place b").wait_for()
    assert page.inner_text("#place") == "changed by Chen"
    page.click("#gone")
    page.locator(".kq-toasts .kq-error").wait_for()
    assert page.inner_text(".kq-toasts .kq-error > div").startswith("This is not open to you")


def test_a_chosen_file_is_named(page: Page):
    page.set_input_files(
        "input[type=file]", {"name": "licence.pdf", "mimeType": "application/pdf", "buffer": b"x" * 10486}
    )
    assert page.inner_text(".kq-drop li") == "licence.pdf · 0.01 MB"


def test_navigation_opens_and_closes_on_a_phone(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator("#nav").is_visible() is False
    page.click("[data-nav-open]")
    assert page.locator("#nav").is_visible() is True
    page.keyboard.press("Escape")
    assert page.locator("#nav").is_visible() is False
    assert page.evaluate("document.activeElement.hasAttribute('data-nav-open')") is True


def test_an_error_leads_to_the_box_of_a_searchable_list(page: Page):
    page.goto(f"{ORIGIN}/wrong/")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    page.click("[data-errors] a[href='#id_city']")
    assert page.evaluate("document.activeElement.closest('.ts-wrapper') !== null")
