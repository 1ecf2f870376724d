"""The shipped questionnaires, and the model made of their items."""

import json

import pytest

from satisfaction.cli import main
from satisfaction.problems import SatisfactionError
from satisfaction.questionnaire.shipped import default_model, families, forms, questionnaire

ALL = [(form, family) for form in forms() for family in ("", *families())]


def ids(form: str, family: str = "", **more: bool) -> list[str]:
    return [question.id for question in questionnaire(form, family, **more).questions]


@pytest.mark.parametrize(("form", "family"), ALL)
def test_every_question_stands_once_and_can_be_asked(form, family):
    asked = questionnaire(form, family).questions
    assert len({question.id for question in asked}) == len(asked) > 0
    for question in asked:
        assert set(question.words) == {"zh-Hans", "en"}
        if question.kind == "scale":
            assert set(question.ends) == {"zh-Hans", "en"}
            assert question.low < question.high
        if question.kind == "choice":
            assert len(question.options["zh-Hans"]) == len(question.options["en"]) > 1
    for place, question in enumerate(asked):
        # a question that hangs on a filter comes after it
        sets = [one.sets for one in asked[:place]]
        assert not question.ask_when or question.ask_when in sets


def test_what_is_asked_after_a_delivery():
    short = ["SC1", "SC3", "QU1", "QU3", "QU5", "QU8", "VA1", "SA1", "SA2"]
    short += ["CO0", "CO1", "CO3", "LO1", "OP1", "OP2"]
    assert ids("delivery") == short
    own = ["IPR1", "IPR2", "IPR3", "IPR4", "IPR5", "IPRX"]
    assert ids("delivery", "ip") == [*short[:6], *own, *short[6:]]
    assert questionnaire("delivery").index == "mean_only"
    assert questionnaire("delivery").minutes == 4


def test_expectation_is_asked_once():
    signing = ids("signing")
    assert signing == ["EX1", "EX2", "EX3"]
    assert [one for one in ids("annual") if one not in ids("annual", expectation_at_signing=True)] == signing


def test_the_model_measures_one_thought_an_item():
    model = default_model()
    # 6 + 3 + 8 + 3 + 3 + 2 + 3
    sizes = {name: len(items) for name, items in model.constructs.items()}
    assert sizes == {
        "Image": 6,
        "Expectation": 3,
        "Quality": 8,
        "Value": 3,
        "Satisfaction": 3,
        "Complaints": 2,
        "Loyalty": 3,
    }
    # How a complaint was handled is asked only of those who had one, so it stands beside the model.
    assert model.constructs["Complaints"] == ("CO2", "CO3")
    assert model.questions["QU1"] == "您实际得到的服务总体质量如何（1 = 很差，10 = 很好）"


def test_the_items_of_a_family_measure_quality_and_its_outcome_stands_beside():
    quality = default_model("declaration").constructs["Quality"]
    assert quality[-5:] == ("DEC1", "DEC2", "DEC3", "DEC4", "DEC5")
    assert "DECX" in ids("annual", "declaration")


def test_a_recommendation_score_has_eleven_points():
    [score] = [one for one in questionnaire("pulse").questions if one.id == "NPS"]
    assert (score.low, score.high, score.construct) == (0, 10, "")


@pytest.mark.parametrize(("form", "family"), [("yearly", ""), ("annual", "catering")])
def test_names_that_are_none(form, family):
    with pytest.raises(SatisfactionError, match="bad-option"):
        questionnaire(form, family)


def test_the_command_prints_what_is_asked(capsys):
    assert main(["questionnaire", "--form", "delivery", "--family", "training", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "TRN4\tThe quality of the course material (1 = very poor; 10 = very good)" in lines
    assert [line.split("\t")[2] for line in lines if line.count("\t") > 1] == [
        "asked 60 days later",
        "only where CO0 was answered with its first option",
    ]
    assert main(["questionnaire", "--form", "signing", "--json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["questions"]] == ["EX1", "EX2", "EX3"]
