"""Whoever reads Chinese meets no English word: every kind of page, as each kind of person, follows its own links."""

import re
from collections import deque
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.doors import DOOR
from tests.factories.world import built

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
SHOWN = ("title", "aria-label", "placeholder", "alt", "data-label", "data-confirm")
UNREAD = ("script", "style", "code", "svg")
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
LEAVES = re.compile(r"logout|/static/|/export|/files/|/api/|^/i18n")


class Page(HTMLParser):
    """What a person reads on a page, and where it leads."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.links, self.hidden = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in UNREAD or given.get("lang"):
            self.hidden.append(tag) if tag != "html" else None
        self.texts += [given[name] for name in SHOWN if given.get(name)]
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.links.append(given["href"].partition("#")[0].partition("?")[0])

    def handle_endtag(self, tag):
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data.strip())

    @property
    def english(self):
        return {text for text in self.texts if set(WORD.findall(DATA.sub(" ", text))) - NAMES}


def browser_of(person, *, language):
    browser = Client()
    browser.force_login(person, backend=DOOR)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


def pages(browser):
    """One page of each shape of address that this person's links lead to."""
    waiting, known = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address, follow=True)
        if "html" not in answer.get("Content-Type", ""):
            continue
        page = Page(answer.content.decode())
        yield address, page
        for link in page.links:
            shape = re.sub(r"\d+", "0", link)
            if shape not in known and not LEAVES.search(link):
                known.add(shape)
                waiting.append(link)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, worker_site):
    with django_db_blocker.unblock(), built() as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("key", PEOPLE)
def test_no_english_on_a_chinese_page(world, db, key):
    found = pages(browser_of(world.person(key), language="zh-hans"))
    assert [(address, sorted(page.english)) for address, page in found if page.english] == []


@pytest.mark.parametrize("key", PEOPLE)
def test_the_pages_of_the_menu_open_in_english(world, db, key):
    browser = browser_of(world.person(key), language="en")
    first = browser.get("/", follow=True)
    assert 'lang="en"' in first.content.decode()
    menu = {link for link in Page(first.content.decode()).links if not LEAVES.search(link)}
    assert {
        link: status for link in menu if (status := browser.get(link, follow=True).status_code) != 200
    } == {}
