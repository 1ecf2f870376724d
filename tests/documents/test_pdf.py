import pytest
from tests.documents.every_paper import EVERY, TOLD, name_of
from tests.documents.paper_samples import REPORT
from tests.documents.reading import pdf_of, pdf_text, squeezed

from keqiao.documents.payload import digest_of
from keqiao.documents.pdf import FRAME, render_pdf
from keqiao.documents.registry import papers


def test_every_paper_has_a_sample_and_the_words_it_must_tell():
    known = sorted(one.name for one in papers() if not one.data.__module__.startswith("tests."))
    assert sorted(map(name_of, EVERY)) == known
    assert sorted(TOLD) == known


@pytest.mark.parametrize("paper", EVERY, ids=name_of)
def test_a_paper_tells_what_it_must(paper):
    text = pdf_text(render_pdf(document=paper))
    assert [words for words in TOLD[name_of(paper)] if squeezed(words) not in text] == []


@pytest.mark.parametrize("paper", EVERY, ids=name_of)
def test_every_page_names_the_paper_its_version_page_and_digest(paper):
    pages = pdf_of(render_pdf(document=paper)).pages
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert f"HT-2026-00042第1版第{number}页共{len(pages)}页" in text
        assert f"内容摘要（SHA-256）{digest_of(document=paper)}" in text


@pytest.mark.parametrize("paper", EVERY, ids=name_of)
def test_the_same_data_gives_the_same_bytes(paper):
    assert render_pdf(document=paper) == render_pdf(document=paper)


@pytest.mark.parametrize("paper", EVERY, ids=name_of)
def test_pages_are_a4_tagged_archivable_and_all_fonts_embedded(paper):
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


def test_a_table_repeats_its_header_on_every_page():
    pages = pdf_of(render_pdf(document=REPORT)).pages
    assert ["条款要求证据数" in squeezed(page.extract_text()) for page in pages] == [True, True]


def test_templates_take_data_only_as_values():
    """`eval` or a read of a path from the data would turn letters into markup."""
    templates = [*FRAME.glob("*.typ"), *(one.template for one in papers())]
    source = "\n".join(path.read_text(encoding="utf-8") for path in templates)
    assert [word for word in ("eval(", "read(", "include ", "@preview", "plugin(") if word in source] == []
    assert source.count("json(") == 4  # the data, the wording of the frame, that of the paper, its pictures
