"""What a declaration of a paper is refused for, with the file and what to do."""

import dataclasses
from dataclasses import dataclass

import pytest

from keqiao.documents.parts import Head
from keqiao.documents.pdf import render_pdf
from keqiao.documents.registry import PaperError, paper, paper_of, papers, word_form

pytestmark = pytest.mark.once


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleData:
    head: Head


@pytest.fixture
def undone():
    """Nothing that is refused stays behind."""
    before = papers()
    yield
    assert papers() == before


def refused(declare):
    with pytest.raises(PaperError) as found:
        declare()
    return str(found.value)


@pytest.mark.usefixtures("undone")
def test_a_paper_without_its_template_is_refused():
    assert refused(lambda: paper("sample")(SampleData)) == (
        "tests/documents/test_registry.py: expected sample.typ beside it, came no such file. "
        "Add tests/documents/sample.typ, or correct the name."
    )


@pytest.mark.usefixtures("undone")
def test_two_papers_of_one_name_are_refused():
    assert refused(lambda: paper("report")(SampleData)) == (
        "tests/documents/test_registry.py: expected a paper of its own name, came “report” of SampleData. "
        "documents/papers/report.py has “report” of ReportData: rename one of the two."
    )


@pytest.mark.usefixtures("undone")
def test_two_classes_of_one_name_are_refused_since_their_digests_would_be_alike():
    twin = dataclasses.make_dataclass("ReportData", [("head", Head)], frozen=True, kw_only=True)
    twin.__module__ = __name__
    assert "“other” of ReportData" in refused(lambda: paper("other")(twin))


@pytest.mark.usefixtures("undone")
def test_what_can_change_or_has_no_head_is_refused():
    loose = dataclasses.make_dataclass("LooseData", [("head", Head)], kw_only=True)
    headless = dataclasses.make_dataclass("HeadlessData", [("title", str)], frozen=True, kw_only=True)
    for wrong in (loose, headless):
        wrong.__module__ = __name__
        assert f"expected a frozen dataclass with a field `head`, came {wrong.__name__}" in refused(
            lambda wrong=wrong: paper("other")(wrong)
        )


def test_a_word_form_of_what_is_no_paper_is_refused():
    assert "came SampleData. Declare it first: @paper(…) above SampleData." in refused(
        lambda: word_form(SampleData)(lambda _data: None)
    )


def test_a_second_word_form_is_refused():
    from keqiao.documents.papers.report import ReportData

    assert "expected one Word form of ReportData, came a second" in refused(
        lambda: word_form(ReportData)(lambda _data: None)
    )


def test_what_was_never_declared_is_not_rendered():
    from tests.documents.paper_samples import HEAD

    with pytest.raises(LookupError, match="SampleData is no paper"):
        render_pdf(document=SampleData(head=HEAD))


def test_a_template_is_found_beside_the_file_of_its_data():
    from tests.documents.paper_samples import REPORT

    found = paper_of(REPORT)
    assert (found.name, found.template.parts[-3:]) == ("report", ("documents", "papers", "report.typ"))
