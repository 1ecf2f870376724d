"""Pictures: what is drawn is what the table says, with attributes only; what can't be drawn is refused."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from tests.documents.paper_samples import HEAD
from tests.documents.reading import pdf_of, pdf_text, word_text

from keqiao.documents.charts.chart import Cell, Chart, Form, Series
from keqiao.documents.charts.draw import PHONE, WIDE, draw
from keqiao.documents.charts.scale import in_words, letters_on, ticks
from keqiao.documents.papers.report import Picture, ReportData, table_of
from keqiao.documents.payload import digest_of
from keqiao.documents.pdf import render_pdf
from keqiao.documents.word import render_word

pytestmark = pytest.mark.once
SVG = "{http://www.w3.org/2000/svg}"
LABELS = ("4.1 机构", "4.2 人员", "6.1 委托")
MET = Series(name="有证据", values=(12, 0, 3), urls=("/a/?x=1&y=2", "/b/", "/c/"), tone="done")
GAP = Series(name="无证据", values=(4, 8, None), tone="late")


def chart(form=Form.BARS, series=(MET, GAP), labels=LABELS, **more):
    return Chart(
        title="各章证据",
        said="每章有无证据的条款数。",
        over="条款",
        form=form,
        labels=labels,
        series=series,
        **more,
    )


ONE = Series(name="投诉", values=(3, 12, 5))
EVERY = [
    chart(),
    chart(stacked=False, unit="件"),
    chart(Form.COLUMNS),
    chart(Form.COLUMNS, stacked=False),
    chart(Form.LINE, (Series(name="指数", values=(72.4, None, 75), band=((68, 76), None, (71, 79))),)),
    chart(Form.PARETO, (ONE,)),
    chart(Form.SHARE, (ONE,)),
]


def shapes(svg, tag):
    return list(ET.fromstring(svg).iter(f"{SVG}{tag}"))


def fills(svg, colour):
    """Widths of the bars of a colour, the swatch of the legend left out."""
    bars = [one for one in shapes(svg, "rect") if one.get("fill") == colour]
    return [float(one.get("width")) for one in bars if one.get("height") != "14"]


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.form.value}-{one.stacked}")
def test_a_picture_has_attributes_only_stays_in_its_width_and_says_what_it_is(one, width):
    svg = draw(chart=one, width=width)
    root = ET.fromstring(svg)
    assert [word for word in ("style=", "<style", "<script", "class=", "onclick") if word in svg] == []
    assert (root.get("width"), root.get("aria-label")) == (str(width), "各章证据")
    assert (root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text) == (
        "各章证据",
        "每章有无证据的条款数。",
    )
    for bar in shapes(svg, "rect"):
        assert 0 <= float(bar.get("x")) <= float(bar.get("x")) + float(bar.get("width")) <= width + 0.1


def test_bars_are_as_long_as_their_numbers():
    teal, red = "#0b6e6e", "#b3261e"
    svg = draw(chart=chart())
    met, gap = fills(svg, teal), fills(svg, red)
    assert (len(met), len(gap)) == (2, 2)  # a bar of nothing is not drawn
    assert met[0] / met[1] == pytest.approx(4, abs=0.02)  # 12 and 3
    assert gap[1] / gap[0] == pytest.approx(2, abs=0.02)  # 8 and 4
    assert met[0] / gap[0] == pytest.approx(3, abs=0.02)  # one scale for all


def test_each_bar_is_a_link_to_its_rows_and_says_its_number():
    links = shapes(draw(chart=chart()), "a")
    assert [(one.get("href"), one.get("aria-label")) for one in links] == [
        ("/a/?x=1&y=2", "4.1 机构 · 有证据: 12"),
        ("/c/", "6.1 委托 · 有证据: 3"),
    ]


def test_with_links_it_is_a_group_of_links_else_one_image():
    assert ET.fromstring(draw(chart=chart())).get("role") == "group"
    plain = draw(chart=chart(), links=False)
    assert (ET.fromstring(plain).get("role"), shapes(plain, "a")) == ("img", [])


def test_the_table_says_the_same():
    assert list(chart(label_urls=("/p/", "", "")).rows()) == [
        (Cell(text="4.1 机构", url="/p/"), Cell(text="12", url="/a/?x=1&y=2"), Cell(text="4")),
        (Cell(text="4.2 人员"), Cell(text="0", url="/b/"), Cell(text="8")),
        (Cell(text="6.1 委托"), Cell(text="3", url="/c/"), Cell(text="—")),
    ]
    assert chart().head == ("条款", "有证据", "无证据")


def test_what_people_typed_stays_letters():
    hostile = '</svg><script>x</script>"&'
    svg = draw(
        chart=chart(
            labels=(hostile, "b", "c"), series=(Series(name=hostile, values=(1, 2, 3), urls=('/"<', "", "")),)
        )
    )
    assert "<script" not in svg
    assert shapes(svg, "a")[0].get("href") == '/"<'


def test_pareto_stands_by_size_and_adds_up():
    svg = draw(chart=chart(Form.PARETO, (ONE,)))
    heights = [float(one.get("height")) for one in shapes(svg, "rect")]
    assert heights == sorted(heights, reverse=True)
    assert [one.find(f"{SVG}title").text for one in shapes(svg, "g")][-3:] == [
        "60%",
        "85%",
        "100%",
    ]  # 12, 17, 20 of 20


def test_a_line_stays_open_where_a_number_is_not_known():
    svg = draw(chart=chart(Form.LINE, (Series(name="指数", values=(72, None, 75)),)))
    assert [len(one.get("points").split()) for one in shapes(svg, "polyline")] == [1, 1]


def test_a_share_says_percentages():
    texts = [one.text for one in shapes(draw(chart=chart(Form.SHARE, (ONE,))), "text")]
    assert texts[:3] == ["4.1 机构 3 · 15%", "4.2 人员 12 · 60%", "6.1 委托 5 · 25%"]


@pytest.mark.parametrize(
    ("value", "words"),
    [(1234, "1,234"), (Decimal("1234.50"), "1,234.5"), (72.04, "72.04"), (None, "—"), (0, "0")],
)
def test_numbers_in_words(value, words):
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(0, 16, [0, 5, 10, 15, 20]), (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-3, 7, [-4, -2, 0, 2, 4, 6, 8]),
     (0, 12345, [0, 5000, 10000, 15000])],
)  # fmt: skip
def test_ticks_are_round_and_reach_the_ends(low, high, found):
    assert ticks(low, high) == pytest.approx(found)


def test_counts_have_whole_ticks():
    assert ticks(0, 1, whole=True) == [0, 1]
    assert ticks(0, 3, whole=True) == [0, 1, 2, 3]


def test_letters_can_be_read_on_their_bar():
    assert (letters_on("#0b6e6e"), letters_on("#c9d1d6")) == ("#ffffff", "#22303a")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"series": (Series(name="甲", values=(1, 2)),)}, "3 labels, but 2 values of “甲”"),
        ({"series": (Series(name="甲", values=(1, -2, 3)),)}, "has a negative bar"),
        ({"form": Form.PARETO}, "pareto takes one series, not 2"),
    ],
)
def test_a_chart_that_does_not_hold_together_is_refused(more, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        chart(**more)


def test_nothing_is_not_drawn():
    with pytest.raises(ValueError, match="say in words that there is nothing yet"):
        draw(chart=chart(labels=(), series=()))
    assert (chart(series=(Series(name="甲", values=(0, None, 0)),)).is_empty, chart().is_empty) == (
        True,
        False,
    )


REPORT = ReportData(
    head=HEAD,
    title="报告",
    blocks=tuple(block for one in EVERY[:1] for block in (Picture(chart=one), table_of(one))),
)


def test_the_same_picture_stands_in_the_paper_with_its_table():
    pdf = render_pdf(document=REPORT)
    text = pdf_text(pdf)
    assert (
        "各章证据有证据无证据4.1机构124164.2人员886.1委托33条款有证据无证据4.1机构1244.2人员086.1委托3—"
        in text
    )
    assert "/Alt" in str(pdf_of(pdf).trailer["/Root"]) or b"/Alt" in pdf  # read aloud
    assert "4.1 机构" in word_text(render_word(document=REPORT))


def test_how_a_picture_is_drawn_is_no_part_of_the_digest():
    """The digest names the numbers: a change of colours must not change what was agreed."""
    other = ReportData(
        head=HEAD, title="报告", blocks=(Picture(chart=chart(series=(GAP, MET))), table_of(EVERY[0]))
    )
    assert digest_of(document=other) != digest_of(document=REPORT)
    assert "svg" not in str(REPORT)


def test_two_pictures_of_one_title_are_refused():
    twice = ReportData(head=HEAD, title="报告", blocks=(Picture(chart=EVERY[0]), Picture(chart=EVERY[2])))
    with pytest.raises(ValueError, match="Two pictures of this paper are called “各章证据”"):
        render_pdf(document=twice)
