"""A list of three rows costs as many queries as a list of one, and no page more than twelve."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.kernel.platform import policy

MOST = 12


def cost(client, address):
    client.get(address)  # what is read once a process is not the page's
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in found if "SAVEPOINT" not in one["sql"]]


def test_list_costs_the_same_with_three_rows(slug, resource, world, reader, reading):
    there = policy.visible(resource.model, world.person(reading)).count()
    one, three = (cost(reader, f"{reverse(f'{slug}-list')}?per_page={n}") for n in (1, 3))
    assert len(three) == len(one), "\n".join(three)
    assert len(three) <= MOST, "\n".join(three)
    assert there >= 1


def test_api_list_costs_the_same_with_three_rows(slug, reader):
    one, three = (cost(reader, f"/api/v1/{slug}/?per_page={n}") for n in (1, 3))
    assert len(three) == len(one), "\n".join(three)
    assert len(three) <= MOST


@pytest.mark.parametrize("page", ["detail", "history"])
def test_detail_stays_within_twelve(slug, page, resource, world, reader, reading):
    item = policy.visible(resource.model, world.person(reading)).order_by("pk").last()
    found = cost(reader, reverse(f"{slug}-{page}", args=[item.pk]))
    assert len(found) <= MOST, "\n".join(found)
