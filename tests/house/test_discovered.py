"""The generated tests find what stands beside each module's own tests, and nothing of it twice."""

import pytest
from tests.declared import INTERNAL, Seen, seen_of
from tests.discovered import beside, load_examples
from tests.every_operation.example import known

from keqiao.kernel.steps.modules import installed
from keqiao.kernel.steps.operation import operations

pytestmark = pytest.mark.once


def test_examples_and_rows_of_every_module_are_found_the_lowest_first():
    named = [module.__name__ for module in (*beside("examples"), *beside("rows"))]
    assert named == [
        "tests.conformity.examples", "tests.accounts.examples", "tests.imports.examples",
        "tests.enterprises.examples", "tests.organisation.examples", "tests.catalogue.examples",
        "tests.engagement.examples", "tests.oversight.examples", "tests.portal.examples",
        "tests.accounts.rows", "tests.imports.rows", "tests.enterprises.rows", "tests.organisation.rows",
        "tests.catalogue.rows", "tests.engagement.rows",
    ]  # fmt: skip


def test_every_operation_has_an_example_and_every_example_an_operation():
    load_examples()
    assert known() == {op.name for op in operations()}


def test_what_is_said_of_a_resource_is_said_beside_its_module():
    load_examples()
    assert seen_of("security-events") == Seen(reader="audit administrator", reference=True)
    assert seen_of("engagements") == Seen()
    assert {label.partition(".")[0] for label in INTERNAL} <= {config.label for config in installed()}
