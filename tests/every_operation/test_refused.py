"""Each step is refused in every other state, to everyone else, and without what it asks for; nothing is changed then."""

import pytest
from tests.every_operation.trying import again, everything, only, undone

from keqiao.faces.forms import cleaned, form_of
from keqiao.kernel.platform.errors import Invalid, NotAllowed, WrongState


@only(lambda op: op.when and op.table)
def test_refused_in_each_other_state(trial, name):
    subject = trial.subject()
    values = trial.values(subject)
    others = set(trial.op.table.states.values) - set(trial.op.when)
    for state in sorted(others):
        type(subject)._default_manager.filter(pk=subject.pk).update(**{trial.op.field: state})
        before = everything(subject)
        with pytest.raises(WrongState) as refused:
            trial.take(again(subject), values=dict(values))
        assert refused.value.clause == trial.op.clause
        assert everything(subject) == before, state


def test_refused_to_everyone_else(trial, name):
    subject = trial.subject()
    before = everything(subject)
    for key in trial.example.wrong:
        expected = Invalid if key in trial.example.invalid_to else NotAllowed
        with pytest.raises(expected) as refused:
            trial.take(again(subject) if subject else None, by=key, values=trial.values(subject))
            pytest.fail(f"{name} was not refused to the {key}")
        assert str(refused.value), key
    assert everything(subject) == before


def test_open_to_each_who_may(trial, name):
    subject = trial.subject()
    for key in sorted(trial.example.allowed):
        with undone():
            trial.take(again(subject) if subject else None, by=key, values=trial.values(subject))


@only(lambda op: any(param.required for param in op.params))
def test_names_each_value_that_is_missing(trial, name):
    subject = trial.subject()
    with pytest.raises(Invalid) as refused:
        cleaned(trial.op, form_of(trial.op, actor=trial.actor(), subject=subject, data={}, files={}))
    needed = {param.name for param in trial.op.params if param.required}
    assert set(refused.value.fields) == needed
    assert all(texts and all(map(str, texts)) for texts in refused.value.fields.values())


@only(lambda op: any(param.required for param in op.params))
def test_takes_no_value_it_did_not_ask_for(trial, name):
    subject = trial.subject()
    with pytest.raises(TypeError, match="stray"):
        trial.take(subject, values={**trial.values(subject), "stray": 1})
