"""Browsers of people already signed in, in English unless said otherwise, and how many queries a page takes."""

import re
import time

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keqiao.accounts.models import User
from keqiao.accounts.signin.timing import SEEN_AT, SIGNED_IN_AT
from keqiao.faces.web.middleware import LANGUAGE_COOKIE
from keqiao.kernel.platform.actors import Actor

DOOR = "keqiao.accounts.signin.backend.Door"


def browser_of(person, *, language="en"):
    client = Client()
    client.cookies[LANGUAGE_COOKIE] = language
    client.force_login(person, backend=DOOR)
    return client


def signed_in(actor: Actor) -> Client:
    """A client that proved a moment ago who they are, so that sensitive steps go on."""
    client = Client(raise_request_exception=False)
    if isinstance(actor, User):
        client.force_login(actor, backend=DOOR)
        session = client.session
        session.update(proved(time.time()))
        session.save()
    return client


def session_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_session(session: str) -> Client:
    """The browser in which someone signed in before; "" for a visitor's."""
    client = Client(raise_request_exception=False)
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def proved(now: float) -> dict[str, object]:
    return {"account_authentication_methods": [{"method": "password", "at": now}]}


def renew_sessions() -> None:
    """Whoever is signed in did so now: a prepared database may be some days old."""
    now = time.time()
    with transaction.atomic():
        for key in Session.objects.values_list("session_key", flat=True):
            session = SessionStore(key)
            session.update({SIGNED_IN_AT: now, SEEN_AT: now, **proved(now)})
            session.save()


def status(person, path):
    return browser_of(person).get(path).status_code


def text(person, path):
    answer = browser_of(person).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return tight(answer.content.decode())


def tight(html):
    """Without the white space between tags and within them, which is the template's and nobody sees."""
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html))


def queries(person, path):
    """Of the second page after signing in: the first writes the session."""
    browser = browser_of(person)
    browser.get("/accounts/me/")
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)
