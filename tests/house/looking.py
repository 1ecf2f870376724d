"""What is wrong with a page: words of the other language, barriers, more than a screen holds."""

import re

from tests.journeys.barriers import barriers, too_wide

SITE = "http://pages.test"
DESK, PHONE = 1440, 390
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
    return sorted({text for text in page.texts if set(WORD.findall(DATA.sub(" ", text))) - NAMES})


def faults(page, *, colours=(DESK,)):
    """Of what a browser shows, on a desk and on a phone; colours at the widths that are named."""
    found = []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found += [*too_wide(page), *barriers(page, colours=width in colours)]
    return found
