"""Gates: what a module above adds to a step below is listed with the step's own conditions, or refused at start."""

import pytest
from tests.factories import enterprises, people
from tests.factories.declarations import taken_back

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Tag
from keqiao.kernel.platform.errors import Missing, Refusal
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.gates import gate
from keqiao.kernel.steps.held_together import check


@pytest.fixture(autouse=True)
def _declarations():
    with taken_back():
        yield


def not_checked(_subject):
    yield Missing("No conflict check.", remedy="Have it checked.")
    yield Missing("No consent.", clause="4.1.5", remedy="Ask for it.")


@pytest.mark.django_db
def test_a_gate_stands_in_the_way_with_its_clause_and_remedy():
    manager = people.staff(Role.MANAGER)
    enterprise, tag = enterprises.enterprise(), Tag.objects.create(name="示例标签")
    gate(step="tag_enterprise", name="Conflict check", missing=not_checked, clause="6.1.3")
    step = operation.get("tag_enterprise")
    with pytest.raises(Refusal) as refused:
        step(enterprise=enterprise, actor=manager, tag=tag)
    assert [(one.text, one.clause, one.remedy) for one in refused.value.missing] == [
        ("No conflict check.", "6.1.3", "Have it checked."),
        ("No consent.", "4.1.5", "Ask for it."),
    ]
    assert (refused.value.missing, list(enterprise.tags.all())) == (step.missing(enterprise), [])


@pytest.mark.once
def test_a_gate_on_no_step_is_refused_at_start():
    gate(step="archive_engagment", name="Typing error", missing=not_checked, clause="6.5")
    with pytest.raises(DeclarationError) as refused:
        check()
    assert refused.value.where.startswith("kernel/test_gates.py, line ")
    assert "expected the name of a step, came 'archive_engagment'. `keqiao run --help`" in str(refused.value)


@pytest.mark.once
def test_a_gate_on_a_step_that_creates_its_object_is_refused_at_start():
    gate(step="create_commission", name="Too early", missing=not_checked, clause="6.1.1")
    with pytest.raises(DeclarationError) as refused:
        check()
    assert refused.value.remedy.endswith("gate the step after it.")


@pytest.mark.once
def test_two_gates_of_one_name_on_a_step_are_refused():
    gate(step="tag_enterprise", name="Conflict check", missing=not_checked, clause="6.1.3")
    with pytest.raises(DeclarationError) as refused:
        gate(step="tag_enterprise", name="Conflict check", missing=not_checked, clause="6.1.3")
    assert "one gate of this name on tag_enterprise" in str(refused.value)
    gate(step="untag_enterprise", name="Conflict check", missing=not_checked, clause="6.1.3")


@pytest.mark.once
def test_what_the_house_declares_stands():
    check()
