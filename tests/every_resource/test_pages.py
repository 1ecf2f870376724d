"""Each resource as list, detail, record, export and API: just the rows that are open, for those to whom they are."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.declared import seen_of

from keqiao.faces.portal import page_of
from keqiao.kernel.platform import policy


@pytest.fixture
def rows(resource, world, db, reading):
    found = policy.visible(resource.model, world.person(reading)).order_by(*resource.order)
    assert found.exists(), (
        f"the world has no {resource.slug}; rows.py of its app's tests makes one of each model"
    )
    return list(found)


def test_list_and_detail_and_record(resource, slug, rows, reader):
    assert reader.get(reverse(f"{slug}-list")).status_code == 200
    for name in ("detail", "history"):
        answer = reader.get(reverse(f"{slug}-{name}", args=[rows[0].pk]))
        assert answer.status_code == 200
        assert str(rows[0])[:20] in answer.content.decode().replace("&#x27;", "'").replace("&amp;", "&")


@pytest.mark.parametrize("form", ["csv", pytest.param("xlsx", marks=pytest.mark.once)])  # by the same cursor
def test_export_holds_the_visible_rows(slug, form, rows, world, db, reading):
    for key in (reading, "manager", "other expert", "system administrator"):
        table = exported(world.visit(key), slug, form)  # itself an event among those of the security log
        assert len(table) - 1 == visible_count(world, key, rows), key
        assert len({len(line) for line in table}) == 1


def visible_count(world, key, rows):
    return policy.visible(type(rows[0]), world.person(key)).count()


def exported(client, slug, form):
    answer = client.get(reverse(f"{slug}-export", args=[form]))
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "csv":
        return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    return list(load_workbook(io.BytesIO(body), read_only=True).active.iter_rows(values_only=True))


def test_api_lists_and_shows_the_visible_rows(resource, slug, rows, reader):
    pages = range(1, 2 + len(rows) // 500)
    answers = [reader.get(f"/api/v1/{slug}/?per_page=500&page={page}").json() for page in pages]
    seen = [one["id"] for answer in answers for one in answer.get("items", ())]
    assert {answer["count"] for answer in answers if "count" in answer} == {len(rows)}
    assert sorted(seen) == sorted(row.pk for row in rows)
    one = reader.get(f"/api/v1/{slug}/{rows[0].pk}/").json()
    assert one["id"] == rows[0].pk
    assert set(resource.api_fields) <= set(one)


@pytest.mark.parametrize("key", ["visitor", "other client", "other expert"])
def test_denied_to_others(slug, resource, key, rows, world, db):
    """Absent and not open give the same answer."""
    client, actor = world.visit(key), world.person(key)
    pages = [reverse(f"{slug}-{name}", args=[rows[0].pk]) for name in ("detail", "history")]
    codes = {client.get(address).status_code for address in pages}
    api = {client.get(f"/api/v1/{slug}/{rows[0].pk}/").status_code}
    for_visitors = page_of(resource.model, "visitor") is not None
    seen = policy.visible(type(rows[0]), actor).filter(pk=rows[0].pk).exists()
    if key == "visitor" and for_visitors:  # the page, and not its history
        assert (codes, api) == ({200 if seen else 404, 302}, {401})
    elif key == "visitor":
        assert (codes, api) == ({302}, {401})
    elif seen_of(slug).for_all:
        assert (codes, api) == ({200}, {200})
    elif not seen:
        assert (codes, api) == ({404}, {404})
    absent = client.get(reverse(f"{slug}-detail", args=[10**9])).status_code
    assert absent == (302 if key == "visitor" and not for_visitors else 404)


def test_other_client_sees_none_of_ours(slug, world, db):
    """In this world only `ours` has cases, so another client's lists are empty but for its own enterprise and people."""
    found = world.visit("other client").get(f"/api/v1/{slug}/").json()
    if seen_of(slug).for_all:
        return
    assert found["count"] == seen_of(slug).of_others


def test_search_finds_only_what_is_open(resource, slug, world, rows, reader):
    if not resource.searchable:
        assert "q=" not in reader.get(reverse(f"{slug}-list")).content.decode()
        return
    found = reader.get(f"/api/v1/{slug}/?q=示例").json()["count"]
    assert found == len(rows)
    own = world.visit("other expert").get(f"/api/v1/{slug}/?q=示例").json()["count"]
    assert own == seen_of(slug).found


def test_what_is_no_column_sorts_and_filters_nothing(resource, slug, rows, reader):
    """A field that isn't shown can't be guessed from the order or the number of rows."""
    plain = reader.get(f"/api/v1/{slug}/?per_page=500").json()
    hidden = "sort=version&sort=-enterprise__uscc&version=999&enterprise__uscc=1&returned_reason=x"
    assert reader.get(f"/api/v1/{slug}/?per_page=500&{hidden}").json() == plain
    answer = reader.get(f"{reverse(f'{slug}-list')}?{hidden}&columns=version&columns=secret")
    assert answer.status_code == 200


def test_no_address_of_a_list_writes(slug, reader):
    for method in ("put", "patch", "delete", "post"):
        answer = getattr(reader, method)(f"/api/v1/{slug}/", "{}", content_type="application/json")
        assert answer.status_code == 405
