"""No barrier on any kind of page: axe finds nothing serious, and nothing is wider than the screen of a desk or a phone.

A kind of page is the set of templates it is made of; each is looked at once, at both widths.
"""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from tests.factories.doors import browser_of
from tests.house.crawling import pages
from tests.journeys.barriers import barriers, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]
PEOPLE = (
    "manager",
    "client",
    "consultant",
    "expert",
    "auditor",
    "system administrator",
    "audit administrator",
)
SITE = "http://pages.test"
WIDTHS = (1440, 390)


@pytest.fixture(scope="session")
def judged():
    """Kinds of page already looked at."""
    return set()


@pytest.fixture
def screen(chromium):
    """A page that is shown `html["now"]`, with the site's own style and scripts; nothing goes over a network."""
    html = {}
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")

    def serve(route):
        path = urlsplit(route.request.url).path
        if route.request.resource_type == "document":
            route.fulfill(body=html["now"], content_type="text/html; charset=utf-8")
        elif path.startswith(settings.STATIC_URL):
            file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0] or "text/plain")
        else:
            route.fulfill(status=404, body="")

    page = context.new_page()
    page.route("**/*", serve)
    yield page, html
    context.close()


@pytest.mark.parametrize("key", PEOPLE)
def test_no_barrier_on_any_kind_of_page(world, db, screen, judged, key):
    page, html = screen
    found = {}
    for address, one in pages(browser_of(world.person(key), language="zh-hans")):
        if one.templates not in judged:
            judged.add(one.templates)
            html["now"] = one.html
            page.goto(f"{SITE}{address}")
            found[address] = faults(page)
    assert {address: some for address, some in found.items() if some} == {}


def faults(page):
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [*too_wide(page), *barriers(page)]
    return found


def test_a_barrier_is_found_where_there_is_one(screen):
    page, html = screen
    html["now"] = (
        '<!doctype html><html lang="zh"><title>1</title><body style="margin:0"><button></button><p style="width:2000px">2</p>'
    )
    page.goto(SITE)
    assert [fault.partition(":")[0] for fault in faults(page)] == [
        "2000 wide on a screen of 1440",
        "button-name",
        "2000 wide on a screen of 390",
        "button-name",
    ]
