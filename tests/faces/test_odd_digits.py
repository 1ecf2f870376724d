"""Digits that Python takes for a number and that are none, and numbers no database holds, wherever one is sent."""

import pytest
from django import forms
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.faces.rows import RowsWidget
from keqiao.kernel.platform import clock

ODD = ["²", "٣", "9" * 5000, "9" * 30]


@pytest.fixture(autouse=True)
def site(db):
    with clock.at(make.NOON):
        yield


@pytest.fixture
def consultant():
    return make.engagement(state=Stage.IMPLEMENTING).consultant


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "page",
    [
        "/calendar/?month={}-11",
        "/calendar/?month=2026-{}",
        "/board/?consultant={}",
        "/board/?family={}",
        "/engagements/?page={}",
        "/engagements/?item={}",
        "/api/v1/engagements/?per_page={}",
    ],
)
def test_a_page_asked_for_with_one_is_shown(consultant, page, odd):
    assert browser_of(consultant).get(page.format(odd)).status_code in {200, 422}


@pytest.mark.parametrize("odd", [*ODD, "x", "-1", "1e3", "1.0", " ", str(10**20)])
def test_a_form_that_names_one_as_its_version_is_refused(consultant, odd):
    """Else the check whether somebody was first would be left out."""
    one = make.Engagement.objects.get()
    sent = {"name": "数据", "analysis": "分析", "expected_version": odd}
    path = f"/engagements/{one.pk}/do/add_working_data/"
    answer = browser_of(consultant).post(path, sent)
    assert (answer.status_code, one.working_data.count()) == (422, 0)
    assert "A version is a whole number, such as 3." in answer.content.decode()


@pytest.mark.parametrize("odd", [10**24, 2**63, -1])
def test_a_number_no_database_holds_is_no_choice_among_several(odd):
    """One page and one endpoint, with the same field for every step that takes several rows."""
    manager = browser_of(make.staff(Role.MANAGER))
    profile = {"name": "示例甲（虚构）", "uscc": "91330100MA0000000X", "tags": [odd]}
    page = manager.post("/enterprises/do/create_enterprise/", profile)
    words = f"{odd} is not one of the available choices"
    assert (page.status_code, words in page.content.decode()) == (422, True)
    answer = manager.post("/api/v1/enterprises/create-enterprise/", profile, content_type="application/json")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["tags"])


@pytest.mark.parametrize("odd", ['"²"', "9" * 5000, "9" * 30, '"x"'])
def test_a_program_that_states_one_as_its_version_is_told(consultant, odd):
    one = make.Engagement.objects.get()
    answer = browser_of(consultant).post(
        f"/api/v1/engagements/{one.pk}/add-working-data/",
        {"name": "数据", "analysis": "分析"},
        content_type="application/json",
        headers={"If-Match": odd},
    )
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"If-Match": ["A version is a whole number, such as 3."]}


def test_far_beyond_the_last_page_a_program_finds_nothing(consultant):
    answer = browser_of(consultant).get(f"/api/v1/engagements/?page={10**30}")
    assert (answer.status_code, answer.json()["items"], answer.json()["count"]) == (200, [], 1)


@pytest.mark.parametrize("odd", ODD)
def test_a_row_of_a_table_with_one_is_no_row(odd):
    data = {f"fees-{odd}-name": "首款", "fees-1-name": "尾款"}
    rows = RowsWidget({"name": forms.CharField()}, least=1)
    assert rows.value_from_datadict(data, {}, "fees") == [{"name": "尾款"}]
