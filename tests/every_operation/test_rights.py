"""Who may take each step, asked of the kernel for every person in every state the step begins in."""

from tests.every_operation.example import ALL
from tests.every_operation.trying import undone


def test_each_state_opens_it_to_who_takes_it_and_to_nobody_who_may_not(trial, name):
    """To fewer sometimes: who joins later isn't there yet, and an import is its owner's."""
    expected = trial.example.form_opens_to or trial.example.allowed
    found = open_to(trial)
    assert {state: keys - expected for state, keys in found.items() if keys - expected} == {}
    if trial.op.exposed:
        assert [state for state, keys in found.items() if trial.example.by not in keys] == []


def open_to(trial):
    found = {}
    for state in trial.states:
        with undone():  # an example may make its row
            subject = trial.subject(state)
            found[state] = {key for key in ALL if trial.open_to(key, subject)}
    return found
