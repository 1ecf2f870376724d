import pytest

from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.kernel.platform.typed_yaml import DataError


def test_items_by_construct():
    asked = satisfaction.load()
    counts = {one.code: len(asked.items_of(construct=one.code)) for one in asked.constructs}
    assert counts == {
        "image": 2,
        "expectation": 2,
        "quality": 4,
        "value": 2,
        "satisfaction": 2,
        "loyalty": 2,
    }
    assert len(asked.items) == 14
    assert (asked.lowest, asked.highest) == (1, 10)


def test_constructs_in_the_order_of_the_model():
    assert [one.name for one in satisfaction.load().constructs] == [
        "品牌形象",
        "预期质量",
        "感知质量",
        "感知价值",
        "满意度",
        "忠诚度",
    ]


def test_one_open_question():
    assert satisfaction.load().open_question.code == "suggestion"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("construct: image", "construct: price", "items › image_trust: expected a construct among"),
        ("construct: image", "construct: value", "constructs › image: expected at least two items, came 1"),
        ("code: image_expertise", "code: image_trust", "items: expected unique identifiers"),
        ("highest: 10", "highest: 1", "expected lowest below highest, came (1, 1)"),
    ],
)
def test_a_wrong_file_is_named_with_the_remedy(tmp_path, old, new, message):
    text = (satisfaction.HERE / "satisfaction.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "wrong.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        satisfaction.load_from(path=path)
    assert message in str(error.value)
