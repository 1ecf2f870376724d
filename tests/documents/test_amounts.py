from decimal import Decimal

import pytest

from keqiao.documents.amounts import in_capitals, in_figures

# The first six stand in the People's Bank's rules for bills; the others were derived from them by hand.
CAPITALS = {
    "1409.50": "人民币壹仟肆佰零玖元伍角",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "1680.32": "人民币壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "人民币壹拾万柒仟元零伍角叁分",
    "16409.02": "人民币壹万陆仟肆佰零玖元零贰分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "1234567.89": "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分",
    "100000.00": "人民币壹拾万元整",
    "0": "人民币零元整",
    "-0.00": "人民币零元整",
    "0.05": "人民币伍分",
    "0.50": "人民币伍角",
    "0.53": "人民币伍角叁分",
    "10": "人民币壹拾元整",
    "10.05": "人民币壹拾元零伍分",
    "1001": "人民币壹仟零壹元整",
    "1010": "人民币壹仟零壹拾元整",
    "20000.5": "人民币贰万元零伍角",
    "100700": "人民币壹拾万零柒佰元整",
    "1000000.05": "人民币壹佰万元零伍分",
    "10000001": "人民币壹仟万零壹元整",
    "100000000": "人民币壹亿元整",
    "100000001": "人民币壹亿零壹元整",
    "100005000": "人民币壹亿零伍仟元整",
    "105000000": "人民币壹亿零伍佰万元整",
    "1050000000": "人民币壹拾亿伍仟万元整",
    "1000000000000": "人民币壹万亿元整",
    "1234500000000": "人民币壹万贰仟叁佰肆拾伍亿元整",
    "9999999999999999.99": "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("amount", "capitals"), CAPITALS.items())
def test_capitals_follow_the_rules_for_bills(amount, capitals):
    assert in_capitals(Decimal(amount)) == capitals


@pytest.mark.parametrize(
    ("amount", "figures"),
    [
        ("1234567.89", "¥1,234,567.89"),
        ("0", "¥0.00"),
        ("-0.00", "¥0.00"),
        ("30000", "¥30,000.00"),
        ("1.5", "¥1.50"),
        ("1E+3", "¥1,000.00"),
    ],
)
def test_figures_have_thousands_separators_and_two_decimals(amount, figures):
    assert in_figures(Decimal(amount)) == figures


@pytest.mark.parametrize("show", [in_figures, in_capitals])
@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("-0.01", "zero or more"),
        ("NaN", "zero or more"),
        ("Infinity", "zero or more"),
        ("0.001", "at most two decimals"),
        ("10000000000000000", "below 10,000,000,000,000,000"),
    ],
)
def test_an_amount_that_cannot_be_printed_is_refused(show, amount, reason):
    with pytest.raises(ValueError, match=reason):
        show(Decimal(amount))
