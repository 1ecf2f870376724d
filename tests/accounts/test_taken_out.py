"""What leaves the house is written down: who fetched what, when, from where. One row a time."""

import io
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import contracts as make
from tests.factories.doors import DOOR

from keqiao.accounts.models import Event, Role, SecurityEvent
from keqiao.engagement.models import Material
from keqiao.faces import egress_log
from keqiao.kernel.files import vault
from keqiao.kernel.platform import clock
from keqiao.kernel.record import append_only

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(make.NOON):
        yield


@pytest.fixture
def visit():
    def visit(person, address="203.0.113.9"):
        client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT="Browser 1")
        client.force_login(person, backend=DOOR)
        return client

    return visit


@pytest.fixture
def blob():
    one = make.engagement(level=2, consultant=make.staff(clearance=2))
    kept = vault.store(
        file=io.BytesIO(make.PDF), name="机密甲.pdf", enterprise_id=one.enterprise_id, level=2, actor_id=None
    )
    return Material.objects.create(engagement=one, name="执照", blob=kept).blob


def reader_of(blob):
    return Material.objects.get(blob=blob).engagement.consultant


def taken():
    return SecurityEvent.objects.filter(event__in=[Event.FILE_FETCHED, Event.LIST_EXPORTED])


def test_a_fetched_file_is_one_event(blob, visit):
    visit(reader_of(blob)).get(f"/files/{blob.pk}/").getvalue()
    event = taken().get()
    assert (event.event, event.user, event.address, event.browser, event.at) == (
        Event.FILE_FETCHED,
        reader_of(blob),
        "203.0.113.9",
        "Browser 1",
        make.NOON,
    )
    assert event.detail == f"{blob.pk}|2|{blob.sha256}"
    assert len(blob.sha256) == 64


def test_it_costs_one_insert(blob, visit):
    client = visit(reader_of(blob))
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/files/{blob.pk}/").getvalue()
    written = [one["sql"].split('"')[1] for one in asked if one["sql"].startswith("INSERT")]
    assert written == ["accounts_securityevent"]


def test_what_is_refused_is_not_called_fetched(blob, visit):
    assert visit(make.staff(clearance=3)).get(f"/files/{blob.pk}/").status_code == 404
    assert not taken().exists()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_exported_list_is_one_event_and_its_filter_stays_unsaid(visit, form):
    reader = make.staff(Role.MANAGER)
    visit(reader).get(reverse("enterprises-export", args=[form]), {"q": "机密甲"}).getvalue()
    event = taken().get()
    assert (event.event, event.user, event.detail) == (Event.LIST_EXPORTED, reader, f"enterprises|{form}")
    assert event.said == f"enterprises · {form}"


def test_the_audit_administrator_sees_who_and_what_but_no_name(blob, visit):
    visit(reader_of(blob)).get(f"/files/{blob.pk}/").getvalue()
    auditor = visit(make.staff(Role.AUDIT_ADMIN))
    page = auditor.get(reverse("security-events-list"), {"event": "file_fetched"}).content.decode()
    assert f"编号 {blob.pk}，普通商密，SHA-256 {blob.sha256}" in page
    assert reader_of(blob).name in page
    assert "机密甲.pdf" not in page


def test_nobody_else_sees_it(blob, visit):
    visit(reader_of(blob)).get(f"/files/{blob.pk}/").getvalue()
    for person in (make.staff(Role.MANAGER, clearance=3), make.staff(Role.SYSTEM_ADMIN), reader_of(blob)):
        assert blob.sha256 not in visit(person).get(reverse("security-events-list")).content.decode()


def test_without_a_log_nothing_goes_out(blob, visit, monkeypatch):
    monkeypatch.setattr(egress_log, "_tellers", [])
    answer = visit(reader_of(blob)).get(f"/files/{blob.pk}/")
    assert (answer.status_code, answer.streaming) == (403, False)
    assert make.PDF not in answer.content


@pytest.mark.parametrize(
    "sql",
    ["UPDATE accounts_securityevent SET detail = 'x'", "DELETE FROM accounts_securityevent"],
)
def test_the_database_itself_keeps_events(sql):
    SecurityEvent.objects.create(event=Event.SIGNED_IN, at=datetime(2026, 11, 23, tzinfo=UTC))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert "accounts_securityevent" in append_only.TABLES
    assert append_only.missing(connection) == []
