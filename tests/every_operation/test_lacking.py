"""Each guard of each step: where its one condition isn't met the step is refused, in words that name clause and remedy,
and nothing is changed. What refuses is read from the source, so that no guard is left out (`guards.py`).
"""

from pathlib import Path

import pytest
from django.utils import translation
from tests.every_operation import guards
from tests.every_operation.example import example_of
from tests.every_operation.observing import Made, said, standing
from tests.every_operation.trying import again, only, undone
from tests.every_operation.unreached import ELSEWHERE, NEVER

from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.steps.operation import operations

ROOT = Path(__file__).parents[2]


@only(lambda op: example_of(op.name).lacking or guards.sites_of(op) or op.permission.parts)
def test_refused_where_one_condition_lacks(trial, name):
    reached = set()
    for lacking in trial.example.lacking:
        with undone(), translation.override("en"):
            reached |= check_refused(trial, lacking)
    places = guards.sites_of(trial.op)
    never = {site for site in places if {(name, str(site)), ("*", str(site))} & set(NEVER)}
    assert names_of(places - reached - never) == []
    assert names_of(reached & never) == []
    with translation.override("en"):
        reasons = {str(rule.reason) for rule in guards.parts_of(trial.op.permission)}
    assert reasons - {lacking.says for lacking in trial.example.lacking} == set()


def check_refused(trial, lacking):
    """Gives the places that refused."""
    subject = lacking.subject(trial.world, trial.first) if lacking.subject else trial.subject()
    lacking.rows(trial.world, subject)
    held = again(subject) if subject is not None else None
    values = {**trial.values(held), **lacking.changes(trial.world, held)}
    before, as_held = standing(held), dict(vars(held)) if held is not None else {}
    with pytest.raises(Refusal) as refused, Made() as made:
        trial.take(held, by=lacking.by, values=values)
        pytest.fail(f"not refused: {lacking.says}")
    assert said(refused.value) == [(lacking.says, lacking.clause, lacking.remedy, lacking.field)]
    assert standing(held) == before
    assert held is None or vars(held) == as_held
    return made.sites()


def names_of(places):
    return sorted(map(str, places))


def test_every_other_place_that_refuses_has_a_test():
    of_steps = {site for op in operations() for site in guards.sites_of(op)}
    assert names_of(set(guards.sites()) - of_steps) == sorted(ELSEWHERE)
    assert [path for path in set(ELSEWHERE.values()) if not (ROOT / path).exists()] == []


def test_what_is_never_reached_is_there():
    there = {(op.name, str(site)) for op in operations() for site in guards.sites_of(op)}
    there |= {("*", site) for _name, site in there}
    assert set(NEVER) - there == set()
