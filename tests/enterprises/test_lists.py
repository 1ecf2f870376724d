"""Saved views, and one step for many rows."""

import pytest

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Enterprise, Tag
from keqiao.faces.models import SavedView
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.levels import Level

pytestmark = pytest.mark.django_db
TAG, OWNER = "/enterprises/bulk/tag_enterprise/", "/enterprises/bulk/assign_enterprise_owner/"


def ids(*rows: Enterprise) -> dict:
    return {"rows": [row.pk for row in rows]}


def test_a_view_is_kept_shown_replaced_and_removed(person, seen_by):
    actor = person()
    client = seen_by(actor)
    led = client.post("/enterprises/views/", {"name": "深圳", "query": "region=4403&page=3&size="})
    assert led.headers["Location"] == "/enterprises/?region=4403"
    page = client.get("/enterprises/?page=1&region=4403").content.decode()
    assert '<a href="?region=4403" aria-current="page">深圳</a>' in page
    client.post("/enterprises/views/", {"name": "深圳", "query": "region=4401"})
    view = SavedView.objects.get()
    assert (view.user, view.slug, view.query) == (actor, "enterprises", "region=4401")
    client.post(f"/enterprises/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


def test_views_are_ones_own_and_of_one_list(person, seen_by):
    mine, other = person(), person()
    seen_by(mine).post("/enterprises/views/", {"name": "我的视图", "query": "region=4403"})
    view = SavedView.objects.get()
    assert "我的视图" not in seen_by(other).get("/enterprises/").content.decode()
    assert "我的视图" not in seen_by(mine).get("/imports/").content.decode()
    assert seen_by(other).post(f"/enterprises/views/{view.pk}/remove/").status_code == 404
    assert seen_by(mine).post(f"/imports/views/{view.pk}/remove/").status_code == 404
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"name": ""}, {"name": "长" * 41}, {"name": "甲", "query": "q=" + "x" * 1000}]
)
def test_a_view_without_a_name_or_too_long_is_refused(person, seen_by, sent):
    assert seen_by(person()).post("/enterprises/views/", sent).status_code == 422
    assert not SavedView.objects.exists()


def test_twenty_views_are_enough(person, seen_by):
    client = seen_by(person())
    for number in range(21):
        answer = client.post("/enterprises/views/", {"name": f"视图{number}", "query": "region=4403"})
    assert (answer.status_code, SavedView.objects.count()) == (422, 20)


def test_one_tag_for_many_rows(person, enterprise, seen_by):
    actor, tag = person(), Tag.objects.create(name="国高")
    rows = [enterprise(owner=actor) for _ in range(3)]
    client = seen_by(actor)
    assert 'form="bulk"' in client.get("/enterprises/").content.decode()
    asked = client.get(TAG, ids(*rows[:2])).content.decode()
    assert [str(row) in asked for row in rows] == [True, True, False]
    done = client.post(TAG, ids(*rows[:2]) | {"tag": tag.pk, "idempotency_key": "k1"})
    assert done.status_code == 302
    assert [list(row.tags.all()) for row in rows] == [[tag], [tag], []]
    assert Entry.objects.filter(operation="tag_enterprise").count() == 2


def test_sent_twice_it_has_one_effect_a_row(person, enterprise, seen_by):
    actor, tag = person(), Tag.objects.create(name="国高")
    rows = [enterprise(owner=actor) for _ in range(2)]
    client = seen_by(actor)
    for _ in range(2):
        sent = client.post(TAG, ids(*rows) | {"tag": tag.pk, "idempotency_key": "k1"})
        assert sent.status_code == 302
    assert Entry.objects.filter(operation="tag_enterprise").count() == 2


def test_a_manager_hands_over_many(person, enterprise, seen_by):
    manager, heir = person(Role.MANAGER), person()
    rows = [enterprise(owner=person()) for _ in range(2)]
    seen_by(manager).post(OWNER, ids(*rows) | {"owner": heir.pk, "reason": "离职"})
    assert set(Enterprise.objects.values_list("owner", flat=True)) == {heir.pk}


def test_one_row_of_someone_else_and_nothing_is_changed(person, enterprise, seen_by):
    actor, tag = person(), Tag.objects.create(name="国高")
    rows = [enterprise(owner=actor), enterprise(owner=person())]
    answer = seen_by(actor).post(TAG, ids(*rows) | {"tag": tag.pk})
    assert (answer.status_code, rows[1].name in answer.content.decode()) == (403, True)
    assert (tag.enterprises.count(), Entry.objects.count()) == (0, 0)


def test_one_row_that_is_refused_on_the_way_and_nothing_is_changed(person, enterprise, seen_by):
    """The heir may see the first enterprise and not the second, which only the step itself finds out."""
    manager, heir = person(Role.MANAGER, clearance=Level.CORE_TRADE_SECRET), person(clearance=Level.INTERNAL)
    rows = [enterprise(owner=manager), enterprise(owner=manager, level=Level.TRADE_SECRET)]
    answer = seen_by(manager).post(OWNER, ids(*rows) | {"owner": heir.pk})
    assert answer.status_code == 422
    assert set(Enterprise.objects.values_list("owner", flat=True)) == {manager.pk}
    assert Entry.objects.count() == 0


def test_a_row_that_is_not_seen_is_as_absent(person, enterprise, seen_by):
    manager, tag = person(Role.MANAGER), Tag.objects.create(name="国高")
    rows = [enterprise(), enterprise(level=Level.CORE_TRADE_SECRET)]
    client = seen_by(manager)
    for sent in (ids(*rows), {"rows": [rows[0].pk, 10**15]}):
        assert client.post(TAG, sent | {"tag": tag.pk}).status_code == 404
    assert tag.enterprises.count() == 0


@pytest.mark.parametrize("rows", [[], ["x", "-1", "1e3"], list(range(1, 202))])
def test_no_rows_and_too_many(person, seen_by, rows):
    assert seen_by(person(Role.MANAGER)).get(TAG, {"rows": rows}).status_code == 422


def test_only_what_a_list_offers(person, enterprise, seen_by):
    one = enterprise()
    client = seen_by(person(Role.MANAGER))
    assert client.get("/enterprises/bulk/merge_enterprises/", ids(one)).status_code == 404
    assert seen_by(person(Role.AUDITOR)).get(TAG, ids(one)).status_code == 404
