"""Two people at once: one wins, the other is told, and the record holds one step. On both databases."""

import threading

import pytest
from django.db import transaction
from tests.concurrency.together import together
from tests.factories import engagements as e
from tests.factories import people as make
from tests.factories.engagements import engagement, fresh
from tests.patience import PATIENCE

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations import contract_approval, course
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.intake.operations.commission import create_commission, request_material
from keqiao.engagement.models import Contract, Engagement
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.errors import Conflict, NotAllowed, WrongState
from keqiao.kernel.record import journal
from keqiao.kernel.steps.operation import case_of


def outcomes(results):
    return sorted(type(one).__name__ if isinstance(one, Exception) else "done" for one in results)


def recorded(operation):
    return Entry.objects.filter(operation=operation).count()


@pytest.fixture
def in_approval(players):
    _people, cast = players
    made = e.draft_contract(engagement(cast, state=Stage.ACCEPTED), cast)
    e.submit_contract(made, cast)
    return fresh(made)


def test_two_approvals_have_one_winner(players, in_approval):
    people, _cast = players
    second = make.staff(Role.MANAGER)
    steps = [
        lambda who=who: contract_approval.approve_contract(
            contract=Contract.objects.get(pk=in_approval.pk), actor=who
        )
        for who in (people["manager"], second)
    ]
    one_winner(together(*steps), (people["manager"], second), in_approval)


def one_winner(results, askers, contract):
    assert outcomes(results) in (["Conflict", "done"], ["WrongState", "done"])
    assert recorded("approve_contract") == 1
    approved = fresh(contract)
    assert approved.state == ContractState.APPROVED
    winner = [who for who, result in zip(askers, results, strict=True) if not isinstance(result, Exception)]
    assert [approved.approved_by_id] == [who.pk for who in winner]


def test_without_lock_and_compare_the_same_test_goes_red(players, in_approval):
    """The control: the same rule, state, guard, handler and record, but read before and written without comparing."""
    both_have_read = threading.Barrier(2)
    op = contract_approval.approve_contract

    def careless(who):
        contract = Contract.objects.get(pk=in_approval.pk)
        assert (op.permission(who, contract), op.fits_state(contract), op.missing(contract)) == (
            True,
            True,
            (),
        )
        both_have_read.wait(PATIENCE)
        with transaction.atomic():
            [contract.state] = op.then
            op.handler(contract=contract, actor=who)
            contract.save()
            facts = {"operation": op.name, "clause": op.clause, "actor": who, "subject": contract}
            journal.record(**facts, case=case_of(contract), payload={})

    people, _cast = players
    askers = people["manager"], make.staff(Role.MANAGER)
    results = together(*(lambda who=who: careless(who) for who in askers))
    assert outcomes(results) == ["done", "done"]
    with pytest.raises(AssertionError):
        one_winner(results, askers, in_approval)
    assert recorded("approve_contract") == 2


def test_second_writer_is_told(players):
    """Both opened the form at the same version; whoever sends second gets a conflict, and loses nothing of the first."""
    people, cast = players
    one = engagement(cast, state=Stage.SUBMITTED)
    seen = fresh(one).version
    for name in ("第一份", "第二份"):
        given = {
            "engagement": fresh(one),
            "actor": people["consultant"],
            "name": name,
            "expected_version": seen,
        }
        if name == "第一份":
            request_material(**given)
            continue
        with pytest.raises(Conflict) as refused:
            request_material(**given)
    assert refused.value.status == 409
    assert list(one.materials.order_by("pk").values_list("name", flat=True))[-1] == "第一份"


def test_double_click_has_one_effect(players):
    """The same form sent twice at the same moment, under the one key it was given."""
    people, cast = players
    values = {
        "enterprise": cast.enterprise,
        "item": cast.item,
        "title": "示例委托",
        "need": "示例需求",
        "contact_name": "示例联系人",
    }
    results = together(*[lambda: create_commission(actor=people["client"], key="一次点击", **values)] * 2)
    assert Engagement.objects.count() == 1
    assert recorded("create_commission") == 1
    assert results == [Engagement.objects.get()] * 2


def test_double_click_on_a_step_of_a_row_gives_both_the_same_answer(players, in_approval):
    """The second waits for the row the first holds, and finds it in the next state: by its own click."""
    people, _cast = players
    seen = fresh(in_approval)

    def click():
        again = Contract.objects.get(pk=in_approval.pk)
        return contract_approval.approve_contract(
            contract=again, actor=people["manager"], key="click", expected_version=seen.version
        )

    results = together(click, click)
    assert results == [seen, seen]
    assert recorded("approve_contract") == 1


def test_ten_steps_at_once_have_ten_entries_without_gaps(players):
    people, cast = players
    one = engagement(cast, state=Stage.SUBMITTED)
    before = Entry.objects.filter(case=f"engagement:{one.pk}").count()
    steps = [
        lambda n=n: request_material(
            engagement=Engagement.objects.get(pk=one.pk), actor=people["consultant"], name=f"资料{n}"
        )
        for n in range(10)
    ]
    results = together(*steps)
    done = [result for result in results if not isinstance(result, Exception)]
    assert all(isinstance(result, Conflict) for result in results if isinstance(result, Exception)), results
    numbers = list(
        Entry.objects.filter(case=f"engagement:{one.pk}").order_by("case_n").values_list("case_n", flat=True)
    )
    assert numbers == list(range(1, before + len(done) + 1))
    assert one.materials.filter(name__startswith="资料").count() == len(done)


def test_cancel_against_transfer_leaves_one_story(players):
    """Whichever came first, what the row says is what the record says."""
    people, cast = players
    one = engagement(cast, state=Stage.SUBMITTED)
    results = together(
        lambda: course.cancel_engagement(
            engagement=Engagement.objects.get(pk=one.pk), actor=people["client"], reason="不再需要"
        ),
        lambda: course.transfer_engagement(
            engagement=Engagement.objects.get(pk=one.pk),
            actor=people["manager"],
            to=people["outsider"],
            reason="换人",
        ),
    )
    assert all(
        isinstance(each, Conflict | WrongState | NotAllowed)
        for each in results
        if isinstance(each, Exception)
    ), results
    after = fresh(one)
    assert (after.state == Stage.CANCELLED) == bool(recorded("cancel_engagement"))
    assert (after.consultant_id == people["outsider"].pk) == bool(recorded("transfer_engagement"))
