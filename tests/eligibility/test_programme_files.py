"""Programme files: versions, hashes, and errors with line and column."""

from datetime import date

import pytest

from eligibility.checks import check_programme
from eligibility.errors import ProgrammeNotFoundError, RuleError
from eligibility.loading import load_programme, parse_programme

FILE = """programme: DEMO
zh: 演示
en: demo
kind: recognition
versions:
  - version: v1
    effective: 2024-01-01
    until: 2025-01-01
    state: superseded
    require:
      all:
        - {id: a, article: '1', text: t, condition: staff_total >= 10}
  - version: v2
    effective: 2025-01-01
    state: draft
    let:
      share: staff_rd / staff_total
    bands:
      staff:
        article: '2'
        metric: share
        max: 20
        rows:
          - {at_least: 30%, points: 20}
          - {at_least: 10%, points: 5-10}
          - {else: 0}
    scores:
      total: staff + 1
    score: total
    require:
      all:
        - {id: a, article: '1', text: t, condition: total > 5}
"""


def changed(old: str, new: str) -> bytes:
    assert old in FILE
    return FILE.replace(old, new, 1).encode()


def failure(content: bytes) -> RuleError:
    with pytest.raises(RuleError) as caught:
        parse_programme(content, "demo.yaml")
    return caught.value


def test_the_version_follows_the_day_of_application():
    programme = parse_programme(FILE.encode())
    assert programme.on(date(2024, 1, 1)).label == "v1"
    assert programme.on(date(2024, 12, 31)).label == "v1"
    assert programme.on(date(2025, 1, 1)).label == "v2"
    with pytest.raises(ProgrammeNotFoundError):
        programme.on(date(2023, 12, 31))
    with pytest.raises(ProgrammeNotFoundError):
        programme.version("v3")


def test_the_hash_covers_the_rules_and_not_the_state():
    one = parse_programme(FILE.encode()).version("v2")
    state = parse_programme(
        changed("state: draft", "state: verified\n    verified: A. B., 2025-02-01")
    ).version("v2")
    rule = parse_programme(changed("total > 5", "total > 6")).version("v2")
    assert one.content_hash == state.content_hash
    assert one.content_hash != rule.content_hash
    assert len(one.content_hash) == 64


def test_a_byte_order_mark_is_no_matter():
    assert parse_programme(b"\xef\xbb\xbf" + FILE.encode()).code == "DEMO"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "total > 5",
            "total > ",
            "demo.yaml:32:60: expected (, -, a date, a fact, a function, a name, a number",
        ),
        ("total > 5", "totl > 5", "demo.yaml:32:53: expected a fact or a name defined above, got `totl`"),
        (
            "share: staff_rd / staff_total",
            "share: staff_rd / sales_y1",
            "demo.yaml:17:14: expected two sides of one",
        ),
        (
            "share: staff_rd",
            "sales_y1: staff_rd",
            "demo.yaml:17:17: expected a new name, got sales_y1, which is alr",
        ),
        (
            "          - {else: 0}\n",
            "",
            "demo.yaml:25:13: expected bands and a last row `else: points`, got a gap",
        ),
        (
            "points: 5-10",
            "points: 10-5",
            "demo.yaml:25:37: expected the lower points first, got 10-5; write 5-10",
        ),
        ("points: 5-10", "points: 5.5", "demo.yaml:25:37: expected points such as 8 or 7-8, got 5.5"),
        (
            "at_least: 10%",
            "at_least: 10元",
            "demo.yaml:25:24: expected two sides around >= of one unit, got a ratio",
        ),
        ("max: 20", "max: 30", "demo.yaml:22:14: expected the greatest points of the rows, 20, as max"),
        (
            "state: draft",
            "state: final",
            "demo.yaml:15:12: expected one of draft, verified, superseded, got final",
        ),
        (
            "state: draft",
            "state: verified",
            "demo.yaml:13:5: expected `verified` (by whom, when, from which source)",
        ),
        (
            "effective: 2025-01-01",
            "effective: 2025-13-01",
            "demo.yaml:14:16: expected a date such as 2026-01-31",
        ),
        (
            "until: 2025-01-01",
            "until: 2024-01-01",
            "demo.yaml:8:12: expected a day after 2024-01-01, got 2024-01-01",
        ),
        ("version: v2", "version: v1", "demo.yaml:13:5: expected each version label once, got v1 again"),
        ("kind: recognition", "kinds: recognition", "demo.yaml:4:8: expected one of programme, zh, en, kind"),
        ("zh: 演示", "zh: 演示\nzh: 演示", "demo.yaml:3:1: expected each key once, got `zh` again"),
        ("zh: 演示", "zh: &x 演示", "demo.yaml:2:5: expected plain values, got an anchor or alias"),
        (
            "zh: 演示",
            "zh: !!python/object:os.system 演示",
            "demo.yaml:2:5: expected plain values, got a YAML tag",
        ),
        ("zh: 演示", "zh: [演示", "demo.yaml:3:3: expected YAML, got: "),
        ("score: total", "score: points", "demo.yaml:29:12: expected one of total, got points"),
    ],
)
def test_errors_have_a_place(old, new, message):
    shown = str(failure(changed(old, new)))
    assert shown[: len(message)] == message


def test_a_block_of_text_keeps_its_lines():
    content = FILE.replace(
        "- {id: a, article: '1', text: t, condition: total > 5}",
        "- id: a\n          article: '1'\n          text: t\n          condition: |\n"
        "            total > 5 and\n            totl > 5",
    )
    error = failure(content.encode())
    assert error.line == 37


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"{a: " * 10_000,
        b"- " * 10_000,
        b"x" * 10_000_000,
        b"a: b\n---\na: b\n",
        b"\x00",
        b"- 1",
        b"programme: [1]",
        b"? [a]\n: b",
    ],
)
def test_hostile_files_are_rule_errors(content):
    assert failure(content).problem.startswith("expected ")


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * 10_000_000)
    with pytest.raises(RuleError) as caught:
        load_programme(path)
    assert caught.value.problem == "expected a file of at most 1000000 bytes, got 1000001; split it"


def test_a_missing_file_is_a_rule_error(tmp_path):
    with pytest.raises(RuleError) as caught:
        load_programme(tmp_path / "none.yaml")
    assert caught.value.problem == "expected a readable file, got: No such file or directory"


def findings(content: bytes) -> list[str]:
    return [str(finding) for finding in check_programme(parse_programme(content))]


def test_a_sound_file_has_no_findings():
    assert findings(FILE.encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "until: 2025-01-01",
            "until: 2025-03-01",
            "13: error: versions overlap: v1 ends 2025-03-01, v2 begins 2025-01-01",
        ),
        (
            "    until: 2025-01-01\n",
            "",
            "12: error: versions overlap: v1 ends never, v2 begins 2025-01-01",
        ),
        (
            "until: 2025-01-01",
            "until: 2024-12-01",
            "13: error: versions leave a gap: no version from 2024-12-01 to 2025-01-01, between v1 and v2",
        ),
        (
            "total > 5",
            "total > 21",
            "32: error: condition a can never hold: the score lies from 1 to 21, asked > 21",
        ),
        (
            "total > 5",
            "total >= 1",
            "32: warning: condition a always holds: the score lies from 1 to 21, asked >= 1",
        ),
        ("total > 5", "share >= 20% and share < 10%", "32: error: condition a can never hold"),
        ("total > 5", "staff_total < 0", "32: error: condition a can never hold"),
        ("total > 5", "is_sme and not is_sme", "32: error: condition a can never hold"),
        ("at_least: 10%", "at_least: 40%", "25: error: band staff: an earlier row hides this one"),
        ("points: 20}", "points: 8-20}", "25: error: band staff: points 5-10 overlap 8-20"),
        (
            "at_least: 10%",
            "at_least: 10%, below: 20%",
            "24: error: band staff: a gap between rows from 1/5 to 3/10",
        ),
        (
            "at_least: 10%",
            "at_least: 10%, at_most: 30%",
            "24: error: band staff: this row overlaps another at 3/10",
        ),
    ],
)
def test_findings(old, new, finding):
    assert finding in findings(changed(old, new))


def test_rows_with_two_edges_that_tile_have_no_findings():
    assert findings(changed("at_least: 10%", "at_least: 10%, below: 30%")) == []
