"""Whoever follows their links meets no dead one, no English word on a Chinese page, and no barrier.

One walk a person. Who sees most of their kind reads two pages of each kind and follows two links of each kind on a
page; the others one of each, so that what a page shows to them alone is tried too. A browser looks at each set of
templates once, at the width of a desk and of a phone; colours at that of a desk, but for each person's first page.
"""

import re

import pytest
from django.test import Client
from tests.every_operation.example import ALL
from tests.factories.doors import browser_of
from tests.house.crawling import NO_PAGE, crawl
from tests.house.looking import DESK, PHONE, SITE, english, faults

from keqiao.faces.web.middleware import LANGUAGE_COOKIE

SEES_MOST = {"manager", "client", "expert", "system administrator"}
EXPORT = re.compile(r"/export/")  # as open as its list: tests/every_resource asks four people for each

# Pages that each comes to at least: a walk that ends at its first step finds no fault either.
FEWEST = dict.fromkeys(ALL, 4) | {"manager": 200, "consultant": 100, "client": 60, "expert": 40}


def visit(world, key, *, language):
    if key == "visitor":
        client = Client()
        client.cookies[LANGUAGE_COOKIE] = language
        return client
    return browser_of(world.person(key), language=language)


def walk(world, key):
    few = 2 if key in SEES_MOST else 1
    client = visit(world, key, language="zh-hans")
    return crawl(client, pages=few, links=few, which=lambda link: not EXPORT.search(link))


def is_new(templates, first):
    """A set of templates, or a widget, that nobody has looked at: forms differ in their widgets, and each is seen once."""
    widgets = {name for name in templates if "/widgets/" in name}
    return any([first(templates - widgets), *(first({name}) for name in sorted(widgets))])


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("key", ALL)
def test_every_link_leads_to_a_page_without_fault(world, db, screen, first_of_its_kind, key):
    shown, html = screen
    found = {}
    for one in walk(world, key):
        if one.status >= 400:
            found[one.address] = [f"{one.status}, linked at {one.where}"]
        elif one.page and not NO_PAGE.search(one.address):
            found[one.address] = english(one.page)
            if "<html" in one.page.html and is_new(one.page.templates, first_of_its_kind):
                html["now"] = one.page.html
                shown.goto(f"{SITE}{one.address}")
                found[one.address] += faults(shown, colours=(DESK, PHONE) if one.address == "/" else (DESK,))
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert len(found) >= FEWEST[key]


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
