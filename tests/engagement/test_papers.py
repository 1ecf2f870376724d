"""What is special about the papers of an engagement; what holds for all papers is in tests/documents."""

import dataclasses
from decimal import Decimal

import pytest
from tests.documents.reading import pdf_of, pdf_text, squeezed, word_of, word_text
from tests.engagement import paper_samples as samples

from keqiao.documents.payload import digest_of
from keqiao.documents.pdf import render_pdf
from keqiao.documents.word import render_word
from keqiao.engagement.contracting.papers import agreement

pytestmark = pytest.mark.once


def test_the_total_of_a_contract_is_the_sum_of_its_fees():
    assert samples.CONTRACT.total == Decimal("107000.53")
    assert dataclasses.replace(samples.CONTRACT, fees=()).total == Decimal(0)


@pytest.mark.parametrize(
    "elements", [(), samples.ELEMENTS[:9], samples.ELEMENTS[::-1], (*samples.ELEMENTS, samples.ELEMENTS[9])]
)
def test_a_contract_needs_each_of_the_ten_elements_once(elements):
    with pytest.raises(ValueError, match=r"elements a to j of clause 6\.2"):
        dataclasses.replace(samples.CONTRACT, elements=elements)


def test_an_adjustment_needs_two_options():
    with pytest.raises(ValueError, match="at least two options"):
        dataclasses.replace(samples.ADJUSTMENT, options=samples.ADJUSTMENT.options[:1])


def test_an_archive_needs_its_five_aspects():
    with pytest.raises(ValueError, match=r"clause 6\.5"):
        dataclasses.replace(samples.ARCHIVE, aspects=samples.ARCHIVE.aspects[:4])


def test_papers_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        samples.CONTRACT.title = "x"


def test_the_ten_elements_stand_in_order_under_letter_and_title():
    text = pdf_text(render_pdf(document=samples.CONTRACT))
    places = [
        text.index(f"第{ordinal}条{title}6.2{letter})")
        for ordinal, title, letter in zip("一二三四五六七八九十", samples.TITLES, "abcdefghij", strict=True)
    ]
    assert places == sorted(places)


def test_an_element_not_written_yet_is_named_as_missing():
    elements = (dataclasses.replace(samples.ELEMENTS[0], text=""), *samples.ELEMENTS[1:])
    text = pdf_text(render_pdf(document=dataclasses.replace(samples.CONTRACT, elements=elements)))
    assert text.count("（本要素尚未填写，填写前不得提交签署）") == 1


def test_signatures_are_never_alone_on_a_page():
    for lines in range(1, 40, 3):
        elements = (
            *samples.ELEMENTS[:9],
            agreement.Element(letter="j", title="保密", text="保密约定。\n" * lines),
        )
        last = pdf_of(render_pdf(document=dataclasses.replace(samples.CONTRACT, elements=elements))).pages[-1]
        text = squeezed(last.extract_text())
        assert "具有同等效力" in text
        assert "（盖章）" in text


def test_a_confirmed_plan_says_who_when_and_which_content():
    text = pdf_text(render_pdf(document=dataclasses.replace(samples.PLAN, confirmation=samples.CONFIRMED)))
    assert f"确认人贾样例确认时间2026-12-0109:30确认版本第1版所确认内容的摘要{'0f' * 32}" in text


def test_a_choice_made_is_printed():
    text = pdf_text(render_pdf(document=dataclasses.replace(samples.ADJUSTMENT, choice=samples.CHOSEN)))
    assert "所选方案方案一：提前申报选择人贾样例选择时间2027-01-1014:05说明—" in text
    assert "□" not in text


@pytest.mark.parametrize(
    ("result", "words"),
    [("awaited", "□验收通过□退回修改"), ("accepted", "上述成果已按服务合同的要求交付，验收通过。")],
)
def test_a_handover_prints_its_result(result, words):
    paper = dataclasses.replace(samples.HANDOVER, result=result, reasons=(), decided_by="", decided_on=None)
    assert words in pdf_text(render_pdf(document=paper))


def test_the_ten_elements_are_headings_under_letter_and_title():
    word = word_of(render_word(document=samples.CONTRACT))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1" and p.text.startswith("第")]
    assert headings == [
        "第一条　服务内容（6.2 a）",
        "第二条　服务方式、期限和地点（6.2 b）",
        "第三条　双方权利和义务（6.2 c）",
        "第四条　服务费用（6.2 d）",
        "第五条　技术资料和样品的保管（6.2 e）",
        "第六条　风险责任的承担（6.2 f）",
        "第七条　技术成果的归属（6.2 g）",
        "第八条　服务质量要求和验收方法（6.2 h）",
        "第九条　提前终止、变更和解除的条件（6.2 i）",
        "第十条　保密内容、保密期限和泄密责任（6.2 j）",
    ]


def test_the_fee_table_closes_with_figures_and_capitals():
    table = word_of(render_word(document=samples.CONTRACT)).tables[3]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["序号", "费用项目", "支付条件", "支付期限", "金额"],
        ["1", "首期服务费", "合同生效后 10 个工作日内", "2026-12-04", "¥30,000.00"],
        ["2", "中期服务费", "阶段性成果提交并确认后", "—", "¥50,000.53"],
        ["3", "尾款", "成果验收通过后", "2027-09-30", "¥27,000.00"],
        ["合计", "合计", "人民币壹拾万柒仟元零伍角叁分", "人民币壹拾万柒仟元零伍角叁分", "¥107,000.53"],
    ]


def test_both_parties_stand_with_credit_code_and_sign():
    word = word_of(render_word(document=samples.CONTRACT))
    assert word.tables[1].rows[1].cells[1].text == "91330100MA2AXXXX0X"
    assert word.tables[2].rows[1].cells[1].text == "12330100MB0XXXXX0Y"
    assert [[cell.text for cell in row.cells] for row in word.tables[-1].rows] == [
        ["甲方（服务对象）", "乙方（服务机构）"],
        ["示例精密传感器有限公司（虚构）", "示例科桥科技服务中心（虚构）"],
        ["（盖章）", "（盖章）"],
        ["法定代表人或授权代表（签字）：", "法定代表人或授权代表（签字）："],
        ["日期：　　　　年　　月　　日", "日期：　　　　年　　月　　日"],
    ]


def test_an_amendment_prints_before_and_after():
    word = word_of(render_word(document=samples.AMENDMENT))
    assert [[cell.text for cell in row.cells] for row in word.tables[3].rows] == [
        ["原约定", "期限至 2027-09-30。"],
        ["变更为", "期限至 2027-12-31。"],
    ]


def test_in_word_too_an_element_not_written_yet_is_named_as_missing():
    elements = (agreement.Element(letter="a", title="服务内容", text=""), *samples.ELEMENTS[1:])
    text = word_text(render_word(document=dataclasses.replace(samples.CONTRACT, elements=elements)))
    assert text.count("（本要素尚未填写，填写前不得提交签署）") == 1


def test_the_digest_of_a_paper_is_what_it_was_when_the_first_ones_were_sealed():
    assert digest_of(document=samples.CONTRACT) == (
        "6d29525e6811dfa92ac75239a690169c2c169e674f345a5285b1f9ab572906a8"
    )
    assert digest_of(document=samples.PLAN) == (
        "c460f4ef8629c509c514b0801d43c5d7dbc158eb536b4e06ed4fcc789c74b4a1"
    )
