"""The prepared world, and what most tests here do with an operation's example."""

import pytest
from tests.discovered import load_examples
from tests.every_operation.trying import Trial

from keqiao.faces import confirmation


def pytest_generate_tests(metafunc):
    """`name` runs over all operations; `name, state` over those states each may begin in."""
    if "name" in metafunc.fixturenames:
        load_examples()
        chosen = getattr(metafunc.function, "only", lambda _op: True)
        metafunc.parametrize("name", names(chosen))


def names(chosen):
    from keqiao.kernel.steps.operation import operations

    return sorted(op.name for op in operations() if chosen(op))


@pytest.fixture
def at_the_terminal():
    """Whoever is asked there shows that they are there."""
    held = list(confirmation._doors)
    confirmation.register(asks=held[0].asks, proved=held[0].proved, typed=lambda _person: True)
    yield
    confirmation._doors[:] = held


@pytest.fixture
def trial(world, db, name):
    return Trial(world=world, name=name)
