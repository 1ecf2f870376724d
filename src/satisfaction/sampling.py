"""How many answers a survey needs."""

from dataclasses import dataclass
from math import ceil

from satisfaction.problems import SatisfactionError
from satisfaction.resample.intervals import z_value


@dataclass(frozen=True)
class SamplePlan:
    """Answers needed, and invitations to send if only some people answer.

    `answers` is `exact` rounded to the nearest whole number; `rounded_up` is what handbooks that round up say.
    """

    answers: int
    rounded_up: int
    invitations: int
    unlimited: float
    exact: float
    z: float


def plan_sample(
    *,
    error: float = 0.05,
    confidence: float = 0.95,
    population: int | None = None,
    proportion: float = 0.5,
    response_rate: float = 1.0,
) -> SamplePlan:
    """n₀ = z²·p(1 − p)/e², and n = n₀ / (1 + (n₀ − 1)/N) in a population of N (Cochran 1977, eq. 4.1 and
    4.2).

    Conventions: p = 0.5, the case that needs most answers; the result is rounded to the nearest whole
    number, which gives the familiar 384 at 95 % ± 5 % and the table of Krejcie & Morgan (1970); never more
    than the population.
    """
    _check(error, confidence, population, proportion, response_rate)
    z = z_value(confidence)
    unlimited = z * z * proportion * (1.0 - proportion) / error**2
    exact = unlimited if population is None else unlimited / (1.0 + (unlimited - 1.0) / population)
    answers = max(1, round(exact))
    rounded_up = max(1, ceil(exact))
    if population is not None:
        answers, rounded_up = min(answers, population), min(rounded_up, population)
    invitations = ceil(answers / response_rate)
    return SamplePlan(
        answers=answers,
        rounded_up=rounded_up,
        invitations=invitations if population is None else min(invitations, population),
        unlimited=unlimited,
        exact=exact,
        z=z,
    )


def _check(
    error: float, confidence: float, population: int | None, proportion: float, response_rate: float
) -> None:
    for name, value in (("error", error), ("confidence", confidence), ("proportion", proportion)):
        if not 0.0 < value < 1.0:
            raise SatisfactionError("bad-option", name=name, expected="0 < … < 1", got=value)
    if not 0.0 < response_rate <= 1.0:
        raise SatisfactionError("bad-option", name="response-rate", expected="0 < … ≤ 1", got=response_rate)
    if population is not None and population < 1:
        raise SatisfactionError("bad-option", name="population", expected="≥ 1", got=population)
