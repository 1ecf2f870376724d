"""The prepared world, and what most tests here do with an operation's example."""

import importlib.util
from pathlib import Path

import pytest
from tests.every_operation.trying import Trial

EXAMPLES = Path(__file__).parent / "examples"


def load_examples():
    """Every file of examples registers its own."""
    from tests.every_operation.example import known

    if not known():
        for path in sorted(EXAMPLES.glob("*.py")):
            importlib.import_module(f"tests.every_operation.examples.{path.stem}")


def pytest_generate_tests(metafunc):
    """`name` runs over all operations; `name, state` over those states each may begin in."""
    if "name" in metafunc.fixturenames:
        from django.urls import get_resolver

        get_resolver().url_patterns  # noqa: B018 - loading the addresses registers every resource and operation
        load_examples()
        chosen = getattr(metafunc.function, "only", lambda _op: True)
        metafunc.parametrize("name", names(chosen))


def names(chosen):
    from keqiao.kernel.steps.operation import operations

    return sorted(op.name for op in operations() if chosen(op))


@pytest.fixture
def trial(world, db, name):
    return Trial(world=world, name=name)
