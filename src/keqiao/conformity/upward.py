"""A rhythm's next day follows every step on what it counts, once that step is committed."""

from functools import partial

from keqiao.conformity.operations import keep_up
from keqiao.conformity.registry import Rhythm, measures
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.operation import operations_on
from keqiao.kernel.steps.reactions import reaction


def follow_rhythms() -> None:
    """Asked when all modules are read, since those that declare rhythms stand above."""
    for one in measures():
        steps = tuple(op.name for op in operations_on(one.of))
        if isinstance(one, Rhythm) and steps:
            follow(one, steps)


def follow(measure: Rhythm, steps: tuple[str, ...]) -> None:
    reaction(
        name=f"rhythm {measure.name}",
        after=steps,
        do=partial(_keep_up, measure),
        takes=("begin_rhythm", "renew_rhythm"),
        within=False,
    )


def _keep_up(measure: Rhythm, _row: object) -> None:
    keep_up(measure)


modules.when_all_are_read(follow_rhythms)
