"""What a person may not read, they can't sort, filter, choose or search by either: no order or count tells of it."""

import io

import pytest
from openpyxl import load_workbook
from tests.factories import contracts as make
from tests.factories.world import signed_in

from keqiao.engagement.models import Contract
from keqiao.kernel.platform import clock, policy

pytestmark = pytest.mark.django_db
SECRET = "机密词"


@pytest.fixture
def two():
    """Two contracts of one client, told apart by what the institution wrote to itself."""
    with clock.at(make.NOON):
        first = make.signed()
        second = make.signed(one=make.engagement(enterprise=first.enterprise))
        Contract.objects.filter(pk=first.pk).update(returned_reason=SECRET)
        yield first, second


@pytest.fixture
def client(two):
    return signed_in(make.client_of(two[0].enterprise))


def test_the_field_is_hidden_from_a_client_by_rule(two):
    assert policy.may_read(Contract, make.client_of(two[0].enterprise), "returned_reason") is False


@pytest.mark.parametrize(
    "query",
    [
        "sort=returned_reason",
        "sort=-returned_reason",
        f"returned_reason={SECRET}",
        f"returned_reason__icontains={SECRET}",
        "columns=returned_reason",
        "columns=number&columns=returned_reason",
        "columns=enterprise__owner__username",
    ],
)
def test_asking_by_it_changes_nothing(client, query):
    plain, asked = (client.get(f"/api/v1/contracts/?{one}").json() for one in ("", query))
    assert asked == plain
    assert plain["count"] == 2
    page = client.get(f"/contracts/?{query}").content.decode()
    assert SECRET not in page.replace(f'value="{SECRET}"', "").replace(f"={SECRET}", "")


@pytest.mark.parametrize("sort", ["returned_reason", "-returned_reason"])
def test_the_order_of_list_and_export_tells_nothing(client, sort):
    def order(query):
        book = load_workbook(io.BytesIO(client.get(f"/contracts/export.xlsx?{query}").content))
        return [[cell.value for cell in row] for row in book.active.iter_rows()]

    assert order(f"sort={sort}") == order("")


def test_searching_for_it_finds_nothing(client):
    assert SECRET not in client.get(f"/search/?q={SECRET}").content.decode().replace(
        f'value="{SECRET}"', ""
    ).replace(f"“{SECRET}”", "")
