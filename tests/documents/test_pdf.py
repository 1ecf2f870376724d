import dataclasses

import pytest
from tests.documents import samples
from tests.documents.reading import pdf_of, pdf_text, squeezed

from keqiao.documents import data as d
from keqiao.documents.payload import digest_of
from keqiao.documents.pdf import TEMPLATE_OF, TEMPLATES, render_pdf

# What each paper must tell, in the words a reader finds.
TOLD = {
    "commission": (
        "科技创新服务委托单",
        "高新技术企业认定",
        "近三年财务报表",
        "需补正",
        "合法、真实、有效",
        "2026年11月20日",
    ),
    "acceptance": (
        "受理通知书",
        "WT-2026-00042",
        "一、服务内容",
        "二、服务时限",
        "2026-12-04",
        "三、各相关方的权利和义务",
        "合作专业机构",
        "遵守保密承诺",
    ),
    "decline": ("不予受理通知书", "1.企业注册不满一年。", "2.尚无有效知识产权。", "建议先开展知识产权申请"),
    "contract": (
        "甲方（服务对象）",
        "乙方（服务机构）",
        "91330100MA2AXXXX0X",
        "¥107,000.53",
        "人民币壹拾万柒仟元零伍角叁分",
        "技术咨询合同",
        "法定代表人或授权代表（签字）",
    ),
    "amendment": ("补充协议", "原约定", "期限至2027-09-30。", "变更为", "期限至2027-12-31。", "¥107,000.53"),
    "group": (
        "工作组组建通知",
        "项目负责人",
        "统筹项目，编制服务方案",
        "保密承诺书",
        "保密内容",
        "保密期限",
        "泄密责任",
    ),
    "plan": (
        "服务方案",
        "一、服务目标",
        "三、风险与应对",
        "四、进度安排",
        "五、服务对象确认",
        "里程碑",
        "条件自查",
        "2026-12-31",
        "服务对象确认",
        "第1版",
    ),
    "progress": ("服务进展报告", "2026-12-01至2026-12-31", "研发费用辅助账需要补充。", "已完成", "逾期"),
    "adjustment": (
        "服务方案调整方案",
        "方案一：提前申报（建议采用）",
        "方案二：下一批次申报",
        "□方案一：提前申报",
    ),
    "handover": (
        "成果交付验收单",
        "2027-07-02（逾期）",
        "退回修改",
        "申报书第三章数据与审计报告不一致。",
        "ab" * 32,
    ),
    "survey": ("服务满意度调查汇总", "8.50", "66.67%", "希望增加现场辅导。"),
    "archive": (
        "服务对象档案",
        "服务时间",
        "服务内容",
        "服务过程",
        "服务成效",
        "服务评价",
        "文件30",
        "HT-2026-00030",
    ),
    "report": ("符合性报告", "证据统计期：2026年", "（一）条款证据", "6.60", "表1各条款证据数"),
}
NAMED = [(TEMPLATE_OF[type(paper)], paper) for paper in samples.EVERY]


def test_every_kind_of_paper_is_covered():
    assert {name for name, _ in NAMED} == set(TEMPLATE_OF.values()) == set(TOLD)


@pytest.mark.parametrize(("name", "paper"), NAMED)
def test_a_paper_tells_what_it_must(name, paper):
    text = pdf_text(render_pdf(document=paper))
    assert [words for words in TOLD[name] if squeezed(words) not in text] == []


@pytest.mark.parametrize(("name", "paper"), NAMED)
def test_every_page_names_the_paper_its_version_page_and_digest(name, paper):
    pages = pdf_of(render_pdf(document=paper)).pages
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert f"HT-2026-00042第1版第{number}页共{len(pages)}页" in text
        assert f"内容摘要（SHA-256）{digest_of(document=paper)}" in text


@pytest.mark.parametrize(("name", "paper"), NAMED)
def test_the_same_data_gives_the_same_bytes(name, paper):
    assert render_pdf(document=paper) == render_pdf(document=paper)


@pytest.mark.parametrize(("name", "paper"), NAMED)
def test_pages_are_a4_tagged_archivable_and_all_fonts_embedded(name, paper):
    pdf = pdf_of(render_pdf(document=paper))
    assert {
        (round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pdf.pages
    } == {(595, 842)}
    assert pdf.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF object
    xmp = pdf.root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
    assert {kind for font in fonts for kind in _font_files(font)} == {"/FontFile3"}
    assert {font["/BaseFont"].split("+")[1].split("-")[0] for font in fonts} == {"NotoSansSC", "NotoSerifSC"}


def _font_files(font):
    for descendant in font["/DescendantFonts"]:
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        yield next((key for key in descriptor if key.startswith("/FontFile")), "none")


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
        elements = (*samples.ELEMENTS[:9], d.Element(letter="j", title="保密", text="保密约定。\n" * lines))
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


def test_a_table_repeats_its_header_on_every_page():
    pages = pdf_of(render_pdf(document=samples.REPORT)).pages
    assert ["条款要求证据数" in squeezed(page.extract_text()) for page in pages] == [True, True]


def test_templates_take_data_only_as_values():
    """`eval` or a read of a path from the data would turn letters into markup."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.typ"))
    assert [word for word in ("eval(", "read(", "include ", "@preview", "plugin(") if word in source] == []
    assert source.count("json(") == 2  # the data, and the wording
