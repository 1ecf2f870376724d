"""What the command line takes as proof that the person is there: their password, and their second factor if they have one."""

import getpass
from typing import Any

from keqiao.accounts.models import Event, SecurityEvent, User
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.queries import has_second_factor
from keqiao.accounts.signin.second_factor import MOST_WRONG, WITHIN, factor_that_accepts, required_of
from keqiao.kernel.platform import clock

WHERE = "terminal"


def proved(person: Any) -> bool:
    """Asked at the terminal, counted and written down like on a page. Without a terminal nothing is taken for proof."""
    if not isinstance(person, User) or _failed_too_often(person):
        return False
    factor = has_second_factor(user=person)
    holds = _password_is(person) and (_code_is(person) if factor else not required_of(person))
    record_event(event=Event.CONFIRMED if holds else Event.SIGN_IN_FAILED, user=person, detail=WHERE)
    return holds


def _password_is(person: User) -> bool:
    return person.check_password(_asked(f"{person.username}, password: "))


def _code_is(person: User) -> bool:
    return factor_that_accepts(person, _asked("Code of the second factor: "), now=clock.now()) is not None


def _asked(prompt: str) -> str:
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""


def _failed_too_often(person: User) -> bool:
    wrong = SecurityEvent.objects.filter(
        user=person, event=Event.SIGN_IN_FAILED, detail=WHERE, at__gt=clock.now() - WITHIN
    )
    return wrong.count() >= MOST_WRONG
