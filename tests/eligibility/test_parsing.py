"""The language: what it takes, and that everything else is its own error with a place."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility import tree
from eligibility.errors import RuleError
from eligibility.parsing import parse


def failure(text: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        parse(text)
    return caught.value


def test_equal_expressions_are_one_object():
    assert parse("staff_rd / staff_total >= 10%") is parse("科技人员数 ÷ 职工总数 ≥ 0.1")
    assert parse("sales_y1 > 5000万") is parse("5000万元 < 销售收入（上一年）")


def test_constants():
    values = {"5000万": 50_000_000, "2亿": 200_000_000, "1.5万": 15_000, "100元": 100, "12": 12}
    for text, value in values.items():
        node = parse(f"sales_y1 >= {text}")
        assert isinstance(node, tree.Compare)
        assert node.threshold == value
    node = parse("staff_rd / staff_total > 2.5%")
    assert isinstance(node, tree.Compare)
    assert node.threshold == Fraction(1, 40)


def test_chinese_names_with_brackets_and_slashes():
    assert parse("有效期内国家技术创新示范/知识产权优势/示范等荣誉") is parse("honours_valid")


def test_two_changing_sides_become_a_difference_with_zero():
    node = parse("net_assets_y1 >= net_assets_y2")
    assert node is parse("net_assets_y1 - net_assets_y2 >= 0")


def test_and_binds_tighter_than_or():
    assert parse("is_sme or own_brand and award_3y") is parse("is_sme or (own_brand and award_3y)")


TYPE_ERRORS = """
1:1|sales_y1 >= staff_total|expected two sides around >= of one unit, got money (yuan) and a count
1:1|sales_y1 >= 10%|expected two sides around >= of one unit, got money (yuan) and a ratio
1:1|sales_y1 + staff_rd > 1|expected two sides of one unit around +, got money (yuan) and a count
2:3|is_sme and⏎  nobody > 1|expected a fact or a name defined above, got `nobody`; see vocabulary.csv
1:17|registered_on > 2024-13-01|expected a date such as 2026-01-31, got 2024-13-01
1:1|sales_y1 / 0 > 1|expected a divisor other than 0, got 0
1:1|5 > 4|expected a fact on one side, got two constants; name what is to be compared
1:1|leading_product_field is x|expected one of key_link, foundation, other for leading_product_field, got x
1:1|staff_rd * staff_rd > 1|expected a plain number or a ratio on one side of *, got a count and a count
1:1|when(is_sme, 1)|expected 3 arguments for when, got 2
1:1|hnte_quantity - 1 > 2|expected + between points, got -; points can only be added, min and max
1:1|sales_y1 and is_sme|expected a condition beside `and`, got money (yuan); compare it, as in `x >= 5`
""".strip().splitlines()


@pytest.mark.parametrize("case", TYPE_ERRORS)
def test_type_and_unit_errors(case):
    place, text, problem = case.split("|")
    error = failure(text.replace("⏎", "\n"))
    assert (f"{error.line}:{error.column}", error.problem) == (place, problem)


@pytest.mark.parametrize(
    ("text", "column", "came"),
    [
        ("a.b", 2, "`.`; the language has no attributes and no indexing"),
        ("sales_y1.__class__", 9, "`.`; the language has no attributes and no indexing"),
        ("__import__('os')", 11, "`(`; only min, max, coalesce, when, year, growth can be called"),
        ("eval(sales_y1)", 5, "`(`; only min, max, coalesce, when, year, growth can be called"),
        ("lambda: 1", 7, "`:`; see the page on the language"),
        ("sales_y1 >", 11, "the end of the text; see the page on the language"),
        ("", 1, "the end of the text; see the page on the language"),
        ("sales_y1 > 'x'", 12, "`'`; see the page on the language"),
        ("sales_y1[0]", 9, "`[`; the language has no attributes and no indexing"),
        ("sales_y1 > 1 > 2", 14, "`>`; see the page on the language"),
    ],
)
def test_syntax_errors_name_what_came(text, column, came):
    error = failure(text)
    assert (error.line, error.column) == (1, column)
    assert error.problem.startswith("expected ")
    assert error.problem.endswith(f", got {came}")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "is_sme" + ")" * 10_000,
        "(" * 10_000,
        "-" * 9_000 + "sales_y1 > 0",
        "sales_y1 > " + "9" * 1_000_000,
        "sales_y1 > " + "9" * 4_000,
        "+".join(["sales_y1"] * 2_000) + " > 0",
        "min(" * 4_000,
        "x" * 10_000_000,
        "nan > 1",
        "sales_y1 > inf",
        "sales_y1 > 1e400",
        "growth(sales_y1) > 1",
        "growth(sales_y2, sales_y1) > 1",
        "growth(sales_y1, sales_y2, revenue_y3) > 1",
        "growth(sales_y1, sales_y3, sales_y2) > 1",
        "growth(sales_y1, staff_total) > 1",
        "growth(sales_y1 + 1, sales_y2) > 1",
        "growth(applied_on, registered_on) > 1",
        "sales_y1 > １２",
        "\x00",
        "sales_y1 > 1 # comment",
        "year(year(registered_on)) > 1",
        "max(registered_on, 2024-01-01) + 99999999999 > 2024-01-01 and",
    ],
)
def test_monsters_are_errors_with_a_place(text):
    error = failure(text)
    assert error.line >= 1
    assert error.column >= 1
    assert len(str(error)) < 300


def test_not_is_moved_inward_however_deep_it_lies():
    share = "staff_rd / staff_total"
    assert parse("not " * 4_000 + "is_sme") is parse("is_sme")
    assert parse(f"not ({share} >= 10% and is_sme)") is parse(f"{share} < 10% or not is_sme")
    assert parse(f"not ({share} == 10% or not (sales_y1 > 5))") is parse(f"{share} != 10% and sales_y1 > 5")


def test_a_long_chain_of_or_is_no_depth():
    node = parse(" or ".join(f"staff_total == {number}" for number in range(500)))
    assert isinstance(node, tree.AnyOf)
    assert len(node.arguments) == 500


WORDS = ["sales_y1", "staff_rd", "is_sme", "hnte_quantity", "registered_on", "rd_body_level", "national"]
WORDS += ["(", ")", ",", "+", "-", "*", "/", ">=", "<", "==", "and", "or", "not", "in", "is", "min", "max"]
WORDS += [
    "coalesce",
    "when",
    "year",
    "1",
    "10%",
    "5000万",
    "2024-02-30",
    ".",
    "\n",
    "销售收入(上一年)",
    "'",
    "__x__",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_node_or_a_rule_error(text):
    try:
        assert isinstance(parse(text), tree.Node)
    except RuleError as error:
        assert error.problem
