import shutil

import pytest

from keqiao.engagement.contracting.contract_parts import parts
from keqiao.kernel.platform.typed_yaml import DataError

FAMILIES = ("5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7")


def test_titles_are_the_ten_elements_of_the_standard():
    assert {one.letter: one.title for one in parts.elements()} == {
        "a": "服务内容",
        "b": "服务方式、期限和地点",
        "c": "双方权利和义务",
        "d": "服务费用",
        "e": "技术资料和样品的保管",
        "f": "风险责任的承担",
        "g": "技术成果的归属",
        "h": "服务质量要求和验收方法",
        "i": "提前终止、变更和解除的条件",
        "j": "保密内容、保密期限和泄密责任",
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_has_ten_texts_of_contract_length(family):
    texts = parts.templates(family=family)
    assert sorted(texts) == list("abcdefghij")
    assert {letter: text for letter, text in texts.items() if not 80 <= len(text) <= 250} == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_texts_use_what_a_contract_must_state(family):
    joined = "".join(parts.templates(family=family).values())
    used = {one.name for one in parts.placeholders() if f"{{{one.name}}}" in joined}
    assert used == {
        "item",
        "deliverables",
        "period",
        "start",
        "end",
        "place",
        "fee",
        "fee_capital",
        "payment",
        "secrecy_years",
    }


def test_a_family_replaces_only_where_its_service_differs():
    training, declaration = parts.templates(family="5.2"), parts.templates(family="5.3")
    assert training["i"] == declaration["i"]
    assert training["h"] != declaration["h"]
    assert "不对结果作出保证" in declaration["f"]


def test_fill_replaces_every_occurrence():
    assert parts.fill("{item}：{fee}元，{item}", {"item": "专利检索", "fee": "8,000.00"}) == parts.Filled(
        text="专利检索：8,000.00元，专利检索", missing=()
    )


def test_fill_reports_what_is_missing_once_and_leaves_it_visible():
    assert parts.fill("{start}至{end}，{start}", {"end": ""}) == parts.Filled(
        text="{start}至{end}，{start}", missing=("start", "end")
    )


@pytest.mark.parametrize(
    "text", ["{unknown}", "{item.name}", "{0}", "{{ item }}", "{%raw%}", "{}", "{item", "{ITEM}", "{item!r}"]
)
def test_other_braces_stay_letters(text):
    assert parts.fill(text, {"item": "X"}) == parts.Filled(text=text, missing=())


def test_a_value_is_never_read_as_a_template():
    assert parts.fill("{item}", {"item": "{fee} {{7*7}} \\1", "fee": "1"}).text == "{fee} {{7*7}} \\1"


def test_a_value_nobody_knows_is_a_mistake():
    with pytest.raises(DataError, match=r"came \['price'\]"):
        parts.fill("{item}", {"price": "1"})


@pytest.mark.parametrize("family", ["5.9", "自有", ""])
def test_a_family_the_institution_added_takes_the_general_texts(family):
    texts = parts.templates(family=family)
    assert sorted(texts) == list("abcdefghij")
    assert texts["a"].startswith(
        "甲方委托乙方提供“{item}”服务。服务范围、工作步骤和阶段成果以双方确认的服务方案为准"
    )
    assert texts["i"] == parts.templates(family="5.3")["i"]  # which 5.3 doesn't replace


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{period}",
            "{perriod}",
            "default › elements › b: expected a placeholder of vocabulary.yaml, came 'perriod'",
        ),
        ("  j: >-", "  k: >-", "default › elements: expected letters a to j"),
    ],
)
def test_a_wrong_file_is_named_with_the_remedy(tmp_path, old, new, message):
    shutil.copytree(parts.HERE, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "default.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        parts._texts(folder=tmp_path)
    assert message in str(error.value)
