import dataclasses
import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.documents.every_paper import EVERY
from tests.documents.paper_samples import REPORT

from keqiao.documents import parts as d
from keqiao.documents.papers.report import ReportData
from keqiao.documents.payload import clean, digest_of, plain, values_of


def test_values_are_plain_json():
    assert values_of(document=REPORT)["subtitle"] == "证据统计期：2026 年"
    assert plain(Decimal("107000.53")) == {
        "figures": "¥107,000.53",
        "capitals": "人民币壹拾万柒仟元零伍角叁分",
    }
    assert plain((date(2026, 11, 22), None, True, 3, 8.5, "镕")) == ["2026-11-22", None, True, 3, 8.5, "镕"]
    assert plain(datetime(2026, 12, 1, 18, 30, tzinfo=UTC)) == "2026-12-02 02:30"
    assert plain(d.FeeLine(item="尾款", amount=Decimal("0.5"))) == {
        "item": "尾款",
        "amount": {"figures": "¥0.50", "capitals": "人民币伍角"},
        "condition": "",
        "due_on": None,
    }


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"),
        ("甲\t乙", "甲 乙"),
        ("a\x00b\x08c\x1bd\x7fe", "abcde"),
        ("\ufeff甲\u200b乙\u202e丙\u2066丁", "甲乙丙丁"),
        ("lone\ud800surrogate\uffff", "lonesurrogate"),
        ("❤\ufe0f 葛\U000e0100", "❤ 葛"),
        ("𠮷镕😀 {{7*7}} <w:p> #import", "𠮷镕😀 {{7*7}} <w:p> #import"),
    ],
)
def test_what_hides_or_reorders_text_is_dropped_and_letters_stay(typed, printed):
    assert clean(typed) == printed


def test_the_digest_names_the_content():
    same = dataclasses.replace(REPORT)
    assert digest_of(document=same) == digest_of(document=REPORT)
    changed = dataclasses.replace(REPORT, title=REPORT.title + "。")
    assert digest_of(document=changed) != digest_of(document=REPORT)


def test_the_digest_is_sha256_of_the_canonical_json():
    report = ReportData(
        head=d.Head(number="N", version=1, issued_on=date(2026, 1, 2), institution="I"), title="T", blocks=()
    )
    canonical = (
        '{"content":{"blocks":[],"head":{"institution":"I","issued_on":"2026-01-02","mark":"","number":"N",'
        '"version":1},"subtitle":"","title":"T"},"document":"ReportData"}'
    )
    assert digest_of(document=report) == hashlib.sha256(canonical.encode()).hexdigest()


def test_every_kind_of_paper_has_its_own_digest():
    assert len({digest_of(document=paper) for paper in EVERY}) == len(EVERY)


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        plain(datetime(2026, 12, 1, 9, 30))  # noqa: DTZ001 - the fault under test


def test_a_value_of_an_unknown_kind_is_refused():
    with pytest.raises(TypeError, match="A document holds no set"):
        plain({1})
