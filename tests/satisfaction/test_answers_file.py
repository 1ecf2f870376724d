"""Reading answers: separators, encodings, missing marks, groups, other columns."""

import numpy as np
import pytest

from satisfaction.answers.cells import Cells, parse_cell
from satisfaction.answers.csv_file import read_answers
from satisfaction.answers.table import answers_from
from satisfaction.problems import SatisfactionError
from satisfaction.questionnaire.parse import model_from

MODEL = model_from({"constructs": {"甲": ["问1", "问2"], "乙": ["问3"]}, "paths": {"乙": ["甲"]}})
EXPECTED = np.array([[1, 2, 3], [4, np.nan, 6], [7, 8, 9.5]])


def read(tmp_path, text, encoding="utf-8", group=""):
    path = tmp_path / "answers.csv"
    path.write_bytes(text.encode(encoding))
    return read_answers(path, MODEL, group)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_spellings_of_one_table(tmp_path, encoding, separator, newline):
    text = newline.join(["问1,问2,问3", "1,2,3", "4,,6", "", "7,8,9.5"]).replace(",", separator)
    assert np.array_equal(read(tmp_path, text, encoding).values, EXPECTED, equal_nan=True)


def test_columns_are_found_by_name_and_others_are_not_looked_at(tmp_path):
    answers = read(tmp_path, '姓名,问3,问2,问1\n"李, 四",3,2,1\n张三,6,缺失,4\n无名,9.5,8,7\n')
    assert np.array_equal(answers.values, EXPECTED, equal_nan=True)
    assert answers.groups is None


def test_the_column_of_groups(tmp_path):
    answers = read(tmp_path, "问1,问2,问3,部门\n1,2,3, 财税 \n4,5,6,\n", group="部门")
    assert answers.groups.tolist() == ["财税", ""]


@pytest.mark.parametrize("mark", ["", "  ", "NA", "n/a", "NaN", "null", "-", "缺失", "未答", "不适用"])
def test_marks_of_no_answer(mark):
    assert np.isnan(parse_cell(mark))


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7.0), (" 7.5 ", 7.5), ("１０", 10.0), ("1e1", 10.0), ("8\u200b", 8.0)]
)
def test_spellings_of_a_number(text, number):
    assert parse_cell(text) == number


@pytest.mark.parametrize("text", ["seven", "7分", "7,5", "1 0", "--1", "1_0", "0x8", "८"])
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match="expected a number, got"):
        parse_cell(text)


def test_a_text_is_understood_once_and_few_are_remembered():
    cells = Cells()
    assert [cells["7"], cells["7"], cells["8"]] == [7.0, 7.0, 8.0]
    assert dict(cells) == {"7": 7.0, "8": 8.0}


def test_a_bad_answer_is_named_by_row_and_item(tmp_path):
    with pytest.raises(SatisfactionError) as caught:
        read(tmp_path, "问1,问2,问3\n1,2,3\n\n4,很好,6\n")
    assert caught.value.problem.facts == {"item": "问2", "row": 2, "got": "很好"}


def test_an_answer_off_its_own_scale(tmp_path):
    with pytest.raises(SatisfactionError) as caught:
        read(tmp_path, "问1,问2,问3\n1,2,3\n4,5,0\n11,2,3\n")
    facts = caught.value.problem.facts
    assert (facts["item"], facts["row"], facts["got"], facts["count"]) == ("问3", 2, "0", 2)


def test_an_item_with_another_scale():
    model = model_from(
        {"scales": {"b": [0, 100]}, "constructs": {"A": ["a"], "B": ["b"]}, "paths": {"B": ["A"]}}
    )
    answers = answers_from(model=model, items=("b", "a"), values=[[0, 1], [100, 10]])
    assert answers.values.tolist() == [[1, 0], [10, 100]]
    with pytest.raises(SatisfactionError, match="answer-off-scale"):
        answers_from(model=model, items=("a", "b"), values=[[0, 1]])


@pytest.mark.parametrize("values", [[[1, 2]], [1, 2, 3], [[[1, 2, 3]]]])
def test_tables_of_another_shape(values):
    with pytest.raises(SatisfactionError, match="answers-shape"):
        answers_from(model=MODEL, items=MODEL.items, values=values)


def test_words_in_a_table():
    with pytest.raises(SatisfactionError, match="answers-not-numbers"):
        answers_from(model=MODEL, items=MODEL.items, values=[["1", "2", "good"]])


def test_groups_of_another_length():
    with pytest.raises(SatisfactionError, match="answers-shape"):
        answers_from(model=MODEL, items=MODEL.items, values=[[1, 2, 3]], groups=["a", "b"])
