"""What every answer carries, what a page of an error says, and that no address leads away."""

import re

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import get_resolver
from tests.databases.templates import MIGRATED
from tests.faces.faulty_urls import fail
from tests.factories import people
from tests.factories.world import signed_in
from tests.house.test_routes import routes

from keqiao.accounts.models import Role
from keqiao.faces.web import errors
from keqiao.faces.web.operate import within_site

pytestmark = pytest.mark.django_db
PLAIN = sorted({f"/{route}" for route, _view in routes(get_resolver()) if not re.search(r"[<(\\^$]", route)})
AWAY = [
    "https://attacker.example/",
    "//attacker.example/",
    "///attacker.example/",
    "/\\attacker.example/",
    "/\t/attacker.example/",
    "\\\\attacker.example/",
    "http:attacker.example",
    "javascript:alert(1)",
    "attacker.example",
    "\x01/x",
]


@pytest.fixture(scope="module")
def answers(copies, django_db_setup, django_db_blocker):
    """Each address that needs nothing in it, asked once by a visitor and once by a manager."""
    with django_db_blocker.unblock():
        copies.use(MIGRATED)
        with transaction.atomic():
            found = asked()
            transaction.set_rollback(True)
    return found


def asked():
    manager = signed_in(people.staff(Role.MANAGER))
    return {path: (Client().get(path), manager.get(path)) for path in PLAIN}


def test_there_are_many_of_them():
    assert len(PLAIN) > 100


def test_all_carry_a_strict_content_policy(answers):
    for path, both in answers.items():
        for answer in both:
            policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
            assert "unsafe" not in answer["Content-Security-Policy"], path
            assert "*" not in answer["Content-Security-Policy"], path
            assert policy["default-src"] in ("'self'", "'none'"), path
            if "sandbox" not in answer["Content-Security-Policy"]:
                assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'"), path
                assert (policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'"), path


def test_none_is_framed_stored_or_guessed(answers):
    wanted = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for path, both in answers.items():
        for answer in both:
            assert {name: answer.get(name) for name in wanted} == wanted, path
            assert "no-store" in answer["Cache-Control"], path
            assert re.fullmatch("[0-9a-f]{16}", answer["X-Request-Id"]), path


def test_none_of_them_fails(answers):
    assert {path: a.status_code for path, both in answers.items() for a in both if a.status_code >= 500} == {}


@pytest.fixture
def faulty(settings):
    settings.ROOT_URLCONF = "tests.faces.faulty_urls"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("fault", "status"), [("program", 500), ("database", 503), ("disk", 503)])
@pytest.mark.parametrize("where", ["", "/api"])
def test_a_fault_says_its_request_and_nothing_of_itself(faulty, fault, status, where):
    answer = faulty.get(f"{where}/fail/{fault}/")
    assert answer.status_code == status
    text = answer.content.decode()
    assert answer["X-Request-Id"] in text
    for secret in ("机密甲", "Traceback", "ZeroDivision", "OperationalError", "10.0.0.7", "/var/", "fail/"):
        assert secret not in text
    assert answer.get("Retry-After") == ("60" if status == 503 else None)
    assert answer["Content-Type"] == ("application/problem+json" if where else "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "status"), [("/nothing/here/", 404), ("/files/999999/", 302), ("/search/?q=%00", 400)]
)
def test_a_wrong_address_says_no_more_than_its_request(path, status):
    answer = Client().get(path)
    assert answer.status_code == status
    if status == 404:
        assert answer["X-Request-Id"] in answer.content.decode()
        assert "nothing/here" not in answer.content.decode()


def test_a_form_without_its_token_says_no_reason():
    visitor = Client(enforce_csrf_checks=True)
    answer = visitor.post("/accounts/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert answer["X-Request-Id"] in answer.content.decode()
    assert "该表单已过期" in answer.content.decode()
    assert "CSRF cookie" not in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused():
    answer = Client().get("/accounts/login/", headers={"host": "attacker.example"})
    assert answer.status_code == 400
    assert "attacker.example" not in answer.content.decode()


def test_the_page_of_a_fault_asks_no_database(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = None  # even to ask for it would be too much
    with django_assert_num_queries(0):
        assert drawn_while_failing(request).status_code == 503


def drawn_while_failing(request):
    try:
        fail(request, "database")
    except OperationalError:
        return errors.server_error(request)


@pytest.mark.parametrize("address", AWAY)
def test_no_address_leads_away(address):
    assert within_site(address) == ""
    manager = signed_in(people.staff(Role.MANAGER))
    done = manager.post("/tags/do/create_tag/", {"name": "标签", "next": address, "idempotency_key": "k"})
    assert (done.status_code, done.url) == (302, "/tags/1/".replace("1", done.url.split("/")[2]))
    spoken = manager.post("/language/", {"language": "en", "next": address})
    assert spoken.url.startswith("/")
    assert not spoken.url.startswith(("//", "/\\"))


def test_an_address_within_is_followed():
    assert within_site("/enterprises/?q=a&page=2") == "/enterprises/?q=a&page=2"
