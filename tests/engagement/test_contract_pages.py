"""The pages of contracts: what is shown, to whom, and the way to write an element."""

import re

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role

pytestmark = pytest.mark.usefixtures("site")


def page(person, path):
    answer = browser_of(person).get(path)
    return answer.status_code, answer.content.decode()


def test_the_page_shows_the_ten_elements_and_the_total_both_ways():
    contract = make.drafted(secrecy_years=None)
    status, text = page(contract.drafted_by, f"/contracts/{contract.pk}/")
    assert status == 200
    assert "人民币壹拾万柒仟元零伍角叁分" in text
    assert "107,000.53" in text
    assert [text.count(f'<span class="kq-clause">6.2.{letter}</span>') > 0 for letter in "abcdefghij"] == [
        True
    ] * 10
    assert "1 to write" in text
    assert "{secrecy_years}" in text


def test_the_link_of_an_element_opens_its_text():
    contract = make.drafted()
    status, text = page(contract.drafted_by, f"/contracts/{contract.pk}/do/write_contract_element/?letter=h")
    assert status == 200
    assert '<option value="h" selected>' in text
    assert "申报材料应符合申报通知规定的格式与份数" in text


@pytest.mark.parametrize("asked", ["", "?letter=z", "?letter="])
def test_without_a_letter_it_is_asked_first_and_nothing_else(asked):
    contract = make.drafted()
    status, text = page(contract.drafted_by, f"/contracts/{contract.pk}/do/write_contract_element/{asked}")
    assert status == 200
    assert '<form class="kq-form kq-panel" method="get">' in text
    assert 'name="letter"' in text
    assert 'name="text"' not in text


def test_the_letter_of_the_link_can_not_be_changed_in_the_form():
    contract = make.drafted()
    path = f"/contracts/{contract.pk}/do/write_contract_element/?letter=a"
    before = contract.elements.get(letter="b").text
    assert " disabled" in re.search(r'<select name="letter"[^>]*>', page(contract.drafted_by, path)[1])[0]
    answer = browser_of(contract.drafted_by).post(path, {"letter": "b", "text": "新的服务内容。"})
    assert answer.status_code == 302
    texts = {element.letter: element.text for element in contract.elements.filter(letter__in="ab")}
    assert texts == {"a": "新的服务内容。", "b": before}


def test_writing_through_the_form_changes_the_element_and_returns_to_the_contract():
    contract = make.drafted()
    answer = browser_of(contract.drafted_by).post(
        f"/contracts/{contract.pk}/do/write_contract_element/", {"letter": "a", "text": "新的服务内容。"}
    )
    assert (answer.status_code, answer.url) == (302, f"/contracts/{contract.pk}/")
    assert contract.elements.get(letter="a").text == "新的服务内容。"


def test_the_schedule_is_set_through_the_form():
    contract = make.drafted(fees=())
    row = {"fees-0-name": "全款", "fees-0-amount": "1680.32", "fees-0-due_on": "2026-06-30"}
    answer = browser_of(contract.drafted_by).post(f"/contracts/{contract.pk}/do/set_fee_schedule/", row)
    assert answer.status_code == 302
    assert [f"{fee.name} {fee.amount} {fee.due_on}" for fee in contract.fees.all()] == [
        "全款 1680.32 2026-06-30"
    ]


@pytest.mark.parametrize(
    ("stage", "seen"),
    [("drafted", 404), ("in_approval", 404), ("approved", 404), ("sent", 200), ("signed", 200)],
)
def test_the_client_reads_a_contract_once_it_was_sent(stage, seen):
    contract = getattr(make, stage)()
    client = make.client_of(contract.enterprise)
    element = contract.elements.get(letter="a")
    found = [
        page(client, path)[0] for path in (f"/contracts/{contract.pk}/", f"/contract-elements/{element.pk}/")
    ]
    assert found == [seen, seen]


def test_the_client_never_reads_why_a_contract_came_back():
    contract = make.sent()
    type(contract).objects.update(returned_reason="内部意见")
    assert "内部意见" not in page(make.client_of(contract.enterprise), f"/contracts/{contract.pk}/")[1]
    assert "内部意见" in page(contract.drafted_by, f"/contracts/{contract.pk}/")[1]


@pytest.mark.parametrize(
    "path", ["/contracts/{0}/", "/contracts/{0}/do/submit_contract/", "/contracts/{0}/history/"]
)
def test_a_contract_of_others_is_not_there(path):
    contract = make.signed()
    for stranger in (make.staff(), make.client_of(make.enterprise())):
        assert page(stranger, path.format(contract.pk))[0] == 404


def test_the_register_shows_total_and_registration_in_few_queries(django_assert_max_num_queries):
    manager = make.staff(Role.MANAGER)
    for _n in range(3):
        make.drafted()
    visitor = browser_of(manager)
    with django_assert_max_num_queries(12):
        answer = visitor.get("/contracts/")
    assert (answer.status_code, answer.content.decode().count("107,000.53")) == (200, 3)


def test_who_hands_an_engagement_over_is_led_to_the_list():
    one = make.engagement()
    after = make.staff()
    answer = browser_of(one.consultant).post(
        f"/engagements/{one.pk}/do/transfer_engagement/", {"to": after.pk, "reason": "岗位调整"}
    )
    assert (answer.status_code, answer.url) == (302, "/engagements/")


def test_only_those_who_can_take_over_are_offered():
    one = make.engagement()
    fit, unfit = make.staff(), make.staff(clearance=0)
    text = page(one.consultant, f"/engagements/{one.pk}/do/transfer_engagement/")[1]
    assert [f'<option value="{person.pk}">' in text for person in (fit, unfit, one.consultant)] == [
        True,
        False,
        False,
    ]


def test_rows_of_an_amendment_that_nobody_filled_are_passed_over():
    contract = make.signed()
    browser = browser_of(contract.drafted_by)
    path = f"/contracts/{contract.pk}/do/draft_amendment/"
    assert '<option value="" selected>—</option>' in browser.get(path).content.decode()
    rows = {
        "changes-0-letter": "h",
        "changes-0-after": "新的验收方法。",
        "changes-1-letter": "",
        "changes-1-after": "",
    }
    assert browser.post(path, {"reason": "范围扩大", **rows}).status_code == 302
    assert [(change.letter, change.after) for change in contract.amendments.get().changes.all()] == [
        ("h", "新的验收方法。")
    ]
