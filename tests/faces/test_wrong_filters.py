"""A filter that isn't understood is said, where nobody would see that it was passed over; a column that the database
can't order by orders nothing."""

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.kernel.platform import clock


@pytest.fixture
def manager(db):
    with clock.at(make.NOON):
        make.engagement()
        yield browser_of(make.staff(Role.MANAGER))


def test_a_program_is_told_of_a_state_that_does_not_exist(manager):
    answer = manager.get("/api/v1/engagements/?state=acepted")
    assert answer.status_code == 422
    assert answer.json()["fields"] == {
        "state": ["Select a valid choice. acepted is not one of the available choices."]
    }
    assert manager.get("/api/v1/engagements/?state=accepted").json()["count"] == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nothing_is_exported_by_a_filter_that_is_not_understood(manager, form):
    answer = manager.get(f"/engagements/export.{form}?state=acepted")
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/html; charset=utf-8")


@pytest.mark.parametrize("sort", ["days_late", "-days_late", "--number", "-", "nothing"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_orders_nothing_is_passed_over_in_an_export(manager, sort, form):
    assert manager.get(f"/deliverables/export.{form}?sort={sort}").status_code == 200
