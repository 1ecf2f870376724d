"""Where a person's links lead, and what is read there."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

SHOWN = ("title", "aria-label", "placeholder", "alt", "data-label", "data-confirm")
UNREAD = ("script", "style", "code", "svg", "template")
LEADING = ("href", "hx-get")
NO_PAGE = re.compile(r"logout|/export|/files/|/api/|^/i18n")


class Page(HTMLParser):
    """What a person reads on a page, where it leads, and the templates it is made of."""

    def __init__(self, html, templates=()):
        super().__init__()
        self.html, self.texts, self.links, self.hidden = html, [], [], []
        self.templates = frozenset(template.name for template in templates if template.name)
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in UNREAD or values.get("lang"):
            self.hidden.append(tag) if tag != "html" else None
        if "template" not in self.hidden:  # what a script fills in before anyone reads it
            self.texts += [values[name] for name in SHOWN if values.get(name)]
        self.links += [values[name] for name in LEADING if values.get(name)]

    def handle_endtag(self, tag):
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data.strip())


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What an address answered, the page on which its link stood, and what it showed if it was read."""

    address: str
    where: str
    status: int
    page: Page | None


def shape_of(link):
    """What kind of page an address is: without its numbers and what is asked of it."""
    return re.sub(r"\d+", "0", link.partition("?")[0])


def crawl(browser, *, pages, links, which) -> Iterator[Answered]:
    """From the first page on: of each kind of page the first few are read, and of each kind of link on a page the first
    few that are new are followed, if they are of those asked for."""
    waiting, known, read = deque([("/", "")]), {"/"}, Counter()
    while waiting:
        address, where = waiting.popleft()
        answer = browser.get(address)
        page, shape = None, shape_of(address)
        if answer.status_code == 200 and "html" in answer["Content-Type"] and read[shape] < pages:
            read[shape] += 1
            page = Page(answer.content.decode(), answer.templates)
        yield Answered(address=address, where=where, status=answer.status_code, page=page)
        followed = Counter()
        for link in onward(answer, page, address):
            shape = shape_of(link)
            if link not in known and followed[shape] < links and which(link):
                known.add(link)
                followed[shape] += 1
                waiting.append((link, address))


def onward(answer, page, address):
    """The addresses of this site that a page links to, or that an answer sends on to."""
    targets = page.links if page else [answer["Location"]] if answer.has_header("Location") else []
    for target in targets:
        link = urljoin(address, target)
        if link.startswith("/") and not link.startswith("/static/"):
            yield urlsplit(link)._replace(fragment="").geturl()
