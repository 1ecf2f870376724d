"""No link leads nowhere: whoever opens a page can open what it links to."""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from tests.house.crawling import shape_of

PEOPLE = (
    "visitor",
    "client",
    "other client",
    "consultant",
    "outsider",
    "member",
    "manager",
    "low manager",
    "auditor",
    "expert",
    "other expert",
    "system administrator",
    "security administrator",
    "audit administrator",
)
PAGES, LINKS = 2, 3  # of each kind


def crawl(browser):
    """What each address answered that links lead to, and where the link stood: of each kind of page two are read, and of
    each kind of link on a page the first few are followed."""
    waiting, known, read = deque([("/", "")]), {"/"}, Counter()
    while waiting:
        address, where = waiting.popleft()
        answer = browser.get(address)
        yield address, where, answer.status_code
        read[shape_of(address)] += 1
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if "html" not in answer.headers["Content-Type"] or read[shape_of(address)] > PAGES:
            continue
        followed = Counter()
        for link in links(body.decode(), address):
            followed[shape_of(link)] += link not in known
            if link not in known and followed[shape_of(link)] <= LINKS:
                known.add(link)
                waiting.append((link, address))


def links(html, address):
    found = re.findall(r'(?:href|hx-get)="([^"]+)"', html)
    for one in found:
        link = urljoin(address, one.replace("&amp;", "&"))
        if link.startswith("/") and not link.startswith("/static/"):
            yield urlsplit(link)._replace(fragment="").geturl()


@pytest.mark.slow
@pytest.mark.parametrize("key", PEOPLE)
def test_every_link_leads_somewhere(world, db, key):
    dead = [(where, address, status) for address, where, status in crawl(world.visit(key)) if status >= 400]
    assert dead == []
