"""One page of each shape of address that a person's links lead to, and what is read on it."""

import re
from collections import deque
from html.parser import HTMLParser

SHOWN = ("title", "aria-label", "placeholder", "alt", "data-label", "data-confirm")
UNREAD = ("script", "style", "code", "svg", "template")
LEAVES = re.compile(r"logout|/static/|/export|/files/|/api/|^/i18n")


class Page(HTMLParser):
    """What a person reads on a page, and where it leads."""

    def __init__(self, html, templates=()):
        super().__init__()
        self.html, self.texts, self.links, self.hidden = html, [], [], []
        self.templates = frozenset(one.name for one in templates if one.name)
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in UNREAD or given.get("lang"):
            self.hidden.append(tag) if tag != "html" else None
        if "template" not in self.hidden:  # what a script fills in before anyone reads it
            self.texts += [given[name] for name in SHOWN if given.get(name)]
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.links.append(given["href"].partition("#")[0].partition("?")[0])

    def handle_endtag(self, tag):
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data.strip())


def shape_of(link):
    """What kind of page an address is: without its numbers and what is asked of it."""
    return re.sub(r"\d+", "0", link.partition("?")[0])


def pages(browser):
    """One page of each shape of address that this person's links lead to."""
    waiting, known = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address, follow=True)
        if "html" not in answer.get("Content-Type", ""):
            continue
        page = Page(answer.content.decode(), answer.templates)
        yield address, page
        for link in page.links:
            shape = shape_of(link)
            if shape not in known and not LEAVES.search(link):
                known.add(shape)
                waiting.append(link)
