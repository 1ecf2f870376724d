"""One data set a module, laid in a transaction that is rolled back at its end."""

import pytest
from tests.discovered import load_examples
from tests.walker.data import walked as laid


@pytest.fixture(scope="session", autouse=True)
def declared():
    load_examples()


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker, worker_site):
    with django_db_blocker.unblock(), laid() as made:
        yield made
