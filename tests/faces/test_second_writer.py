"""The second of two who opened the same form is told, sees what the other saved, and loses nothing of their own."""

import html
import json
import re

import pytest
from django.test import Client
from tests.factories import enterprises, people
from tests.factories.engagements import draft_contract, fresh
from tests.factories.world import NOON, build, signed_in

from keqiao.accounts.models import Role
from keqiao.accounts.operations.tokens import create_token
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement, Guidance
from keqiao.enterprises.models import Tag
from keqiao.faces import edit_conflict
from keqiao.kernel.platform import clock
from keqiao.kernel.steps.operation import operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def writers():
    return people.staff(Role.MANAGER, name="示例甲"), people.staff(Role.MANAGER, name="示例乙")


@pytest.fixture
def tag():
    return Tag.objects.create(name="原名")


def opened(client, tag):
    return carried(client.get(f"/tags/{tag.pk}/do/update_tag/"))


def carried(answer):
    """What the form brings along unseen."""
    page = answer.content.decode()
    names = ("idempotency_key", "expected_version", "began_with")
    return {name: html.unescape(re.search(f'name="{name}" value="([^"]*)"', page)[1]) for name in names}


def cells(page):
    return [
        re.sub("<[^>]+>", "", cell).strip()
        for cell in re.findall(r"(?s)<td data-label[^>]*>(.*?)</td>", page)
    ]


def test_the_page_shows_what_was_what_is_and_what_was_typed(writers, tag):
    first, second = map(signed_in, writers)
    form, late = opened(first, tag), opened(second, tag)
    first.post(f"/tags/{tag.pk}/do/update_tag/", {**form, "name": "甲改的"})
    answer = second.post(f"/tags/{tag.pk}/do/update_tag/", {**late, "name": "乙改的"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert cells(page) == ["标签", "原名", "甲改的", "乙改的"]
    assert "示例甲" in page
    assert 'value="乙改的"' in page
    assert Tag.objects.get().name == "甲改的"

    again = re.search('name="expected_version" value="([^"]*)"', page)[1]
    key = re.search('name="idempotency_key" value="([^"]*)"', page)[1]
    assert key != late["idempotency_key"]
    done = second.post(
        f"/tags/{tag.pk}/do/update_tag/",
        {"name": "乙改的", "expected_version": again, "idempotency_key": key},
    )
    assert (done.status_code, Tag.objects.get().name) == (302, "乙改的")


@pytest.mark.parametrize("began", ["", "[]", "{", '{"name": ["x"]}', "null"])
def test_what_the_form_carried_is_not_trusted(writers, tag, began):
    first, second = map(signed_in, writers)
    form, late = opened(first, tag), opened(second, tag)
    first.post(f"/tags/{tag.pk}/do/update_tag/", {**form, "name": "甲改的"})
    answer = second.post(f"/tags/{tag.pk}/do/update_tag/", {**late, "began_with": began, "name": "<b>乙</b>"})
    assert answer.status_code == 409
    assert "<b>" not in answer.content.decode()


def test_a_program_gets_both_values(writers, tag):
    first, second = writers
    seen = tag.version
    signed = signed_in(first)
    signed.post(f"/tags/{tag.pk}/do/update_tag/", {**opened(signed, tag), "name": "甲改的"})
    token = create_token(actor=second, name="程序", scope="write", days=1).secret
    answer = Client().post(
        f"/api/v1/tags/{tag.pk}/update-tag/",
        {"name": "乙改的"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "If-Match": f'"{seen}"'},
    )
    assert (answer.status_code, answer.json()["changes"]) == (409, {"标签": ["乙改的", "甲改的"]})


def test_a_choice_is_shown_by_its_name(writers):
    manager = signed_in(writers[0])
    one = enterprises.enterprise(owner=writers[0], size="small")
    page = manager.get(f"/enterprises/{one.pk}/do/update_enterprise/").content.decode()
    began = json.loads(html.unescape(re.search('name="began_with" value="([^"]*)"', page)[1]))
    assert (began["size"], began["name"]) == ("小型", one.name)


@pytest.fixture
def noon():
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def contract(noon):
    world = build(stages=(Stage.ACCEPTED,), parts=False)
    return world, draft_contract(world.of(Engagement, Stage.ACCEPTED), world.cast)


def test_two_log_guidance_at_once_and_both_are_kept(noon):
    world = build(stages=(Stage.IMPLEMENTING,), parts=False)
    one = world.of(Engagement, Stage.IMPLEMENTING)
    path = f"/engagements/{one.pk}/do/log_guidance/"
    clients = [world.visit("consultant"), world.visit("member")]
    forms = [carried(client.get(path)) for client in clients]
    assert [form["expected_version"] for form in forms] == ["", ""]
    for client, form, advice in zip(clients, forms, ("先补台账", "再立制度"), strict=True):
        said = {"given_on": "2026-03-02", "channel": "meeting", "question": "如何归集？", "advice": advice}
        assert client.post(path, {**form, **said}).status_code == 302
    assert list(Guidance.objects.order_by("pk").values_list("advice", flat=True)) == ["先补台账", "再立制度"]


def test_two_write_two_elements_of_one_contract(contract):
    world, made = contract
    client = world.visit("consultant")
    paths = [f"/contracts/{made.pk}/do/write_contract_element/?letter={letter}" for letter in "ab"]
    forms = [carried(client.get(path)) for path in paths]
    for path, form in zip(paths, forms, strict=True):
        sent = {**form, "letter": path[-1], "text": f"要素{path[-1]}的约定"}
        assert client.post(path, sent).status_code == 302
    texts = made.elements.filter(letter__in="ab").order_by("letter").values_list("text", flat=True)
    assert list(texts) == ["要素a的约定", "要素b的约定"]


def test_two_write_one_element_and_the_second_sees_both_texts(contract):
    world, made = contract
    client = world.visit("consultant")
    path = f"/contracts/{made.pk}/do/write_contract_element/?letter=a"
    before = made.elements.get(letter="a").text
    first, late = carried(client.get(path)), carried(client.get(path))
    client.post(path, {**first, "letter": "a", "text": "先写的"})
    answer = client.post(path, {**late, "letter": "a", "text": "后写的"})
    assert answer.status_code == 409
    shown = cells(answer.content.decode().replace("<br>", "").replace("\n", ""))
    assert (shown[0], shown[2:]) == ("内容", ["先写的", "后写的"])
    assert shown[1] == before
    assert client.post(path, {**carried(answer), "letter": "a", "text": "后写的"}).status_code == 302
    assert made.elements.get(letter="a").text == "后写的"


FEES = {
    "fees-0-name": "首期",
    "fees-0-due_on": "2026-03-12",
    "fees-1-name": "尾款",
    "fees-1-due_on": "2026-06-10",
}


def test_a_changed_amount_of_a_fee_is_shown(contract):
    world, made = contract
    client = world.visit("consultant")
    path = f"/contracts/{made.pk}/do/set_fee_schedule/"
    first, late = carried(client.get(path)), carried(client.get(path))
    mine = {**FEES, "fees-0-amount": "30000.00", "fees-1-amount": "20000.50"}
    client.post(path, {**first, **mine, "fees-0-amount": "35000.00"})
    answer = client.post(path, {**late, **mine, "fees-1-amount": "25000.00"})
    assert answer.status_code == 409
    rows = cells(answer.content.decode().replace("<br>", " / "))
    assert rows[1:4] == [
        "首期 · 30000.00 · 2026-03-12 / 尾款 · 20000.50 · 2026-06-10",
        "首期 · 35000.00 · 2026-03-12 / 尾款 · 20000.50 · 2026-06-10",
        "首期 · 30000.00 · 2026-03-12 / 尾款 · 25000.00 · 2026-06-10",
    ]


def test_a_step_that_shows_nothing_says_who_was_first_and_can_be_sent_again(noon):
    world = build(stages=(Stage.IMPLEMENTING,), parts=False)
    one = world.of(Engagement, Stage.IMPLEMENTING)
    path = f"/engagements/{one.pk}/do/suspend_engagement/"
    client = world.visit("consultant")
    late = carried(client.get(path))
    guidance = {"given_on": "2026-03-02", "channel": "meeting", "question": "?", "advice": "先补台账"}
    world.visit("member").post(f"/engagements/{one.pk}/do/log_guidance/", guidance)
    answer = client.post(path, {**late, "reason": "停工"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "示例组员 · 记录指导 · <time" in page
    assert "停工" in page
    assert client.post(path, {**carried(answer), "reason": "停工"}).status_code == 302
    assert fresh(one).state == Stage.SUSPENDED


def test_which_steps_ask_for_no_version():
    adding = {op.name for op in operations() if op.adds and op.model is Engagement and op.exposed}
    assert adding == {
        "add_member",
        "add_working_data",
        "analyse_material",
        "assign_task",
        "build_questionnaire",
        "decide_feasibility",
        "engage_partner",
        "file_complaint",
        "log_guidance",
        "offer_adjustment",
        "receive_custody",
        "record_finding",
        "record_interview",
        "record_site_visit",
        "request_material",
        "send_progress_report",
    }


@pytest.mark.parametrize("carried", ["", "{", "[1]", "[" * 100_000, '{"a": [1]}'])
def test_what_the_form_carried_along_may_be_anything(carried):
    assert edit_conflict.parsed(carried) == ({"a": "[1]"} if carried.startswith('{"a"') else {})
