"""The report: complete, self-contained, in Chinese, a table for every picture, labels that don't collide."""

import re
from html.parser import HTMLParser
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from satisfaction.analyse import analyse
from satisfaction.answers.table import Answers
from satisfaction.options import Options
from satisfaction.questionnaire.model import Model
from satisfaction.questionnaire.parse import model_from
from satisfaction.questionnaire.shipped import default_model
from satisfaction.report.geometry import Box, crosses, hits
from satisfaction.report.matrix_picture import matrix_picture
from satisfaction.report.page import report
from satisfaction.report.path_picture import path_picture
from satisfaction.report.placing import depths, places, visible
from satisfaction.report.scales import Axis, round_step
from satisfaction.report.summary import summarise
from satisfaction.report.svg import text_width, wrapped

VOID = {"meta"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def result(full_model, full_answers):
    labels = np.array(["北区" if place % 2 else "南区" for place in range(250)])
    answers = Answers(full_answers.items, full_answers.values, labels)
    return analyse(model=full_model, answers=answers, options=Options(draws=100, permutations=20))


@pytest.fixture(scope="module")
def page(result):
    return report(result)


class Outline(HTMLParser):
    """Open elements, and whether all were closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href", "xlink:href"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def outline(page):
    found = Outline()
    found.feed(page)
    return found


def test_the_page_is_well_formed_and_needs_nothing_else(page):
    found = outline(page)
    assert found.open == []
    assert found.links == []
    assert "script" not in found.seen
    assert not re.search(r"@import|url\((?!#)", page)
    assert page.startswith('<!doctype html>\n<html lang="zh-Hans">')


def test_every_picture_has_its_table(page):
    for section in page.split("<section")[1:]:
        if "<figure" in section:
            assert "<table>" in section
    assert outline(page).seen.count("svg") == 3


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_no_blank_is_left_and_no_number_is_missing(result, language):
    page = report(result, language)
    assert not re.search(r"[{]\w+[}]", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))
    assert "nan" not in re.sub(r"<[^>]+>", "", page).lower().replace("finance", "")


def test_chinese_pages_name_constructs_in_chinese(page):
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.search(r"\b(Image|Expectation|Quality|Value|Satisfaction|Complaints|Loyalty)\b", words)


def test_english_pages_have_no_chinese(full_model, full_answers):
    page = report(analyse(model=full_model, answers=full_answers, options=Options(draws=20)), "en")
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.search("[\u4e00-\u9fff]", words)


def test_what_people_wrote_cannot_break_the_page(small_answers):
    names = ['<script>"&', "B", "C", "D"]
    items = {item: f"<b>{item}</b> & 'more'" for item in small_answers.items}
    blocks = np.split(np.array(small_answers.items), [5, 8, 10])
    model = model_from(
        {
            "title": "</title><script>alert(1)</script>",
            "constructs": dict(zip(names, [block.tolist() for block in blocks], strict=True)),
            "paths": {"D": names[:3]},
            "questions": items,
        }
    )
    page = report(analyse(model=model, answers=small_answers))
    found = outline(page)
    assert found.open == []
    assert "script" not in found.seen
    assert "b" not in found.seen


def test_the_summary_says_what_the_figures_say(result):
    text = summarise(result).as_text()
    assert text.startswith("用户满意度指数为 72.5 分")
    assert "感知质量（75.0 分）" in text
    assert "结论来自 250 份答卷" in text
    assert "68%" in text  # R² of satisfaction is 0.681
    assert "没有达到惯用标准" in text


def test_the_summary_names_what_to_improve_first(full_model, full_answers):
    """Quality is important; rated four points lower it is no longer good, and has to be first."""
    values = full_answers.values.copy()
    own = [full_answers.items.index(f"PERQ{number}") for number in range(1, 8)]
    values[:, own] = np.maximum(1, values[:, own] - 4)
    answers = Answers(full_answers.items, values)
    result = analyse(model=full_model, answers=answers, options=Options(draws=100))
    heading, lines = summarise(result).parts[1]
    assert heading == "先改进什么"
    assert lines[0].startswith("感知质量：目前")
    assert "没有哪一方面" not in "".join(lines)


def test_questions_are_quoted_without_their_scale(small_model, small_answers):
    questions = dict.fromkeys(small_answers.items, "您满意吗（1 = 很不满意，10 = 很满意）")
    model = Model(constructs=small_model.constructs, paths=small_model.paths, questions=questions)
    text = summarise(analyse(model=model, answers=small_answers)).as_text()
    assert "“您满意吗”" in text
    assert "很不满意" not in text


def test_groups_are_compared_in_words(full_model, full_answers):
    values, own = full_answers.values.copy(), full_answers.items.index("CUSCO")
    values[::2, own] = np.maximum(1, values[::2, own] - 4)
    labels = np.array(["东区" if place % 2 == 0 else "西区" for place in range(250)])
    answers = Answers(full_answers.items, values, labels)
    page = report(analyse(model=full_model, answers=answers, options=Options(permutations=200)))
    assert "<li>投诉处理：“西区”比“东区”高" in page


def test_few_answers_give_a_page_without_a_model(small_model, small_answers):
    result = analyse(model=small_model, answers=small_answers.keep(np.arange(20)))
    page = report(result)
    assert "svg" in outline(page).seen
    assert "影响关系图" not in page
    assert "答卷太少" in page


def test_pictures_are_valid_xml_with_a_title(result):
    matrix = matrix_picture(result.matrix, str, "zh-Hans")
    for picture in (path_picture(result, result.estimates, "zh-Hans"), matrix):
        root = ET.fromstring(picture)
        assert root.tag == f"{SVG}svg"
        assert root.find(f"{SVG}title").text


def label_boxes(picture):
    """About where each text of a picture is drawn."""
    for text in ET.fromstring(picture).iter(f"{SVG}text"):
        size, words = float(text.get("font-size")), text.text
        width, x, y = text_width(words, size), float(text.get("x")), float(text.get("y"))
        if text.get("transform"):
            continue
        left = x - width * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor"), 0.0)
        yield words, Box(left, y - 0.8 * size, width, size)


@pytest.mark.parametrize("draw", ["path", "matrix"])
def test_no_label_covers_another_or_leaves_the_picture(result, draw):
    picture = (
        path_picture(result, result.estimates, "zh-Hans")
        if draw == "path"
        else matrix_picture(result.matrix, str, "zh-Hans")
    )
    *_, width, height = map(float, ET.fromstring(picture).get("viewBox").split())
    found = list(label_boxes(picture))
    for words, box in found:
        assert box.within(Box(0, 0, width, height)), words
    for (one, box), (other, second) in combinations(found, 2):
        assert not box.overlaps(second), (one, other)


@pytest.mark.parametrize("which", ["mobi", "shipped", "fan", "chain", "two layers"])
def test_arrows_pass_no_construct_and_lead_to_the_right(full_model, which):
    paths = {
        "fan": {"Z": list("ABCDE")},
        "chain": {"B": ["A"], "C": ["A", "B"], "D": ["A", "B", "C"]},
        "two layers": {"C": ["A", "B"], "D": ["A", "B"], "Z": ["C", "D", "A"]},
    }
    if which in paths:
        names = sorted({*paths[which], *(cause for causes in paths[which].values() for cause in causes)})
        content = {"constructs": {name: [name.lower()] for name in names}, "paths": paths[which]}
        model = model_from(content)
    else:
        model = full_model if which == "mobi" else default_model()
    boxes, columns = places(model), depths(model)
    for cause, effect in model.arrows:
        start, end = visible(boxes[cause], boxes[effect])
        assert columns[cause] < columns[effect]
        assert start[0] < end[0] + 1
        assert not [name for name in boxes if name not in (cause, effect) and hits(start, end, boxes[name])]
    assert not [pair for pair in combinations(boxes.values(), 2) if pair[0].overlaps(pair[1])]


def test_geometry():
    assert crosses((0, 0), (2, 2), (0, 2), (2, 0))
    assert not crosses((0, 0), (2, 2), (2, 2), (4, 0))
    assert hits((0, 5), (10, 5), Box(4, 4, 2, 2))
    assert not hits((0, 1), (10, 1), Box(4, 4, 2, 2))
    assert Box(0, 0, 10, 4).edge_towards((100, 2)) == pytest.approx((10, 2))


def test_axes_have_round_ticks():
    assert [round_step(value) for value in (0.013, 0.2, 3.1, 7)] == pytest.approx([0.02, 0.2, 5, 10])
    axis = Axis(58.0, 79.0, 0.0, 210.0)
    assert axis.ticks(5) == [60, 65, 70, 75]
    assert axis(68.5) == pytest.approx(105.0)


def test_words_are_wrapped_by_their_width():
    assert text_width("满意A", 10) == pytest.approx(25.8)
    assert wrapped("用户满意度", 35, 10) == ["用户满", "意度"]
    assert wrapped("一二三四五六七八九", 35, 10) == ["一二三", "四五…"]
