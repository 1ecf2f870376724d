"""Choosing an enterprise among many, in a browser: by pinyin initials, with the keyboard alone, and on a phone."""

import pytest
from tests.factories import enterprises

from keqiao.enterprises.models import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = ".ts-wrapper:has(+ .kq-help) input, .ts-wrapper input"


@pytest.fixture
def many(cast):
    return [
        enterprises.enterprise(name=f"示例机电{n:02}号（虚构）", owner=cast["consultant"]) for n in range(40)
    ]


@pytest.mark.parametrize("width", [1440, 390])
def test_chosen_by_typing_initials_with_the_keyboard_alone(enter, cast, many, width):
    wanted = enterprises.enterprise(name="越州精密仪器（虚构）", owner=cast["consultant"])
    for n in range(31):  # so that it is not on the first page
        enterprises.enterprise(name=f"后来{n:02}号（虚构）")
    person = enter("consultant", width=width)
    page = person.page
    person.open("/contacts/do/create_contact/")
    assert page.locator("select[name=enterprise] option").count() == 31
    page.get_by_role("combobox", name="服务对象").focus()
    page.keyboard.type("yzjm")
    page.get_by_role("option", name=wanted.name).wait_for()
    assert page.get_by_role("option").count() == 1
    page.keyboard.press("Enter")
    assert page.input_value("select[name=enterprise]") == str(wanted.pk)
    page.fill("input[name=name]", "示例联系人")
    page.locator("[data-main]").click()
    page.wait_for_url(lambda url: "/do/" not in url)
    assert list(Contact.objects.values_list("enterprise__name", "name")) == [(wanted.name, "示例联系人")]


def test_words_corrected_and_taken_back_bring_the_matching_rows_again(enter, many):
    page = (person := enter("consultant")).page
    person.open("/contacts/do/create_contact/")
    box = page.get_by_role("combobox", name="服务对象")
    box.click()
    for typed, found in (
        ("机电07", "示例机电07号（虚构）"),
        ("机电08", "示例机电08号（虚构）"),
        ("机电07", "示例机电07号（虚构）"),
    ):
        box.fill(typed)
        page.get_by_role("option", name=found).wait_for()
        assert page.get_by_role("option").all_inner_texts() == [found]
    box.fill("")
    page.get_by_role("option", name="示例机电39号（虚构）").wait_for()
    assert page.get_by_role("option").count() == 20
