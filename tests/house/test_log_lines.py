"""The log: every line of a request has its number, and no address that opens something stands in it."""

import io
import logging
import re

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.house.test_routes import routes

from keqiao.config.logs import Lines
from keqiao.faces.access import LINK

SECRET = "Kq-7_secret0Secret1Secret2Secret3Secret4Secret5"
BY_LINK = sorted(
    {f"/{route}" for route, view in routes(get_resolver()) if getattr(view, "access", "") == LINK}
)


def address(route):
    """A path of this route, the secret in place of each of its parts."""
    plain = re.sub(r"\(\?P<\w+>[^)]*\)", SECRET, route.replace("^", "").replace("$", ""))
    return re.sub(r"<[^>]+>", SECRET, plain).replace("\\", "")


@pytest.fixture
def lines(monkeypatch):
    """What the site's own handler writes."""
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one.formatter, Lines)]
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return written


def test_there_are_such_addresses():
    assert len(BY_LINK) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("route", BY_LINK)
@pytest.mark.parametrize("tail", ["", "x/"])
def test_the_secret_of_an_address_never_stands_in_it(lines, route, tail):
    answer = Client().post(address(route) + tail)
    said = lines.getvalue()
    assert SECRET[:12] not in said
    if answer.status_code >= 400:
        assert f"[{answer['X-Request-Id']}]" in said
        assert "/…" in said


@pytest.mark.django_db
def test_a_faults_line_has_the_number_that_is_shown(lines, settings):
    settings.ROOT_URLCONF = "tests.faces.faulty_urls"
    answer = Client(raise_request_exception=False).get("/fail/program/")
    assert (
        f"ERROR django.request [{answer['X-Request-Id']}] Internal Server Error: /fail/program/"
        in lines.getvalue()
    )
    assert "ZeroDivisionError" in lines.getvalue()


@pytest.mark.django_db
def test_so_has_what_the_program_says_while_answering_and_no_other(lines, settings):
    settings.ROOT_URLCONF = "tests.house.speaking_urls"
    answer = Client().get("/speak/")
    logging.getLogger("keqiao").warning("afterwards")
    first, second = lines.getvalue().splitlines()
    assert first.endswith(f"WARNING keqiao [{answer['X-Request-Id']}] spoken")
    assert second.endswith("WARNING keqiao [-] afterwards")
