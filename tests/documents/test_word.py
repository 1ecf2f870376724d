import re

import pytest
from tests.documents.every_paper import EVERY, IN_WORD, name_of
from tests.documents.paper_samples import REPORT
from tests.documents.reading import word_of, word_part

from keqiao.documents.payload import digest_of
from keqiao.documents.word import render_word


def test_a_report_keeps_the_order_of_its_blocks():
    word = word_of(render_word(document=REPORT))
    assert [p.text for p in word.paragraphs if p.style.name.startswith("Heading")] == [
        "一、概况",
        "（一）条款证据",
    ]
    assert [cell.text for cell in word.tables[0].rows[60].cells] == ["6.60", "应有记录", "60"]


@pytest.mark.parametrize("paper", IN_WORD, ids=name_of)
def test_head_and_foot_name_the_paper_its_digest_and_its_pages(paper):
    content = render_word(document=paper)
    section = word_of(content).sections[0]
    assert section.header.paragraphs[0].text.split("\t")[0] == "示例科桥科技服务中心（虚构）"
    assert section.footer.paragraphs[1].text == f"内容摘要（SHA-256）{digest_of(document=paper)}"
    footer = word_part(content, "word/footer1.xml")
    assert re.findall(r'w:instr="(\w+)"', footer) == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("paper", IN_WORD, ids=name_of)
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


@pytest.mark.parametrize("paper", IN_WORD, ids=name_of)
def test_the_same_data_gives_the_same_bytes(paper):
    assert render_word(document=paper) == render_word(document=paper)


def test_table_headers_repeat_and_rows_are_not_torn():
    body = word_part(render_word(document=REPORT), "word/document.xml")
    assert body.count("<w:tblHeader/>") == 1
    assert body.count("<w:cantSplit/>") == 61


def test_a_paper_without_word_form_is_refused():
    plan = next(paper for paper in EVERY if name_of(paper) == "plan")
    with pytest.raises(TypeError, match="There is no Word form of PlanData; use the PDF"):
        render_word(document=plan)
