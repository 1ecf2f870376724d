"""Enterprises with forced boundary values, every engine on them, and what differs from the interpreter.

Run as a program it prints how often an engine differs from what is wanted: the mutation test runs it on mutilated
copies of the package.
"""

import pickle
import random
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

from eligibility import tree
from eligibility.evaluation import WORDS, evaluate, evaluate_reference
from eligibility.facts import STEPS, read_value
from eligibility.headings import Heading
from eligibility.library import shipped_programmes
from eligibility.loading import parse_programme
from eligibility.order import comparisons_of, facts_of
from eligibility.tree import Compare
from eligibility.vocabulary import APPLIED_ON, vocabulary

ON = date(2026, 6, 15)
MONEY = [0, 1, -1, 100, 95, 105, 110, 135, 49_999_999, 50_000_000, 50_000_001, 200_000_000, Fraction(1, 100)]
RULES = """
programme: EDGES
zh: 边界
en: edges
kind: test
versions:
  - version: v1
    effective: 2020-01-01
    state: draft
    bands:
      part:
        article: a
        metric: sales_y1 / sales_y2
        entered: hnte_quantity
        rows: [{above: 150%, points: 7-8}, {at_least: 100%, points: 3-6}, {else: 0}]
      mixed:
        article: a
        rows: [{when: is_sme and sales_y1 > 100, points: 3}, {when: own_brand, points: 1-2}, {else: 0}]
    scores:
      total: min(8, part + mixed + hnte_standards)
    score: total
    require:
      all:
        - {id: a, article: a, text: t, condition: total >= 3 or total == 0 or total != 2}
        - any:
"""
CONDITIONS = [
    "staff_rd / staff_total >= 10% and staff_rd / staff_total > 5% and staff_rd / staff_total != 7%",
    "staff_rd / staff_total > 10% or staff_rd / staff_total <= 5%",
    "sales_y1 / (sales_y2 - sales_y3) >= 1/3",
    "sales_y1 - sales_y2 * 1.5 < 0 and not (is_sme or own_brand)",
    "min(sales_y1, sales_y2, 100) > 99 and max(sales_y2, sales_y3) <= 110",
    "coalesce(sales_y1 / sales_y2, staff_rd / staff_total, 20%) < 20%",
    "max(sales_y1 / sales_y2, sales_y2 / sales_y3) == 110%",
    "when(own_brand, sales_y1, sales_y2) >= 100",
    "(sales_y2 / sales_y3 + sales_y1 / sales_y2) / 2 - 1 >= 5%",
    "growth(net_assets_y1, net_assets_y2, net_assets_y3) < 5% or not growth(sales_y1, sales_y3) > 10%",
    "coalesce(net_assets_y1 / sales_y1, sales_y1 / net_assets_y1) != 100%",
    "when(own_brand, sales_y1 / net_assets_y1, max(sales_y2 / sales_y3, 50%)) / (sales_y1 / sales_y2) <= 110%",
    "year(registered_on) >= 2024 and applied_on - registered_on >= 365",
    "rd_body_level in (city, national) and niche_years / 4 >= 0.25",
]


# Growth of 13 % and -3 %, in the mean 5 % exactly, but the sum of the rounded quotients lies below.
GROWTH = {"y3": 10_000_000, "y2": 11_300_000, "y1": 10_961_000}
ROUNDED_DOWN = {
    f"{kind}_{year}": yuan for kind in ("sales", "net_assets", "income_main") for year, yuan in GROWTH.items()
}


def rules_of(condition: str):
    """A version whose verdict hangs on one condition beside the bands."""
    leaf = f"            - {{id: c, article: a, text: t, condition: '{condition}'}}\n"
    other = "            - {id: d, article: a, text: t, condition: mixed >= 2 and part > 3}\n"
    return parse_programme((RULES + leaf + other).encode()).versions[0]


def versions() -> list:
    shipped = [version for programme in shipped_programmes().values() for version in programme.versions]
    return [*shipped, *(rules_of(condition) for condition in CONDITIONS)]


def value_of(spec, chance: random.Random):
    if spec.unit == "money":
        yuan = chance.choice(MONEY) if chance.random() < 0.7 else chance.randint(-(10**9), 10**9)
        return yuan if spec.least is None else abs(yuan)
    if spec.unit == "ratio":
        return chance.choice([0, 1, "10%", "9.9999%", "0.5"])
    if spec.unit == "count":
        return max(spec.least, chance.choice([0, 1, 2, 3, 4, 5, 6, 9, 12, 15, 100, 500, 501]))
    if spec.unit == "number":
        return chance.choice([0, 1, 2, "0.9999", "1.9999", 3, 10])
    if spec.unit == "date":
        return chance.choice(
            ["2026-06-15", "2025-06-15", "2025-06-16", "2023-12-31", "2024-01-01", "2001-02-28"]
        )
    if spec.unit == "bool":
        return chance.random() < 0.5
    return chance.choice(spec.choices) if spec.unit == "enum" else chance.randint(0, spec.maximum)


def enterprise(chance: random.Random) -> dict:
    missing = chance.choice([0, 0.1, 0.3, 0.7])
    known = [spec for spec in vocabulary().values() if chance.random() >= missing]
    return facts_of_all({spec.name: value_of(spec, chance) for spec in known})


def facts_of_all(raw: dict) -> dict:
    """Each value made exact; whether they can be together is no matter to the engines."""
    read = {name: read_value(Heading(vocabulary()[name]), value) for name, value in raw.items()}
    return {APPLIED_ON: ON.toordinal()} | read


def forced(compare: Compare, chance: random.Random, scale: int) -> dict:
    """Facts that bring a metric exactly onto its threshold, or one step beside it."""
    metric, threshold, step = compare.metric, compare.threshold, chance.choice([-1, 0, 0, 1])
    if isinstance(metric, tree.Fact) and metric.name in vocabulary() and metric.unit not in ("date", "enum"):
        steps = STEPS[metric.unit]
        wanted = Fraction(round(threshold * steps) + step, steps)
        return {metric.name: max(Fraction(0), wanted)}
    if (
        isinstance(metric, tree.Arith)
        and metric.op == "/"
        and {type(n) for n in metric.children} == {tree.Fact}
    ):
        below = (
            chance.randrange(scale // 2, scale) | 1
            if scale > 1000
            else threshold.denominator * chance.randint(1, 9)
        )
        above = round(threshold * below) + step
        steps = STEPS[metric.left.unit]
        if 0 <= above < 2**53:
            return {metric.left.name: Fraction(above, steps), metric.right.name: Fraction(below, steps)}
    names = [name for name in facts_of(metric) if name in vocabulary() and vocabulary()[name].unit != "date"]
    if len(names) == 3 and all(vocabulary()[name].unit == "money" for name in names):
        # Two rates of growth whose mean is the threshold, for metrics of three years.
        apart, last = Fraction(chance.randint(0, 9), 100), 1_000_000 * chance.randint(1, 9)
        first, second = 1 + threshold + apart, 1 + threshold - apart
        years = sorted(names, reverse=True)
        middle = last * first
        return {years[0]: last, years[1]: middle, years[2]: middle * second + Fraction(step, 100)}
    return {}


def exact(facts: dict) -> dict:
    return {
        name: int(v) if isinstance(v, Fraction) and v.denominator == 1 else v for name, v in facts.items()
    }


def enterprises(count: int, seed: int, scale: int = 100) -> list[dict]:
    """Random ones, half of them with a metric forced to a threshold. A scale of 2**53 makes rounding tie."""
    chance = random.Random(seed)
    compares = [compare for version in versions() for compare in comparisons_of(version)]
    found = []
    for number in range(count):
        facts = enterprise(chance)
        if number % 2:
            facts |= exact(forced(chance.choice(compares), chance, scale))
        if number % 5 == 0:
            facts |= ROUNDED_DOWN
        found.append(facts)
    return found


def by_reference(chosen, people):
    return [[_pair(evaluate_reference(version, facts)) for facts in people] for version in chosen]


def by_python(chosen, people):
    return [[_pair(evaluate(version, facts)) for facts in people] for version in chosen]


def _pair(evaluation):
    return evaluation.verdict, evaluation.score


def _by_codes(engine: str):
    def run(chosen, people):
        from eligibility.bulk import compile_plan, encode, evaluate_codes, table_of_facts

        plan = compile_plan(chosen)
        table = table_of_facts(people, plan.facts)
        found = evaluate_codes(plan, encode(plan, table, ON, engine), engine)
        places = range(len(people))
        return [[(found.word(i, row), found.score(i, row)) for row in places] for i in range(len(chosen))]

    return run


def _by_columns(evaluate_columns):
    def run(chosen, people):
        from eligibility.bulk import table_of_facts
        from eligibility.columns.greatest import names_of
        from eligibility.columns.in_polars import frame_of

        names = names_of(chosen)
        frame = evaluate_columns(chosen, frame_of(table_of_facts(people, names), names))
        results = []
        for place, version in enumerate(chosen):
            words = [WORDS[value] for value in frame[f"v{place}"].to_list()]
            scores = [None] * len(words)
            if version.score is not None:
                scores = list(zip(frame[f"lo{place}"].to_list(), frame[f"hi{place}"].to_list(), strict=True))
            results.append(list(zip(words, scores, strict=True)))
        return results

    return run


def _polars(chosen, frame):
    from eligibility.columns.in_polars import evaluate_polars

    return evaluate_polars(chosen, frame, ON)


def _duckdb(chosen, frame):
    from eligibility.columns.in_ibis import duckdb_connection, evaluate_ibis

    return evaluate_ibis(chosen, frame, ON, duckdb_connection())


def _spark(chosen, frame):
    from eligibility.columns.in_ibis import evaluate_ibis, spark_connection

    return evaluate_ibis(chosen, frame, ON, spark_connection())


ENGINES = {
    "python": by_python,
    "numpy": _by_codes("numpy"),
    "numba": _by_codes("numba"),
    "polars": _by_columns(_polars),
    "duckdb": _by_columns(_duckdb),
    "spark": _by_columns(_spark),
}


def disagreements(engine: str, chosen, people) -> int:
    """How many verdicts or scores differ from the interpreter's."""
    return differing(by_reference(chosen, people), ENGINES[engine](chosen, people))


def differing(wanted, found) -> int:
    pairs = (
        (a, b) for left, right in zip(wanted, found, strict=True) for a, b in zip(left, right, strict=True)
    )
    return sum(a != b for a, b in pairs)


def wanted_of(path: Path, count: int, scale: int) -> None:
    """Write enterprises and what the interpreter says of them, for `main`."""
    people = enterprises(count, 8, scale)
    path.write_bytes(pickle.dumps((people, by_reference(versions(), people))))


def main() -> None:
    """Print on how many verdicts the engine named differs from those in the file named."""
    people, wanted = pickle.loads(Path(sys.argv[1]).read_bytes())
    sys.stdout.write(f"{differing(wanted, ENGINES[sys.argv[2]](versions(), people))}\n")


if __name__ == "__main__":
    main()
