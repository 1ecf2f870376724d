"""Whoever reads English opens the pages of the menu too."""

import pytest
from tests.factories.doors import browser_of
from tests.house.crawling import NO_PAGE, Page, onward

PEOPLE = (
    "manager",
    "client",
    "expert",
    "system administrator",
    "security administrator",
    "audit administrator",
    "consultant",
    "auditor",
)


@pytest.mark.slow
def test_each_page_of_the_menus_opens_in_english(world, db):
    """Once each, by the first of these people who has it."""
    opened = {}
    for key in PEOPLE:
        browser = browser_of(world.person(key), language="en")
        first = browser.get("/", follow=True)
        page = Page(first.content.decode())
        assert 'lang="en"' in page.html
        menu = {link for link in onward(first, page, "/") if not NO_PAGE.search(link)}
        for link in menu - set(opened):
            opened[link] = browser.get(link, follow=True).status_code
    assert {link: status for link, status in opened.items() if status != 200} == {}
    assert len(opened) > 60
