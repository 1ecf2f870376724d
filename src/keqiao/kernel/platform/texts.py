"""Text as it may be kept. It is judged where a step begins, so that page, API, portal, command and import are judged alike.

By rule cleaned: ends of lines are LF, those of Word too, and characters that turn the direction of writing are left out, since a name that shows
as another is not what was typed. Refused: what no database, paper or browser holds.
"""

import re

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Text

TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HALF = re.compile("[\ud800-\udfff]")  # one half of a pair, which UTF-8 doesn't write
ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
LONGEST = 20_000  # characters of one text


class Unkept(ValueError):  # noqa: N818 - an answer
    """The text can't be kept; `fault` says why."""

    def __init__(self, fault: Text) -> None:
        super().__init__(fault)
        self.fault = fault


def judged(text: str, *, most: int = LONGEST) -> str:
    """The text as it is kept. Raises Unkept."""
    text = ENDS.sub("\n", text)
    if HALF.search(text):
        raise Unkept(_("It holds half a character, which can't be written. Type it again."))
    if CONTROL.search(text):
        raise Unkept(_("It holds a control character. Type it again, or paste it as plain text."))
    if len(text) > most:
        raise Unkept(_("At most %(most)s characters.") % {"most": most})
    return TURNS.sub("", text)
