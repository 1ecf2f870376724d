"""Every change of a state is declared and held to states.py; a body knows the state before, and can't leave another."""

from dataclasses import replace

import pytest
from tests.factories import contracts as make

from keqiao.engagement.case.states import ENGAGEMENT, Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.models import Contract, Engagement
from keqiao.enterprises.models import Tag
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.errors import Refusal, WrongState
from keqiao.kernel.platform.policy import by_system
from keqiao.kernel.steps import transitions
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.operation import get, operation, run
from keqiao.kernel.steps.transitions import Transition, transition

REASON = {"reason": "示例理由"}


def declared(name, **how):
    """Declare a step under a name of its own."""

    def body(*, engagement: Engagement, actor) -> None:
        del engagement, actor

    body.__name__ = name
    return operation(clause="6.2.i", on=Engagement, permission=by_system, label=name, **how)(body)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"when": Stage.DRAFT, "then": Stage.ARCHIVED}, "nothing leads from"),
        ({"when": (Stage.DRAFT, Stage.ARCHIVED), "then": (Stage.SUBMITTED, Stage.CANCELLED)}, "nothing leads from"),
        ({"when": Stage.DRAFT, "then": (Stage.SUBMITTED, Stage.ARCHIVED)}, "archived"),
        ({"then": Stage.SUBMITTED}, "in which states it begins"),
        ({"when": Stage.DRAFT, "side_transitions": {Tag: "open"}}, "models with states"),
        ({"when": Stage.DRAFT, "side_transitions": {Contract: ContractState.DRAFTING.upper()}}, "side_transitions"),
        ({"when": Stage.DRAFT, "side_transitions": {Contract: ()}}, "side_transitions"),
    ],
)  # fmt: skip
def test_a_declaration_that_states_py_does_not_allow_is_refused_at_start(how, said):
    with pytest.raises(DeclarationError, match=said) as refused:
        declared("impossible_step", **how)
    assert "kernel/test_transitions.py" in str(refused.value)
    assert "impossible_step" in str(refused.value)


def test_a_step_that_creates_has_no_state_before():
    with pytest.raises(DeclarationError, match="leaves out the parameter 'state_before'"):

        @operation(clause="6.5", on=Engagement, permission=by_system, label="x")
        def begin_it(*, actor, state_before: str) -> Engagement: ...


def test_what_a_step_may_change_is_known_from_its_declaration():
    assert list(get("end_engagement_early").transitions()) == [
        *(
            Transition(Engagement, before, "ended_early", own=True)
            for before in ("contracted", "investigating", "planning", "implementing", "suspended")
        ),
        Transition(Contract, "signed", "ended", own=False),
    ]
    assert list(get("resume_engagement").transitions()) == [
        Transition(Engagement, "suspended", after, own=True)
        for after in ("contracted", "investigating", "planning", "implementing")
    ]


def test_which_states_a_table_leads_between():
    found = transitions.between(Engagement, ENGAGEMENT, ("reviewed",), ("accepted", "archived"), own=True)
    assert list(found) == [Transition(Engagement, "reviewed", "accepted", own=True)]


@pytest.fixture
def running(db):
    return make.engagement(state=Stage.PLANNING)


def suspend(engagement, body):
    return run(
        replace(get("suspend_engagement"), handler=body), actor=SYSTEM, engagement=engagement, **REASON
    )


def test_the_body_is_told_the_state_before(running):
    seen = []

    def body(*, engagement, actor, state_before, reason):
        seen.append((state_before, engagement.state))

    suspend(running, body)
    assert seen == [("planning", "suspended")]
    assert running.state == "suspended"


def test_a_body_that_refuses_leaves_the_callers_object_as_it_was(running):
    def body(*, engagement, actor, state_before, reason):
        engagement.title = "anders"
        engagement.save()
        raise Refusal("no")

    held = dict(running.__dict__)
    with pytest.raises(Refusal):
        suspend(running, body)
    assert running.__dict__ == held
    assert Engagement.objects.values_list("state", "title", "version").get() == (
        "planning", running.title, running.version,
    )  # fmt: skip


def test_a_fault_of_the_program_leaves_it_too(running):
    def body(*, engagement, actor, state_before, reason):
        raise ZeroDivisionError

    held = dict(running.__dict__)
    with pytest.raises(ZeroDivisionError):
        suspend(running, body)
    assert running.__dict__ == held


def test_a_body_that_moves_what_it_does_not_declare_is_a_fault(running):
    contract = make.bare(on=running, state=ContractState.SIGNED)

    def body(*, engagement, actor, state_before, reason):
        transition(contract, ContractState.ENDED)

    with pytest.raises(RuntimeError, match=r"suspend_engagement moves .* name the state"):
        suspend(running, body)
    assert Contract.objects.get().state == ContractState.SIGNED


def test_a_body_that_writes_another_state_is_a_fault(running):
    def body(*, engagement, actor, state_before, reason):
        engagement.state = Stage.ARCHIVED
        engagement.save()

    with pytest.raises(RuntimeError, match=r"left .* in the state"):
        suspend(running, body)
    assert (Engagement.objects.get().state, Entry.objects.count()) == (Stage.PLANNING, 0)


def test_nothing_is_moved_outside_a_step(running):
    with pytest.raises(RuntimeError, match="no step moves"):
        transition(running, Stage.SUSPENDED)


def test_where_the_body_chooses_it_must_choose(running):
    Engagement.objects.update(state=Stage.SUSPENDED, suspended_from=Stage.PLANNING)
    running.refresh_from_db()
    resume = get("resume_engagement")
    with pytest.raises(RuntimeError, match=r"left .* in the state 'suspended'"):
        run(replace(resume, handler=lambda **_given: None), actor=SYSTEM, engagement=running, **REASON)
    run(resume, actor=SYSTEM, engagement=running, **REASON)
    assert (running.state, running.version) == ("planning", 3)


def test_what_a_step_takes_along_is_held_to_its_table(running):
    contract = make.bare(on=running, state=ContractState.DRAFTING)

    def body(*, engagement, actor, state_before, reason):
        transition(contract, ContractState.ENDED)

    op = replace(get("suspend_engagement"), handler=body, side_transitions={Contract: ("ended",)})
    with pytest.raises(WrongState):
        run(op, actor=SYSTEM, engagement=running, **REASON)
