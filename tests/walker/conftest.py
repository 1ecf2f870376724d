"""One data set, laid out once; each test works in a transaction that is rolled back."""

from collections.abc import Iterator

import pytest
from tests.databases.copies import Copy
from tests.discovered import load_examples
from tests.factories.world import NOON
from tests.walker.data import Walked

from keqiao.kernel.platform import clock


@pytest.fixture(scope="session", autouse=True)
def declared() -> None:
    load_examples()


@pytest.fixture
def walked(on_walked: Copy) -> Iterator[Walked]:
    with clock.at(NOON):
        yield on_walked.laid()
