"""Letters newer than this Python's Unicode table stay in papers and in their digests."""

import dataclasses
import json

import pytest
from tests.cases.doors import CASES
from tests.documents.every_paper import EVERY, name_of
from tests.documents.paper_samples import REPORT
from tests.documents.reading import pdf_text, word_text

from keqiao.documents.payload import clean, digest_of
from keqiao.documents.pdf import render_pdf
from keqiao.documents.word import render_word
from keqiao.kernel.record.pack import member_name

pytestmark = pytest.mark.once
CASE = json.loads((CASES / "documents/names-outside-old-tables.json").read_text())
LETTER = "\U0002ebf1"
PAPERS = {name_of(paper): paper for paper in EVERY}


def test_the_paper_has_the_letter_in_word_and_in_pdf(answer):
    paper = dataclasses.replace(REPORT, title=CASE["client"], subtitle=CASE["text_of_an_element"])
    got = [
        LETTER in line
        for line in word_text(render_word(document=paper)).splitlines()
        if "示例" in line or "联系人" in line
    ]
    answer("documents/names-outside-old-tables.json (Word)", right=True, got=bool(got) and all(got))
    text = pdf_text(render_pdf(document=paper))
    got = [said in text for said in ("示例〔U+2EBF1〕（虚构）科技有限公司", "联系人：张〔U+2EBF1〕伟")]
    answer("documents/names-outside-old-tables.json (PDF)", right=[True, True], got=got)


def test_two_people_have_two_digests(answer):
    contract = PAPERS["contract"]
    digests = {
        digest_of(document=dataclasses.replace(contract, title=title)) for title in (f"张{LETTER}伟", "张伟")
    }
    answer("documents/names-outside-old-tables.json (digest)", right=2, got=len(digests))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("张\U000323b0伟", "张\U000323b0伟"),  # the plane above, of which no version has letters yet
        ("李\U0003347f", "李\U0003347f"),  # Extension J, Unicode 17
        ("\u1c8a\ua7da", "\u1c8a\ua7da"),  # letters of other writings, Unicode 16
        ("甲\ufdd0\U0001fffe\u2065\U000e0fff乙", "甲乙"),  # never letters
    ],
)
def test_others_outside_old_tables(typed, printed, answer):
    answer(f"documents: {typed!a}", right=printed, got=clean(typed))


def test_names_of_files_in_a_pack_keep_them_too(answer):
    got = member_name("files", 1, f"张{LETTER}伟:身份证\u202e.pdf")
    answer("documents: a name within a pack", right=f"files/0001-张{LETTER}伟_身份证_.pdf", got=got)
