"""The one letter of a day: what waits for a person, one block for each thing it belongs to.

It leaves the house: numbers and days, no client's name to staff, and of what is above internal only that something is
due (4.1.5).
"""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keqiao.accounts.models import Kind, User
from keqiao.kernel.platform.levels import may_leave_the_house
from keqiao.kernel.platform.mail import queue_mail
from keqiao.kernel.steps.deadlines.addresses import address
from keqiao.kernel.steps.deadlines.pending import Pending, gathered

MOST = 60  # lines of one letter


def queue_digest(*, user: User, day: date, waits: list[Pending]) -> int:
    """Queue it in the running transaction, to this person alone, in the site's language; the number of its lines."""
    lines = gathered(waits)
    with translation.override(settings.LANGUAGE_CODE):
        queue_mail(
            to=[user.email],
            subject=_subject(len(lines)),
            body=_body(user, day, lines),
            key=f"digest-{user.pk}-{day.isoformat()}",
        )
    return len(lines)


def _subject(number: int) -> str:
    said = ngettext("%(n)s thing waits for you", "%(n)s things wait for you", number) % {"n": number}
    return f"[{settings.INSTITUTION_NAME}] {said}"


def _body(user: User, day: date, lines: list[tuple[Pending, str]]) -> str:
    parts = [_salutation(user), _("This waits for you:")]
    parts += ["\n".join(block) for block in _blocks(user, day, lines[:MOST])]
    if len(lines) > MOST:
        parts.append(_("And %(n)s more.") % {"n": len(lines) - MOST})
    parts += [
        f"{_('All of it:')} {_site('home')}",
        f"{_('Change or end these letters:')} {_site('account_reminders')}",
    ]
    return "\n\n".join([*parts, settings.INSTITUTION_NAME]) + "\n"


def _salutation(user: User) -> str:
    if user.kind == Kind.STAFF:
        return _("%(name)s,") % {"name": user.name}
    return _("Dear %(name)s,") % {"name": user.name}


def _blocks(user: User, day: date, lines: Iterable[tuple[Pending, str]]) -> list[list[str]]:
    """By what they belong to, in the order of the first day of each."""
    blocks: dict[object, list[str]] = {}
    for wait, words in lines:
        block = blocks.setdefault(wait.which, [_head(user, wait)] if wait.place.number else [])
        block += _line(user, day, wait, words)
    return list(blocks.values())


def _head(user: User, wait: Pending) -> str:
    """The client knows its own engagement by its title; to everybody else it is a number."""
    own = user.kind == Kind.CLIENT and may_leave_the_house(wait.place.level)
    return f"{wait.place.number} {wait.place.title}".strip() if own else wait.place.number


def _line(user: User, day: date, wait: Pending, words: str) -> list[str]:
    return [
        f"- {_when(wait, day)}{wait.outside(words)}",
        f"  {settings.SITE_ORIGIN.rstrip('/')}{address(wait, user)}",
    ]


def _when(wait: Pending, today: date) -> str:
    assert wait.day is not None  # what has no day is not reminded of
    said = {"day": str(wait.day), "n": wait.late_by(today)}
    if said["n"]:
        return ngettext("%(day)s, %(n)s day late: ", "%(day)s, %(n)s days late: ", wait.late_by(today)) % said
    return _("%(day)s: ") % said


def _site(name: str) -> str:
    return settings.SITE_ORIGIN.rstrip("/") + reverse(name)
