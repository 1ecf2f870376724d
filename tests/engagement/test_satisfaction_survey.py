import pytest

from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.kernel.platform.typed_yaml import DataError
from satisfaction.answers.table import answers_from


def test_items_by_construct():
    asked = satisfaction.load()
    counts = {name: len(items) for name, items in asked.model().constructs.items()}
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


def test_what_is_measured_is_a_model_of_the_library():
    model = satisfaction.load().model()
    assert model.target == "satisfaction"
    assert (model.scale.low, model.scale.high) == (1, 10)
    assert model.paths["satisfaction"] == ("image", "expectation", "quality", "value")
    assert len(model.arrows) == 10


def test_its_answers_go_into_the_analysis_as_they_are():
    model = satisfaction.load().model()
    rows = [[1 + (row + place) % 10 for place in range(14)] for row in range(40)]
    given = answers_from(model=model, items=model.items, values=rows)
    assert (given.n, given.items[0], given.items[-1]) == (40, "image_trust", "loyalty_recommend")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("construct: image", "construct: price", "No arrow touches construct price"),
        ("construct: image", "construct: value", "constructs › image: expected at least two items, came 1"),
        ("code: image_expertise", "code: image_trust", "lists item image_trust twice"),
        ("highest: 10", "highest: 1", "The scale [1.0, 1.0] of “scale” is not a range"),
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
