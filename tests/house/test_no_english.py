"""Whoever reads Chinese meets no English word: every kind of page, as each kind of person, follows its own links."""

import re

import pytest
from tests.factories.doors import browser_of
from tests.house.crawling import LEAVES, Page, pages

PEOPLE = (
    "manager",
    "consultant",
    "client",
    "expert",
    "auditor",
    "system administrator",
    "security administrator",
    "audit administrator",
)
# Names of formats, of keys and of a library, and of the other language for who looks for it.
NAMES = {
    "API",
    "CSV",
    "chinesecalendar",
    "Demo",
    "English",
    "Esc",
    "Excel",
    "ICS",
    "JSON",
    "PDF",
    "SHA",
    "TOTP",
    "Word",
    "xlsx",
}
# Hashes, addresses, numbers, files, patterns of numbers, and what the example data call themselves.
DATA = re.compile(
    r"[0-9a-f]{8,}|[\w.+-]+@[\w.-]+|https?://\S+|\b[A-Z]{2,}-\d{4}-\d+|\b[0-9A-Z]{18}\b"
    r"|[\w-]+\.[a-z]{3,4}(?![A-Za-z])|\{[\w:]+\}|示例\w* \w+|example-\d+|\b(?:client|expert|staff)\d+|\binvited\b"
)
WORD = re.compile(r"[A-Za-z]{3,}")


def english(page):
    return {text for text in page.texts if set(WORD.findall(DATA.sub(" ", text))) - NAMES}


@pytest.mark.slow
@pytest.mark.parametrize("key", PEOPLE)
def test_no_english_on_a_chinese_page(world, db, key):
    found = pages(browser_of(world.person(key), language="zh-hans"))
    assert [(address, sorted(english(page))) for address, page in found if english(page)] == []


@pytest.mark.parametrize("key", PEOPLE)
def test_the_pages_of_the_menu_open_in_english(world, db, key):
    browser = browser_of(world.person(key), language="en")
    first = browser.get("/", follow=True)
    assert 'lang="en"' in first.content.decode()
    menu = {link for link in Page(first.content.decode()).links if not LEAVES.search(link)}
    assert {
        link: status for link in menu if (status := browser.get(link, follow=True).status_code) != 200
    } == {}
