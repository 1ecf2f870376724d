"""The codes themselves on forced boundary values: each is one more than the edges passed, as fractions do."""

from fractions import Fraction

import numpy as np
import pytest
from tests.eligibility.agreement import ON

from eligibility.bulk import (
    PlanError,
    TableError,
    compile_plan,
    encode,
    evaluate_codes,
    load_codes,
    renew,
    table_of,
)
from eligibility.loading import parse_programme

ENGINES = pytest.mark.parametrize("engine", ["numpy", "numba"])
LIMIT = 2**53
HEAD = """
programme: CODES
zh: 编码
en: codes
kind: test
versions:
  - {version: v1, effective: 2020-01-01, state: draft, require: {any: [
"""


def version_of(*conditions: str):
    leaves = ",".join(
        f"{{id: c{i}, article: a, text: t, condition: '{condition}'}}"
        for i, condition in enumerate(conditions)
    )
    return parse_programme(f"{HEAD}{leaves}]}}}}\n".encode()).versions[0]


def counts(values):
    return np.array(values, np.int64), None


def code_of(plan, value: Fraction | None) -> int:
    [one] = plan.encoding.ranked
    if value is None:
        return 0
    return 1 + sum(value > edge if strict else value >= edge for edge, strict in one.edges)


@ENGINES
def test_a_quotient_passes_the_edges_it_passes_exactly(engine):
    version = version_of(
        "ip_class2 / ip_class1 >= 10%", "ip_class2 / ip_class1 > 10%", "ip_class2 / ip_class1 < 1/3"
    )
    plan = compile_plan([version])
    # On the edge, one beside it, and quotients that are rounded onto 1/3 or 1/10 but lie beside them.
    wide = [(LIMIT // 3 + step, LIMIT - 1 - off) for step in (-1, 0, 1) for off in (0, 1, 2)]
    wide += [((LIMIT - 1 - off) // 10 + step, LIMIT - 1 - off) for step in (0, 1) for off in range(12)]
    pairs = [(1, 10), (0, 10), (2, 10), (10, 100), (9, 100), (11, 100), (1, 3), (0, 1), (1, 0), (0, 0), *wide]
    table = table_of({"ip_class2": counts([n for n, _ in pairs]), "ip_class1": counts([d for _, d in pairs])})
    codes = encode(plan, table, ON, engine)
    wanted = [code_of(plan, Fraction(n, d) if d else None) for n, d in pairs]
    assert codes.data[0].tolist() == wanted
    assert sorted(set(wanted)) == [0, 1, 2, 3, 4]
    assert codes.fallbacks == 0
    [one] = plan.encoding.ranked
    assert one.edges == ((Fraction(1, 10), False), (Fraction(1, 10), True), (Fraction(1, 3), False))


@ENGINES
def test_negative_and_zero_denominators(engine):
    plan = compile_plan(
        [version_of("net_profit_y1 / net_assets_y1 >= -1/2", "net_profit_y1 / net_assets_y1 > 0")]
    )
    pairs = [
        (1, -2),
        (1, -3),
        (2, -3),
        (0, -5),
        (0, 5),
        (-1, 2),
        (-1, -2),
        (5, 0),
        (-5, 0),
        (0, 0),
        (1, LIMIT - 1),
    ]
    table = table_of(
        {"net_profit_y1": counts([n for n, _ in pairs]), "net_assets_y1": counts([d for _, d in pairs])}
    )
    #  -1/2 itself, -1/3, -2/3, -0.0, 0, -1/2, 1/2, three divisions by zero, the least above zero
    assert encode(plan, table, ON, engine).data[0].tolist() == [2, 2, 1, 2, 2, 2, 3, 0, 0, 0, 3]


@ENGINES
def test_no_ratio_outweighs_what_is_missing(engine):
    plan = compile_plan(
        [version_of("sales_y1 / sales_y2 < 1", "sales_y1 / sales_y2 + sales_y2 / sales_y3 < 1")]
    )
    gone, zero, some = (0, True), (0, False), (100, False)
    rows = [
        (some, some, zero),
        (gone, zero, some),
        (gone, some, zero),
        (some, gone, zero),
        (zero, some, gone),
    ]
    columns = {
        f"sales_y{year}": (
            np.array([row[year - 1][0] for row in rows]),
            np.array([row[year - 1][1] for row in rows]),
        )
        for year in (1, 2, 3)
    }
    # The quotient: 1, something by nothing, unknown by 100, 100 by unknown, 0 by 100. The sum has a zero below in each
    # row but the last, where 100 is divided by what is unknown.
    sums, quotients = encode(plan, table_of(columns), ON, engine).data.tolist()
    assert quotients == [2, 0, 255, 255, 1]
    assert sums == [0, 0, 0, 0, 255]


@ENGINES
def test_mean_growth_exactly_on_a_threshold_is_settled_and_counted(engine):
    plan = compile_plan([version_of("(sales_y2 / sales_y3 + sales_y1 / sales_y2) / 2 - 1 >= 5%")])
    # Twice 5 %; then 2 % and 8 %, whose mean is 5 %; then a fen less and more; far away; a year of
    # nothing; and 13 % with -3 %, where the sum of the rounded quotients lies below 5 %.
    rows = [(11025, 10500, 10000), (11016, 10200, 10000), (11015, 10200, 10000), (11017, 10200, 10000),
            (20000, 10000, 5000), (1, 0, 5), (10961, 11300, 10000)]  # fmt: skip
    columns = {f"sales_y{year}": counts([row[year - 1] for row in rows]) for year in (1, 2, 3)}
    codes = encode(plan, table_of(columns), ON, engine)
    assert codes.data[0].tolist() == [2, 2, 1, 2, 2, 0, 2]
    assert codes.fallbacks == 3


@ENGINES
def test_more_than_252_edges_take_a_second_plane(engine):
    conditions = [f"staff_rd / staff_total >= {number}/1000" for number in range(1, 301)]
    plan = compile_plan([version_of(condition) for condition in conditions])
    assert plan.encoding.columns == 2
    n = np.arange(0, 1001, 7)
    table = table_of({"staff_rd": (n, None), "staff_total": (np.full(n.size, 1000), None)})
    verdicts = evaluate_codes(plan, encode(plan, table, ON, engine), engine).verdicts
    wanted = [[2 if value >= number else 0 for value in n.tolist()] for number in range(1, 301)]
    assert verdicts.tolist() == wanted


def test_values_of_two_to_the_53_are_refused_on_the_way_in():
    with pytest.raises(TableError, match="row 2, column sales_y1"):
        table_of({"sales_y1": counts([LIMIT - 1, LIMIT])})
    with pytest.raises(TableError, match="row 1, column staff_rd"):
        table_of({"staff_rd": counts([-1])})
    with pytest.raises(
        TableError, match="row 2, column staff_rd: expected at most staff_total, which is 4, got 5"
    ):
        table_of({"staff_rd": counts([4, 5]), "staff_total": counts([4, 4])})
    with pytest.raises(TableError, match="row 1, column sales_y1"):
        table_of({"sales_y1": counts([-1])})
    with pytest.raises(TableError, match="expected whole steps"):
        table_of({"sales_y1": (np.array([1.5]), None)})


@ENGINES
def test_the_greatest_values_need_no_fallback(engine):
    # An infinite sentinel above the last threshold would send every one of these to fractions.
    plan = compile_plan([version_of("(sales_y2 / sales_y3 + sales_y1 / sales_y2) / 2 >= 5%")])
    columns = {f"sales_y{year}": counts([4 ** (4 - year)] * 50) for year in (1, 2, 3)}
    assert encode(plan, table_of(columns), ON, engine).fallbacks == 0


@ENGINES
def test_codes_are_stored_renewed_and_refused_for_another_plan(tmp_path, engine):
    plan = compile_plan([version_of("staff_rd / staff_total >= 10%")])
    table = table_of({"staff_rd": counts([1, 0, 5]), "staff_total": counts([10, 10, 10])})
    encode(plan, table, ON, engine).save(tmp_path / "codes")
    codes = load_codes(tmp_path / "codes", plan)
    assert evaluate_codes(plan, codes, engine).verdicts.tolist() == [[2, 0, 2]]
    table.wholes[table.whole_names.index("staff_rd")] = [1, 1, 0]
    renew(plan, codes, table, np.array([1, 2]), engine)
    assert evaluate_codes(plan, codes, engine).verdicts.tolist() == [[2, 2, 0]]
    with pytest.raises(PlanError, match="encode the facts again"):
        load_codes(tmp_path / "codes", compile_plan([version_of("staff_rd / staff_total >= 20%")]))


def test_a_new_programme_on_known_thresholds_needs_no_new_codes():
    plan = compile_plan([version_of("staff_rd / staff_total >= 10%", "ip_core_support")])
    table = table_of(
        {"staff_rd": counts([1, 0]), "staff_total": counts([10, 10]), "ip_core_support": counts([0, 0])}
    )
    codes = encode(plan, table, ON, "numpy")
    other = plan.with_versions([version_of("not ip_core_support and staff_rd / staff_total < 10%")])
    assert evaluate_codes(other, codes, "numpy").verdicts.tolist() == [[0, 2]]
    with pytest.raises(PlanError, match="threshold they do not hold"):
        plan.with_versions([version_of("staff_rd / staff_total >= 11%")])


@ENGINES
def test_points_beyond_a_byte_are_counted_in_wider_numbers(engine):
    plan = compile_plan([version_of("min(500, hnte_quantity + 300) >= 305")])
    table = table_of({"hnte_quantity": (np.array([4, 5, 0]), np.array([False, False, True]))})
    assert plan.steps.wide is True
    assert evaluate_codes(plan, encode(plan, table, ON, engine), engine).verdicts.tolist() == [[0, 2, 1]]


@ENGINES
def test_a_factor_that_leaves_63_bits_takes_the_exact_way(engine):
    # A thousand million times the second quotient: as a whole number above it would leave int64 and turn round.
    plan = compile_plan([version_of("sales_y1 / sales_y2 + 1000000000 * (sales_y2 / sales_y3) > 1000000001")])
    rows = [
        (5, 5, 5),
        (LIMIT - 1, LIMIT - 1, LIMIT - 1),
        (LIMIT - 1, LIMIT - 2, LIMIT - 2),
        (0, LIMIT - 1, 1),
    ]
    columns = {f"sales_y{year}": counts([row[year - 1] for row in rows]) for year in (1, 2, 3)}
    # 1,000,000,001 itself twice; a little more; very much.
    verdicts = evaluate_codes(plan, encode(plan, table_of(columns), ON, engine), engine).verdicts
    assert verdicts.tolist() == [[0, 0, 2, 2]]
