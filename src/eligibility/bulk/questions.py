"""What a plan answers: conditions and points; the verdict on a version is one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from eligibility.evaluation import plan_of
from eligibility.order import entered_of
from eligibility.programme import Version
from eligibility.tree import Entered, Logic, Score


@dataclass(frozen=True, slots=True)
class Question:
    """A condition, its points, or both; entered points whose frame must hold, else the condition is unknown."""

    root: Logic | None
    score: Score | None = None
    entered: tuple[Entered, ...] = ()


def verdict_question(version: Version) -> Question:
    """The verdict of a version and its score."""
    return Question(version.root, version.score, entered_of(version))


def detail_questions(version: Version) -> Iterator[Question]:
    """The verdict, then each condition, then each part of the score, as `evaluate` tells them."""
    yield verdict_question(version)
    plan = plan_of(version)
    for condition, compared in zip(plan.conditions, plan.compared, strict=True):
        yield Question(condition, compared)
    for score in plan.scores:
        yield Question(None, score)
