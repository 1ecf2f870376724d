"""Inputs that people who do this work have met, each with the answer that is right. `make cases` prints a line for each."""

import pytest
from tests.enterprises.conftest import check, enterprise, person, seen_by

__all__ = ["answer", "check", "enterprise", "person", "seen_by"]


@pytest.fixture
def answer(record_property):
    """`answer(case, right=…, got=…)` holds one against the other; what is printed of a case is what was held."""

    def hold(case: str, *, right: object, got: object) -> None:
        record_property("case", (case, str(right), str(got)))
        assert got == right

    return hold
