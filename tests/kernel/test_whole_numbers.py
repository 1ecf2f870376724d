import pytest

from keqiao.kernel.platform.whole_numbers import LARGEST, whole_number


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0", 0),
        ("007", 7),
        ("0" * 5000 + "7", 7),
        ("9223372036854775807", LARGEST),
        ("9223372036854775808", None),
        ("9" * 5000, None),
        ("", None),
        ("²", None),
        ("٣", None),
        ("３", None),
        ("1_0", None),
        ("+1", None),
        ("-1", None),
        (" 1", None),
        ("1.0", None),
    ],
)
def test_plain_digits_that_a_database_holds(text, found):
    assert whole_number(text) == found


@pytest.mark.once
def test_no_more_than_asked_for():
    assert [whole_number(text, most=12) for text in ("12", "13", "012", "120")] == [12, None, 12, None]
