"""Rows of business against the record: what SQL changes behind the steps is found."""

import pytest
from django.db import connection
from tests.factories import contracts as make
from tests.kernel.forging import sql

from keqiao.accounts.models import Event, Role, SecurityEvent
from keqiao.accounts.operations.events import record_event
from keqiao.catalogue.models import ServiceFamily
from keqiao.enterprises.models import Enterprise, Tag
from keqiao.kernel.models import Entry, EntryRow
from keqiao.kernel.platform import clock
from keqiao.kernel.record import append_only, rows, take_up
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.record.sealing import seal
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.django_db


def found():
    return {(item.code, item.where) for item in verify_log() if item.code != "unguarded"}


@pytest.fixture
def manager():
    return make.staff(Role.MANAGER)


@pytest.fixture
def tag(manager):
    return get("create_tag")(actor=manager, name="示例标签")


def test_a_row_that_steps_wrote_is_held(tag, manager):
    assert found() == set()
    get("update_tag")(actor=manager, tag=tag, name="另一标签")
    seal(now=clock.now())
    assert found() == set()
    assert (
        list(EntryRow.objects.filter(kind="enterprises.tag").values_list("number", flat=True)) == [tag.pk] * 2
    )


def test_a_row_changed_behind_the_steps(tag):
    sql("UPDATE enterprises_tag SET name = '改写' WHERE id = %s", tag.pk)
    assert found() == {("row", f"enterprises.tag {tag.pk}")}


def test_put_back_as_it_was_it_is_whole(tag):
    sql("UPDATE enterprises_tag SET name = '改写' WHERE id = %s", tag.pk)
    sql("UPDATE enterprises_tag SET name = '示例标签' WHERE id = %s", tag.pk)
    assert found() == set()


def test_what_is_written_past_the_signals_is_noted_by_who_writes_it(tag):
    with rows.collected() as outer:
        with rows.collected() as inner:
            rows.update(Tag.objects.filter(pk=tag.pk), version=5)
            assert inner == {Tag: {tag.pk}}
        rows.note(*Tag.objects.bulk_create([Tag(name="zwei")]))
        Tag.objects.filter(name="zwei").delete()
    assert len(outer[Tag]) == 2
    assert [digest for _kind, _number, digest in rows.digests(outer)] == [
        digest for _number, digest in rows.digests_of(Tag, Tag.objects.all())
    ]
    assert rows.update(Tag.objects.none(), version=6) == 0


def test_a_row_removed_behind_the_steps(tag):
    sql("DELETE FROM enterprises_tag WHERE id = %s", tag.pk)
    assert found() == {("rowless", f"enterprises.tag {tag.pk}")}


def test_a_row_slipped_in(tag):
    take_up.all_rows()
    assert found() == set()
    Tag(name="凭空").save()
    assert found() == {("unwritten", f"enterprises.tag {Tag.objects.get(name='凭空').pk}")}


def test_what_is_there_is_taken_up_once_and_an_entry_says_so(db):
    Tag(name="先前").save()
    assert take_up.all_rows() > 0
    assert take_up.all_rows() == 0
    [entry] = [
        one
        for one in Entry.objects.filter(operation=take_up.ALL)
        if "enterprises.tag" in one.said.value["rows"]
    ]
    assert entry.said.value == {"rows": {"enterprises.tag": 1}}
    assert found() == set()
    sql("UPDATE enterprises_tag SET name = '改写'")
    assert {code for code, _where in found()} == {"row"}


def test_the_list_of_rows_is_sealed_by_the_header(tag):
    append_only.remove(connection)
    entry = Entry.objects.get(operation="create_tag")
    sql("UPDATE enterprises_tag SET name = '改写' WHERE id = %s", tag.pk)
    [(_number, digest)] = rows.digests_of(
        Tag, Tag.objects.filter(pk=tag.pk)
    )  # as who holds the keys reckons it
    sql("UPDATE kernel_entryrow SET digest = %s WHERE entry_id = %s", digest, entry.pk)
    assert found() == {("rows", str(entry))}
    sql("DELETE FROM kernel_entryrow WHERE entry_id = %s", entry.pk)
    assert found() == {("rows", str(entry))}
    append_only.install(connection)


def test_a_digest_tells_nothing_without_the_key(tag):
    """Two rows that say the same have different digests, and one row the same one each time."""
    other = Tag.objects.create(name="x", created_at=tag.created_at)
    sql("DELETE FROM enterprises_tag WHERE id = %s", tag.pk)
    one = dict(rows.digests_of(Tag, Tag.objects.all()))
    sql("UPDATE enterprises_tag SET id = %s WHERE id = %s", tag.pk, other.pk)
    assert list(dict(rows.digests_of(Tag, Tag.objects.all())).values()) != list(one.values())
    sql("UPDATE enterprises_tag SET id = %s WHERE id = %s", other.pk, tag.pk)
    first, second = (dict(rows.digests_of(Tag, Tag.objects.order_by("pk"))) for _turn in range(2))
    assert first == second
    assert first == one


def test_what_is_usual_does_not_count(tag):
    """So a column that a later version adds, with its default, changes no digest."""
    before = dict(rows.digests_of(Tag, Tag.objects.all()))
    sql("UPDATE enterprises_tag SET version = 2 WHERE id = %s", tag.pk)
    assert dict(rows.digests_of(Tag, Tag.objects.all())) != before
    assert Tag._meta.get_field("version").default == 1


def test_a_row_of_a_list_of_thousands_is_held_once_a_step_writes_it(manager):
    take_up.all_rows()
    enterprise = make.enterprise()
    assert ("unwritten", f"enterprises.enterprise {enterprise.pk}") not in found()
    with rows.collected() as written:
        rows.note_held([enterprise])
    assert not written
    get("create_service_family")(actor=manager, code="5.9", name="示例")
    family = ServiceFamily.objects.get(code="5.9")
    sql("UPDATE catalogue_servicefamily SET name = '改写' WHERE id = %s", family.pk)
    assert ("row", f"catalogue.servicefamily {family.pk}") in found()
    assert Enterprise.listed


def test_security_events_are_in_the_chain_from_the_next_seal_on(manager):
    record_event(event=Event.SIGNED_IN, user=manager)
    event = SecurityEvent.objects.latest("pk")
    seal(now=clock.now())
    assert EntryRow.objects.filter(kind="accounts.securityevent", number=event.pk).count() == 1
    count = Entry.objects.count()
    seal(now=clock.now())
    assert Entry.objects.count() == count  # nothing new to take up
    assert found() == set()
    append_only.remove(connection)
    sql("UPDATE accounts_securityevent SET detail = 'x' WHERE id = %s", event.pk)
    assert found() == {("row", f"accounts.securityevent {event.pk}")}
    sql("DELETE FROM accounts_securityevent WHERE id = %s", event.pk)
    assert found() == {("rowless", f"accounts.securityevent {event.pk}")}
    append_only.install(connection)
