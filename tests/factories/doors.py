"""Browsers of people already signed in, in English unless said otherwise, and how many queries a page takes."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keqiao.faces.web.middleware import LANGUAGE_COOKIE

DOOR = "keqiao.accounts.signin.backend.Door"


def browser_of(person, *, language="en"):
    client = Client()
    client.cookies[LANGUAGE_COOKIE] = language
    client.force_login(person, backend=DOOR)
    return client


def status(person, path):
    return browser_of(person).get(path).status_code


def text(person, path):
    answer = browser_of(person).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def queries(person, path):
    """Of the second page after signing in: the first writes the session."""
    browser = browser_of(person)
    browser.get("/accounts/me/")
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)
