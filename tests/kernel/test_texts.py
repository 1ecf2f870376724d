"""Text is judged once, where a step begins: what no database or paper holds is refused, what is merely odd is put right."""

import json

import pytest
from tests.factories import enterprises, people

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Contact, Tag
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.texts import LONGEST, Unkept, judged
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.judging import judged_values

HALF = "\ud83d"  # of a smiling face


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("示例有限公司", "示例有限公司"),
        ("一行\r\n二行\r三行", "一行\n二行\n三行"),
        ("Word\x0b软回车\x0c换页\x85", "Word\n软回车\n换页\n"),
        ("示例\u202egpj.exe", "示例gpj.exe"),
        ("\u2067甲\u2069\u200f乙\u061c", "甲乙"),
        ("\t缩进 😀", "\t缩进 😀"),
        ("𠮷野家", "𠮷野家"),  # beyond the old tables
    ],
)
def test_what_is_put_right(typed, kept):
    assert judged(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        HALF,
        f"甲{HALF}",
        "\udc80",
        "\x00",
        "甲\x00乙",
        "\x1b[2J",
        "\x7f",
        "\x9b31m",
        "\ufffe",
        "甲" * (LONGEST + 1),
    ],
)
def test_what_is_refused(typed):
    with pytest.raises(Unkept):
        judged(typed)


def test_in_the_rows_of_a_table_too_and_beside_the_field():
    op = operation.get("set_fee_schedule")
    with pytest.raises(Invalid) as refused:
        judged_values(op.params, rows_named(op, HALF))
    assert len(refused.value.fields) == 1


def rows_named(op, text):
    """The parameter of rows, with this text in its first text column."""
    [param] = [param for param in op.params if param.columns]
    column = next(column for column in param.columns if column.of == "text")
    return {param.name: [{column.name: text}]}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [HALF, "\x00", "\x1b"])
def test_no_step_takes_it_whoever_calls(typed):
    with pytest.raises(Invalid) as refused:
        operation.get("create_tag")(actor=people.staff(Role.CONSULTANT), name=f"甲{typed}")
    assert (list(refused.value.fields), Tag.objects.count()) == (["name"], 0)


@pytest.mark.django_db
def test_a_name_that_turns_the_direction_is_kept_as_it_reads():
    firm = enterprises.enterprise(owner=people.staff(Role.CONSULTANT))
    made = operation.get("create_contact")(actor=firm.owner, enterprise=firm, name="张\u202e三")
    assert Contact.objects.get(pk=made.pk).name == "张三"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["\\ud83d", "\\u0000", "\\u001b", "\\udc80x"])
def test_a_program_is_told_and_nothing_breaks(typed, world):
    client = world.visit("consultant")
    answer = client.post(
        "/api/v1/tags/create-tag/", f'{{"name": "甲{typed}"}}', content_type="application/json"
    )
    assert answer.status_code == 422, answer.content
    assert "name" in json.loads(answer.content)["fields"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/search/?q=%00", "/tags/?q=a%00b", "/api/v1/tags/?name=%00", "/enterprises/?region=%00"]
)
def test_an_address_with_a_zero_byte_is_no_fault_of_the_program(path, world):
    assert world.visit("consultant").get(path).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/search/?q=%ED%A0%BD", "/search/?q=%1b", "/search/?q=%E2%80%AE", f"/search/?q={'a' * 5000}"]
)
def test_other_odd_letters_find_nothing(path, world):
    assert world.visit("consultant").get(path).status_code == 200
