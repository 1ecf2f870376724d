import dataclasses
import re

import pytest
from tests.documents import samples
from tests.documents.reading import word_of, word_part, word_text

from keqiao.documents import data as d
from keqiao.documents.payload import digest_of
from keqiao.documents.word import render_word

PAPERS = [samples.CONTRACT, samples.AMENDMENT, samples.REPORT]


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


def test_a_report_keeps_the_order_of_its_blocks():
    word = word_of(render_word(document=samples.REPORT))
    assert [p.text for p in word.paragraphs if p.style.name.startswith("Heading")] == [
        "一、概况",
        "（一）条款证据",
    ]
    assert [cell.text for cell in word.tables[0].rows[60].cells] == ["6.60", "应有记录", "60"]


@pytest.mark.parametrize("paper", PAPERS)
def test_head_and_foot_name_the_paper_its_digest_and_its_pages(paper):
    content = render_word(document=paper)
    section = word_of(content).sections[0]
    assert section.header.paragraphs[0].text.split("\t")[0] == "示例科桥科技服务中心（虚构）"
    assert section.footer.paragraphs[1].text == f"内容摘要（SHA-256）{digest_of(document=paper)}"
    footer = word_part(content, "word/footer1.xml")
    assert re.findall(r'w:instr="(\w+)"', footer) == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("paper", PAPERS)
def test_chinese_has_a_font_of_its_own_in_every_style_used(paper):
    content = render_word(document=paper)
    styles = {
        style.name: style.element.rPr.rFonts for style in word_of(content).styles if style.name in FONTS
    }
    assert {name: _font(fonts, "eastAsia") for name, fonts in styles.items()} == FONTS
    assert "Theme" not in "".join(key for fonts in styles.values() for key in fonts.attrib)
    body = word_part(content, "word/document.xml")
    assert set(re.findall(r'w:eastAsia="([^"]+)"', body)) <= {"SimHei", "SimSun"}
    assert body.count("w:rFonts ") == body.count("w:eastAsia=")


FONTS = {"Normal": "SimSun", "Title": "SimHei", "Heading 1": "SimHei", "Heading 2": "SimHei"}


def _font(fonts, script):
    return fonts.get(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{script}")


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_data_gives_the_same_bytes(paper):
    assert render_word(document=paper) == render_word(document=paper)


def test_table_headers_repeat_and_rows_are_not_torn():
    body = word_part(render_word(document=samples.REPORT), "word/document.xml")
    assert body.count("<w:tblHeader/>") == 1
    assert body.count("<w:cantSplit/>") == 61


def test_a_paper_without_word_form_is_refused():
    with pytest.raises(TypeError, match="There is no Word form of PlanData; use the PDF"):
        render_word(document=samples.PLAN)


def test_an_element_not_written_yet_is_named_as_missing():
    elements = (d.Element(letter="a", title="服务内容", text=""), *samples.ELEMENTS[1:])
    text = word_text(render_word(document=dataclasses.replace(samples.CONTRACT, elements=elements)))
    assert text.count("（本要素尚未填写，填写前不得提交签署）") == 1
