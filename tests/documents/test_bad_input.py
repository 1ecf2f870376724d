"""Whatever people type stays letters, in both kinds of file, and never leaves the page."""

import dataclasses
import typing

import pytest
from tests.documents.every_paper import EVERY, IN_WORD, name_of
from tests.documents.paper_samples import HEAD, REPORT
from tests.documents.reading import pdf_of, pdf_text, squeezed, word_of, word_part, word_text

from keqiao.documents.pdf import render_pdf
from keqiao.documents.word import render_word

HOSTILE = (
    '#import "x"',
    '#read("/etc/passwd")',
    "$x^2$ *b* _i_ `c` // c /* c */ @ref <label> = h \\ ~ -- ---",
    "{{7*7}} {% for x in y %} {# c #} ${7*7} <%= 7 %>",
    "<w:p><w:r/></w:p> &amp; ]]> <!-- -->",
    "\"quoted\" 'quoted' \\n \\u{41}",
    "=1+1 +2 -3 @SUM",
)  # fmt: skip
HOSTILE_TEXT = "\n".join(HOSTILE)
LONG = "W" * 64  # wider than the page
CHOSEN_BY_CODE = {"letter", "kind", "state", "side", "result", "purpose", "block"}


def with_text(value, text):
    """The same data with every free text replaced, whatever its depth; ten lines of a list are enough."""
    if isinstance(value, tuple):
        return tuple(with_text(item, text) for item in value[:10])
    if not dataclasses.is_dataclass(value):
        return text if isinstance(value, str) else value
    changes = {
        field.name: with_text(getattr(value, field.name), text)
        for field in dataclasses.fields(value)
        if field.init and not is_code(value, field)
    }
    return dataclasses.replace(value, **changes)


def is_code(value, field):
    return typing.get_origin(field.type) is typing.Literal or (
        isinstance(getattr(value, field.name), str) and field.name in CHOSEN_BY_CODE
    )


@pytest.mark.parametrize("paper", EVERY, ids=name_of)
def test_typst_markup_stays_letters_in_every_field(paper):
    text = pdf_text(render_pdf(document=with_text(paper, HOSTILE_TEXT)))
    assert [words for words in HOSTILE if squeezed(words) not in text] == []


@pytest.mark.parametrize("paper", IN_WORD, ids=name_of)
def test_word_and_template_tags_stay_letters_in_every_field(paper):
    content = render_word(document=with_text(paper, HOSTILE_TEXT))
    text = word_text(content)
    assert [words for words in HOSTILE if words not in text] == []
    assert "&lt;w:p&gt;&lt;w:r/&gt;" in word_part(content, "word/document.xml")


@pytest.mark.parametrize("paper", EVERY, ids=name_of)
def test_a_long_run_without_a_break_stays_on_the_page(paper):
    for page in pdf_of(render_pdf(document=with_text(paper, LONG))).pages:
        assert rightmost(page) < 595 - 40


def rightmost(page):
    """The largest x at which a run of text begins; runs of an unbroken string are single letters."""
    edges = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, font, size: edges.append(tm[4]) if text.strip() else None
    )
    return max(edges)


def test_a_long_run_is_copied_without_added_characters():
    paper = dataclasses.replace(REPORT, subtitle=LONG)
    assert LONG in pdf_text(render_pdf(document=paper))


@pytest.mark.parametrize("paper", EVERY, ids=name_of)
@pytest.mark.parametrize("text", ["", " ", "\n\n", "😀𠮷\x00\u202e", "。" * 200])
def test_empty_and_odd_texts_are_printed_all_the_same(paper, text):
    assert len(pdf_of(render_pdf(document=with_text(paper, text))).pages) >= 1


@pytest.mark.parametrize("paper", IN_WORD, ids=name_of)
@pytest.mark.parametrize("text", ["", "\n\n", "😀𠮷\x00\x0b\u202e\ud800", LONG])
def test_word_takes_empty_and_odd_texts(paper, text):
    assert word_text(render_word(document=with_text(paper, text))) != ""


def test_rare_letters_are_kept_in_word_and_written_out_in_pdf():
    paper = dataclasses.replace(REPORT, title="𠮷镕😀")
    assert "𠮷镕😀" in word_text(render_word(document=paper))
    assert "〔U+20BB7〕镕〔U+1F600〕" in pdf_text(render_pdf(document=paper))


def test_an_extra_font_prints_the_rare_letter(extra_font):
    paper = dataclasses.replace(REPORT, title="𠮷镕")
    assert "𠮷镕" in pdf_text(render_pdf(document=paper, extra_fonts=(extra_font,)))


@pytest.mark.parametrize(
    "paper",
    [p for p in EVERY if name_of(p) != "archive"],
    ids=name_of,
)
def test_lists_may_be_empty(paper):
    empty = {
        field.name: ()
        for field in dataclasses.fields(paper)
        if isinstance(getattr(paper, field.name), tuple) and field.name not in {"elements", "options"}
    }
    assert len(pdf_of(render_pdf(document=dataclasses.replace(paper, **empty))).pages) >= 1


def test_a_long_name_leaves_head_and_foot_one_line_each():
    head = dataclasses.replace(HEAD, institution="甲" * 27, number="编\n号" + "9" * 40)
    paper = dataclasses.replace(REPORT, head=head)
    section = word_of(render_word(document=paper)).sections[0]
    assert section.header.paragraphs[0].text == "甲" * 25 + "…\t符合性报告"
    assert section.footer.paragraphs[0].text.startswith("编 号" + "9" * 22 + "…　第 1 版\t")
    last = pdf_text(render_pdf(document=paper))
    assert "甲" * 25 + "…符合性报告" in last
    assert "编号" + "9" * 22 + "…第1版第1页" in last
