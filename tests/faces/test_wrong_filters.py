"""A filter that isn't understood is said, where nobody would see that it was passed over, and so is a day out of reach; a
column that the database can't order by orders nothing."""

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


OUT_OF_REACH = "A day from 1900 to 2199 is expected."


@pytest.mark.parametrize(
    "asked",
    ["created_at_after=0001-01-01", "created_at_before=9999-12-31", "created_at_after=1899-12-31",
     "created_at_before=2200-01-01", "created_at_after=0001年1月1日"],
)  # fmt: skip
def test_a_day_out_of_reach_is_said(manager, asked):
    name = asked.partition("=")[0].rpartition("_")[0]
    shown = manager.get(f"/engagements/?{asked}")
    assert (shown.status_code, OUT_OF_REACH in shown.content.decode()) == (200, True)
    answer = manager.get(f"/api/v1/engagements/?{asked}")
    assert (answer.status_code, answer.json()["fields"]) == (422, {name: [OUT_OF_REACH]})


def test_the_first_and_the_last_day_are_in_reach(manager):
    asked = "created_at_after=1900-01-01&created_at_before=2199-12-31"
    assert manager.get(f"/api/v1/engagements/?{asked}").json()["count"] == 1


def test_days_of_a_filter_are_read_as_everywhere(manager):
    day = make.TODAY.strftime("%Y年%m月%d日")
    assert manager.get(f"/api/v1/engagements/?created_at_after={day}").json()["count"] == 1


def test_what_was_in_force_on_a_day_out_of_reach_is_nothing_to_ask(manager):
    answer = manager.get("/api/v1/competences/?in_force_on=9999-12-31")
    assert (answer.status_code, answer.json()["fields"]) == (422, {"in_force_on": [OUT_OF_REACH]})
