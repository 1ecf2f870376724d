"""The second of two who opened the same form is told, sees what the other saved, and loses nothing of their own."""

import html
import json
import re

import pytest
from django.test import Client
from tests.factories import enterprises, people
from tests.factories.world import signed_in

from keqiao.accounts.models import Role
from keqiao.accounts.operations.tokens import create_token
from keqiao.enterprises.models import Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def writers():
    return people.staff(Role.MANAGER, name="示例甲"), people.staff(Role.MANAGER, name="示例乙")


@pytest.fixture
def tag():
    return Tag.objects.create(name="原名")


def opened(client, tag):
    page = client.get(f"/tags/{tag.pk}/do/update_tag/").content.decode()
    names = ("idempotency_key", "expected_version", "began_with")
    return {name: html.unescape(re.search(f'name="{name}" value="([^"]*)"', page)[1]) for name in names}


def cells(page):
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td data-label[^>]*>(.*?)</td>", page)]


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
