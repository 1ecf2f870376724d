"""Interpreter, generated Python, rank codes (numpy and numba), Polars, DuckDB and Spark say the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.eligibility.agreement import CONDITIONS, ON, disagreements, enterprises, rules_of, versions
from tests.eligibility.strategies import enterprises as random_enterprises

from eligibility.bulk import compile_plan, encode, evaluate_codes, table_of_facts
from eligibility.evaluation import evaluate_reference

VERSIONS = versions()
PLAN = compile_plan(VERSIONS)


@pytest.mark.parametrize("engine", ["python", "numpy", "numba", "polars"])
def test_engines_agree_on_thousands_of_verdicts(engine):
    assert disagreements(engine, VERSIONS, enterprises(160, seed=3)) == 0


@pytest.mark.parametrize("engine", ["python", "numpy", "numba"])
def test_engines_agree_where_quotients_round_to_thresholds(engine):
    assert disagreements(engine, VERSIONS, enterprises(160, seed=5, scale=2**53)) == 0


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(people=st.lists(random_enterprises(), min_size=1, max_size=6))
@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_codes_agree_on_random_enterprises(engine, people):
    table = table_of_facts(people, PLAN.facts)
    found = evaluate_codes(PLAN, encode(PLAN, table, ON, engine), engine)
    for place, version in enumerate(VERSIONS):
        wanted = [evaluate_reference(version, facts) for facts in people]
        assert [found.word(place, row) for row in range(len(people))] == [one.verdict for one in wanted]
        assert [found.score(place, row) for row in range(len(people))] == [one.score for one in wanted]


@pytest.mark.slow
def test_duckdb_agrees():
    shipped = [version for version in VERSIONS if version.code in ("HNTE", "INSME", "LITTLE_GIANT")]
    chosen = [*shipped, *(rules_of(condition) for condition in CONDITIONS[::3])]
    assert disagreements("duckdb", chosen, enterprises(200, seed=9)) == 0


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # PySpark and pandas disagree about keywords
def test_spark_agrees(monkeypatch):
    from eligibility.columns.spark import spark_session

    # Java reads these itself; a better compiler and collector take longer to start than these few rows.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    # So does compiling Java for every query.
    spark_session().conf.set("spark.sql.codegen.wholeStage", "false")
    spark_session().conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    little_giant = [version for version in VERSIONS if version.code == "LITTLE_GIANT"]
    chosen = [*little_giant, rules_of(CONDITIONS[5])]
    assert disagreements("spark", chosen, enterprises(60, seed=9)) == 0
