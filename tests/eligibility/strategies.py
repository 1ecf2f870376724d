"""Random enterprises: edges of every fact, many missing, entered points of every size."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st
from tests.eligibility.agreement import facts_of_all

from eligibility.vocabulary import FactSpec, vocabulary

ON = date(2026, 6, 15)
MONEY = [
    0, 1, -1, 49_999_999, 50_000_000, 50_000_001, 200_000_000, 200_000_001, 100, 5, 3, 95, 105, 110, 135,
    1_000_000, 2_500_000, 10_000_000, 6_000_000, 8_000_000, 5_000_000,
    Fraction(1, 100), Fraction(999_999_999, 100),
]  # fmt: skip
DATES = [ON, ON - timedelta(364), ON - timedelta(365), date(2023, 12, 31), date(2024, 1, 1), date(2025, 1, 1)]


def fact_values(spec: FactSpec) -> st.SearchStrategy:
    if spec.unit == "money":
        yuan = st.sampled_from(MONEY) | st.integers(-(10**9), 10**9)
        return yuan if spec.least is None else yuan.map(abs)
    if spec.unit == "ratio":
        return st.sampled_from([0, 1, "10%", "9.9999%"])
    if spec.unit == "count":
        counts = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 12, 15, 100, 500, 501]) | st.integers(0, 1000)
        return counts.map(lambda count: max(spec.least, count))
    if spec.unit == "number":
        return st.sampled_from([0, 2, Fraction(19999, 10000), 3, 10]) | st.integers(0, 40)
    if spec.unit == "date":
        return st.sampled_from(DATES) | st.dates(date(1990, 1, 1), ON)
    if spec.unit == "bool":
        return st.booleans()
    return st.sampled_from(spec.choices) if spec.unit == "enum" else st.integers(0, spec.maximum)


@st.composite
def enterprises(draw: st.DrawFn) -> dict:
    """Checked facts with the application date; from few to most of them missing."""
    missing = draw(st.sampled_from([0, 1, 3, 7]))
    raw = {}
    for spec in vocabulary().values():
        if draw(st.integers(0, 9)) >= missing:
            raw[spec.name] = draw(fact_values(spec))
    return facts_of_all(raw)
