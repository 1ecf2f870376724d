"""How long a session lives: not past a time without use, and not past a time since sign-in."""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
# The time of the last use is written at most once a minute, so that reading pages doesn't write at every
# request.
COARSE_SECONDS = 60


def is_over(session: SessionBase, *, now: float) -> bool:
    """A session that doesn't say when it began is over: nothing vouches for it."""
    began = session.get(SIGNED_IN_AT)
    if began is None or now - began >= settings.SESSION_COOKIE_AGE:
        return True
    return bool(now - session.get(SEEN_AT, began) >= settings.SESSION_IDLE_SECONDS)


def left(session: SessionBase, *, now: float) -> dict[str, int]:
    """Seconds until the session ends if it goes unused, and until it ends however much it is used."""
    began = session.get(SIGNED_IN_AT, 0)
    unused = settings.SESSION_IDLE_SECONDS - (now - session.get(SEEN_AT, began))
    whole = settings.SESSION_COOKIE_AGE - (now - began)
    return {"unused": max(0, int(unused)), "whole": max(0, int(whole))}


def note_use(session: SessionBase, *, now: float) -> None:
    if now - session.get(SEEN_AT, 0) >= COARSE_SECONDS:
        session[SEEN_AT] = now
