"""Check digits, by hand.

201710601862: 2·2 + 0·3 + 1·4 + 7·5 + 1·6 + 0·7 + 6·8 + 0·9 + 1·2 + 8·3 + 6·4 + 2·5 = 157, 157 mod 11 = 3.
"""

import pytest

from eligibility.application_number import check_digit, is_valid, kind_of


def test_check_digits():
    assert check_digit("201710601862") == "3"
    # 9·2+5·3+1·4+1·5+5·6+6·7+0·8+8·9 = 186, 186 mod 11 = 10
    assert check_digit("95115608") == "X"


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("201710601862.3", True),
        ("ZL201710601862.3", True),
        ("CN201710601862.3", True),
        ("201710601862.4", False),
        ("201710601862", False),
        ("95115608.X", True),
        ("95115608.x", True),
        ("95115608.0", False),
        ("２01710601862.3", False),
        ("", False),
        ("2017106018623", False),
    ],
)
def test_validity(number, valid):
    assert is_valid(number) is valid


def test_an_unknown_kind_is_not_valid_though_the_digit_fits():
    # 2017 5 0601862: the fifth digit weighs 6; 157 + 4·6 = 181, 181 mod 11 = 5
    assert check_digit("201750601862") == "5"
    assert not is_valid("201750601862.5")


def test_kinds():
    assert kind_of("201710601862.3") == "invention"
    assert kind_of("201720601862") == "utility_model"
    assert kind_of("201730601862") == "design"
    assert kind_of("201780601862") == "pct_invention"
    assert kind_of("201790601862") == "pct_utility_model"
    assert kind_of("95115608.X") == "invention"
    with pytest.raises(
        ValueError, match=r"expected an application number such as 201710601862\.3, got 201750601862"
    ):
        kind_of("201750601862")


@pytest.mark.parametrize("digits", ["", "123", "2017106018623", "20171060186a"])
def test_wrong_digits(digits):
    with pytest.raises(ValueError, match="expected 12 digits, or 8 before October 2003, got"):
        check_digit(digits)
