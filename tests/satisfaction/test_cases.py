"""Survey files and models met in practice, each with the answer that is right, and others of its kind."""

import json
from pathlib import Path

import pytest
from tests.satisfaction.conftest import DATA

from satisfaction.cli import main

CASES = Path(__file__).parents[1] / "cases" / "satisfaction"
MODEL = (CASES / "model.yaml").read_text(encoding="utf-8")
ANSWERS = (CASES / "answers.csv").read_text(encoding="utf-8")
HEADER, *ROWS = ANSWERS.splitlines()


def analysed(capsys, answers: Path, model: Path, *extra: str) -> dict:
    code = main(["analyse", str(answers), "--model", str(model), "--json", "--lang", "en", *extra])
    printed = json.loads(capsys.readouterr().out)
    assert code == ("error" in printed)
    return printed


def case(capsys, answers: str, model: str = "model.yaml") -> dict:
    return analysed(capsys, CASES / answers, CASES / model)


@pytest.fixture
def own(tmp_path, capsys):
    """An analysis of answers and a model written for it."""

    def run(answers: str | bytes = ANSWERS, model: str | bytes = MODEL, *extra: str) -> dict:
        for name, content in (("answers.csv", answers), ("model.yaml", model)):
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return analysed(capsys, tmp_path / "answers.csv", tmp_path / "model.yaml", *extra)

    return run


def warned(printed: dict) -> list[str]:
    return [warning["name"] for warning in printed["warnings"]]


def test_rows_of_nothing_but_commas_are_nobodys_answer(capsys):
    """Sixty people answered; Excel left five empty rows behind them."""
    printed = case(capsys, "blank-rows-at-end.csv")
    assert (printed["n"], printed["missing"]["rows"], printed["missing"]["rows_dropped"]) == (60, 60, 0)
    assert warned(printed) == []


@pytest.mark.parametrize(
    "blank",
    [" , ,\t,,, , ,", ",,,", '"","",,,,,,', "\u3000,,,,,,,"],
    ids=["blanks", "short", "quotes", "wide"],
)
def test_other_rows_without_content_are_nobodys_either(own, blank):
    printed = own("\n".join([HEADER, ROWS[0], blank, *ROWS[1:], blank, ""]))
    assert (printed["n"], printed["missing"]["rows"]) == (60, 60)


def test_a_person_who_only_gave_a_group_did_hand_in_a_sheet(own):
    rows = [f"{row},东" for row in ROWS]
    printed = own("\n".join([f"{HEADER},地区", *rows, ",,,,,,,,东"]), MODEL, "--group", "地区")
    assert (printed["n"], printed["missing"]["rows"]) == (60, 61)


def test_an_underscore_in_a_number_is_a_slip_of_the_hand(capsys):
    error = case(capsys, "underscore-in-number.csv")["error"]
    assert error["name"] == "answer-not-a-number"
    assert error["text"] == "Answer 1 to item 质量一 is “1_0”, which is not a number."


@pytest.mark.parametrize("cell", ["_8", "8_", "0x8", "8j", "(8)"])
def test_other_notations_of_programming_languages_are_no_answers(own, cell):
    error = own("\n".join([HEADER, cell + ROWS[0][ROWS[0].index(",") :], *ROWS[1:]]))["error"]
    assert (error["name"], error["text"].split("“")[1].split("”")[0]) == ("answer-not-a-number", cell)


@pytest.mark.parametrize("scale", ["[1, 1_0]", "[1, 0x0a]", "[1, 1:30]", "[01, 10]"])
def test_nor_ends_of_a_scale(own, scale):
    assert own(ANSWERS, MODEL.replace("[1, 10]", scale))["error"]["name"] == "model-form"


@pytest.mark.parametrize("option", [("--seed", "1_0"), ("--confidence", "0.9_5")])
def test_nor_options(own, option):
    assert own(ANSWERS, MODEL, *option)["error"]["name"] == "bad-command"


def test_unicode_text_of_excel_is_read(capsys):
    """UTF-16 with its mark. The same answers as in answers.csv, so the same index."""
    printed = case(capsys, "unicode-text-of-excel.csv")
    assert printed["n"] == 60
    assert printed["index"] == case(capsys, "answers.csv")["index"]


def test_other_files_of_windows_are_read_too(own, capsys):
    index = case(capsys, "answers.csv")["index"]
    assert own(("\ufeff" + ANSWERS.replace(",", "\t")).encode("utf-16-be"))["index"] == index
    assert own(ANSWERS, ("\ufeff" + MODEL).encode("utf-16-le"))["index"] == index
    # Code page 936 has the euro sign at 0x80, where GB 18030 has nothing.
    rows = [f"{row},5".encode("gb18030") + b"\x80" for row in ROWS]
    assert own(b"\n".join([f"{HEADER},备注".encode("gb18030"), *rows]))["index"] == index


def test_headings_are_compared_as_people_type_them(own):
    """Nobody can type Ⅰ; wide letters and marks that nobody sees change nothing."""
    model = MODEL.replace("质量一", "质量Ⅰ").replace("满意一", "Ｓ１")
    printed = own(ANSWERS.replace("质量一", "质量I").replace("满意一", "\u200bS1 "), model)
    assert printed["n"] == 60
    twice = own(ANSWERS.replace("质量一", "质量I").replace("反向", "质量Ⅰ"), MODEL.replace("质量一", "质量Ⅰ"))
    assert twice["error"]["name"] == "column-twice"


def test_constructs_made_of_constructs_are_named_as_not_supported(capsys):
    error = case(capsys, "answers.csv", "model-second-order.yaml")["error"]
    assert error["name"] == "second-order-not-supported"
    assert "constructs made of constructs are not supported" in error["text"]
    assert error["do"] == (
        "Give 总体 items of its own and draw arrows to it from 质量, 满意, "
        "or merge the items of 质量, 满意 into one construct."
    )


def test_interactions_are_named_as_not_supported(capsys):
    error = case(capsys, "answers.csv", "model-interaction.yaml")["error"]
    assert error["name"] == "interaction-not-supported"
    assert "interactions (moderation) are not supported" in error["text"]


BASE = "constructs: {质量: [质量一], 满意: [满意一], 忠诚: [忠诚]CONSTRUCT}\npaths: {满意: [质量], 忠诚: [CAUSES]}\n"


@pytest.mark.parametrize(
    ("construct", "causes", "name"),
    [
        ("", "质量, 满意, 质量 × 满意", "interaction-not-supported"),
        ("", "质量, '质量:满意'", "interaction-not-supported"),
        ("", "质量, 质量^2", "interaction-not-supported"),
        (", 交互: [质量*满意]", "质量, 交互", "interaction-not-supported"),
        (", 总体: [反向, 质量]", "质量, 总体", "second-order-not-supported"),
        (", 总体: [满意]", "质量, 总体", "second-order-not-supported"),
        ("", "质量, 价格*满意", "unknown-construct"),  # a misspelling after all
    ],
)
def test_other_ways_to_write_them(own, construct, causes, name):
    model = BASE.replace("CONSTRUCT", construct).replace("CAUSES", causes)
    assert own(ANSWERS, model)["error"]["name"] == name


def test_a_construct_called_like_its_only_item_is_no_second_order(own):
    """忠诚: [忠诚] is a construct of one item."""
    model = BASE.replace("CONSTRUCT", "").replace("CAUSES", "质量, 满意")
    assert own(ANSWERS, model)["n"] == 60


def shorter(highest: int) -> str:
    """The answers brought to a scale from 1 to `highest`."""
    rows = [
        ",".join(str(1 + (int(cell) - 1) * (highest - 1) // 9) for cell in row.split(",")) for row in ROWS
    ]
    return "\n".join([HEADER, *rows])


@pytest.mark.parametrize("points", [5, 7])
def test_answers_that_never_use_the_upper_part_of_the_scale_are_told(own, points):
    printed = own(shorter(points))
    assert "upper-part-unused" in warned(printed)
    [text] = [one["text"] for one in printed["warnings"] if one["name"] == "upper-part-unused"]
    assert text.startswith(f"Nobody chose more than {points} on the scale of 1 to 10: 质量一, ")
    right = own(shorter(points), MODEL.replace("[1, 10]", f"[1, {points}]"))
    assert "upper-part-unused" not in warned(right)


def test_one_question_on_a_shorter_scale_among_others_is_named(own):
    rows = [f"{1 + (int(row[: row.index(',')]) - 1) // 2}{row[row.index(',') :]}" for row in ROWS]
    printed = own("\n".join([HEADER, *rows]))
    assert [one["text"] for one in printed["warnings"] if one["name"] == "upper-part-unused"] == [
        "Nobody chose more than 5 on the scale of 1 to 10: 质量一."
    ]


def test_a_scale_of_ten_that_is_used_is_not_told(capsys):
    printed = analysed(capsys, DATA / "mobi.csv", DATA / "mobi.yaml")
    assert "upper-part-unused" not in warned(printed)
