"""Sample sizes against the published table."""

import pytest

from satisfaction.cli import main
from satisfaction.sampling import plan_sample

# Krejcie & Morgan 1970, table 1: population and sample size at 95 % ± 5 %
TABLE = [(10, 10), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (2000, 322), (5000, 357)]
TABLE += [(10_000, 370), (20_000, 377), (50_000, 381), (1_000_000, 384)]


@pytest.mark.parametrize(("population", "answers"), TABLE)
def test_the_table_of_krejcie_and_morgan(population, answers):
    assert plan_sample(population=population).answers == answers


@pytest.mark.parametrize(
    ("error", "confidence", "answers"),
    # z = 1.959964, 2.575829, 1.644854: z²/4e²
    [(0.05, 0.95, 384), (0.03, 0.95, 1067), (0.05, 0.99, 663), (0.05, 0.90, 271), (0.1, 0.95, 96)],
)
def test_an_unlimited_population(error, confidence, answers):
    assert plan_sample(error=error, confidence=confidence).answers == answers


# Many handbooks round up (67 for 80, 218 for 500); 384.16 / (1 + 383.16 / 120) = 91.62
@pytest.mark.parametrize(("population", "nearest", "up"), [(80, 66, 67), (500, 217, 218), (120, 92, 92)])
def test_both_ways_of_rounding_are_told(population, nearest, up):
    plan = plan_sample(population=population)
    assert (plan.answers, plan.rounded_up) == (nearest, up)


def test_never_more_than_there_are():
    assert plan_sample(population=3, error=0.001).answers == 3
    assert plan_sample(population=1).answers == 1


def test_invitations_for_a_response_rate():
    assert plan_sample(response_rate=0.3).invitations == 1280  # 384 / 0.3
    assert plan_sample(population=1000, response_rate=0.2).invitations == 1000


def test_a_proportion_known_beforehand():
    assert plan_sample(proportion=0.1).answers == 138  # 1.959964² · 0.09 / 0.0025 = 138.3


def test_the_command_prints_the_number_alone(capsys):
    assert main(["plan", "--population", "1000", "--error", "0.05", "--confidence", "0.95"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "278\n"
    # 384.1459 / (1 + 383.1459 / 1000) = 277.733
    assert "277.73" in printed.err
    assert "四舍五入" in printed.err
