"""The log of the door."""

import pytest
from django.urls import reverse

from keqiao.accounts.models import Event, Role, SecurityEvent
from keqiao.accounts.models.security_event import AppendOnly
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.queries import security_events
from keqiao.kernel.platform.policy import visible

pytestmark = pytest.mark.django_db
READERS = {Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}


@pytest.fixture
def event(person):
    return record_event(event=Event.SIGNED_IN, user=person())


@pytest.mark.parametrize("role", [None, *Role])
def test_who_reads_it(person, event, signed_in, role):
    reader = person(role=role)
    assert (event in security_events(actor=reader)) is (role in READERS)
    assert (event in visible(SecurityEvent, reader)) is (role in READERS)
    status = signed_in(reader).get(reverse("account_events")).status_code
    assert status == (200 if role in READERS else 404)


def test_the_page_names_event_and_account(person, event, signed_in):
    page = signed_in(person(role=Role.AUDIT_ADMIN)).get(reverse("account_events")).content.decode()
    assert event.user.username in page


def test_one_query_count_for_few_and_many(person, signed_in, django_assert_num_queries):
    visitor, where = signed_in(person(role=Role.AUDIT_ADMIN)), reverse("account_events")
    visitor.get(where)
    # session, account with its roles, count of events, events with their people
    with django_assert_num_queries(4):
        assert len(visitor.get(where).context["page"]) == 1
    for _ in range(120):
        record_event(event=Event.SIGN_IN_FAILED, user=person())
    with django_assert_num_queries(4):
        assert len(visitor.get(where).context["page"]) == 50


def test_nothing_is_changed_or_deleted(event):
    event.detail = "anders"
    for attempt in (
        event.save,
        event.delete,
        lambda: SecurityEvent.objects.update(detail="x"),
        SecurityEvent.objects.all().delete,
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert list(SecurityEvent.objects.values_list("detail", flat=True)) == [""]


def test_long_details_and_browsers_fit(person, rf):
    request = rf.get("/", headers={"user-agent": "x" * 999})
    event = record_event(event=Event.SIGNED_IN, user=person(), request=request, detail="y" * 999)
    assert (len(event.browser), len(event.detail)) == (200, 200)
