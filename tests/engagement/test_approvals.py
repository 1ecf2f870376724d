"""What waits for a second person reaches that person: on Today, in the calendar, among the news; and nobody else."""

from datetime import timedelta

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, text

from keqiao.accounts.models import Role, User
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations.contract import set_contract_terms
from keqiao.engagement.contracting.operations.contract_amendment import approve_amendment, draft_amendment
from keqiao.engagement.contracting.operations.contract_approval import submit_contract
from keqiao.engagement.models import Contract, Engagement, Member
from keqiao.faces import activity

pytestmark = pytest.mark.usefixtures("site")


def today(person):
    """What Today asks of a person: group, label, address."""
    shown = browser_of(person).get("/").context["groups"]
    return [(one["title"], str(row["due"].label), row["due"].url) for one in shown for row in one["rows"]]


def place_changed(contract, actor):
    set_contract_terms(
        actor=actor, contract=contract, begins_on=make.BEGINS, ends_on=make.ENDS, place="示例路 9 号",
        technical_kind=contract.technical_kind,
    )  # fmt: skip


def amendment(**kwargs):
    """Drafted by the consultant, on a signed contract of an engagement at work."""
    contract = make.signed(**kwargs)
    Engagement.objects.filter(pk=contract.engagement_id).update(state=Stage.IMPLEMENTING)
    one = contract.engagement.consultant
    return draft_amendment(
        contract=contract, actor=one, reason="示例原因", new_end=make.ENDS + timedelta(days=30)
    )


def test_a_contract_in_approval_is_on_the_managers_today_with_nothing_else_of_the_engagement():
    contract = make.in_approval()
    Engagement.objects.filter(pk=contract.engagement_id).update(stage_due_on=make.TODAY)
    boss = make.staff(Role.MANAGER)
    assert today(boss) == [
        ("For your decision", f"Approve contract {contract.number}", f"/contracts/{contract.pk}/")
    ]
    assert f"Approve contract {contract.number}" in text(boss, "/")
    assert "Approve contract" not in text(contract.engagement.consultant, "/")


def test_without_a_time_limit_it_waits_without_a_day():
    contract = make.in_approval()
    boss = make.staff(Role.MANAGER)
    assert today(boss) == [
        ("For your decision", f"Approve contract {contract.number}", f"/contracts/{contract.pk}/")
    ]
    assert "no day set" in text(boss, "/")


def test_who_wrote_any_of_it_is_not_asked():
    boss, other = make.staff(Role.MANAGER), make.staff(Role.MANAGER)
    contract = make.drafted()
    place_changed(contract, boss)
    submit_contract(contract=Contract.objects.get(), actor=contract.engagement.consultant)
    assert today(boss) == []
    assert [label for _group, label, _url in today(other)] == [f"Approve contract {contract.number}"]
    own = make.in_approval(one=make.engagement(consultant=boss))
    assert f"Approve contract {own.number}" not in text(boss, "/")


def test_above_the_clearance_it_is_neither_shown_nor_named():
    contract = make.in_approval(one=make.engagement(level=3, consultant=make.staff(clearance=3)))
    low, high = make.staff(Role.MANAGER), make.staff(Role.MANAGER, clearance=3)
    assert contract.number not in text(low, "/")
    assert contract.number in text(high, "/")


def test_a_closed_engagement_asks_nobody():
    contract = make.in_approval()
    Engagement.objects.filter(pk=contract.engagement_id).update(state=Stage.CANCELLED)
    assert today(make.staff(Role.MANAGER)) == []


def test_an_amendment_is_asked_of_a_manager_and_once_approved_of_the_client():
    made = amendment()
    boss, client = make.staff(Role.MANAGER), make.client_of(made.enterprise)
    assert today(boss) == [
        ("For your decision", f"Approve amendment {made.number}", f"/amendments/{made.pk}/")
    ]
    assert made.number not in text(client, "/")
    approve_amendment(amendment=made, actor=boss)
    assert today(boss) == []
    shown = browser_of(client).get("/").context["asks"]
    assert [(one.label, one.url) for one in shown] == [
        (f"Sign amendment {made.number}", f"/amendments/{made.pk}/")
    ]
    assert f"Sign amendment {made.number}" in text(client, f"/engagements/{made.engagement_id}/")
    assert made.number in text(client, f"/amendments/{made.pk}/")


def test_the_one_who_drafted_an_amendment_is_not_asked_to_approve_it():
    boss = make.staff(Role.MANAGER)
    made = amendment(one=make.engagement(consultant=boss))
    assert f"Approve amendment {made.number}" not in text(boss, "/")
    assert f"Approve amendment {made.number}" in text(make.staff(Role.MANAGER), "/")


def test_a_manager_who_works_on_it_has_the_rest_of_it_too():
    contract = make.in_approval()
    boss = make.staff(Role.MANAGER)
    Engagement.objects.filter(pk=contract.engagement_id).update(stage_due_on=make.TODAY)
    Member.objects.create(engagement=contract.engagement, user=boss, role="leader", duty="总负责")
    assert sorted(label for _group, label, _url in today(boss)) == [
        f"Approve contract {contract.number}", "Contract to sign", "Sign the confidentiality undertaking",
    ]  # fmt: skip


def test_it_stands_in_the_managers_calendar_on_the_day_of_the_step():
    contract = make.in_approval()
    Engagement.objects.filter(pk=contract.engagement_id).update(stage_due_on=make.TODAY)
    shown = text(make.staff(Role.MANAGER), "/calendar/?month=2026-03")
    assert f"Approve contract {contract.number}" in shown


def test_the_submission_is_news_to_the_approver_and_the_rest_of_the_case_is_not():
    contract = make.drafted()
    one = contract.engagement.consultant
    boss = make.staff(Role.MANAGER)
    place_changed(contract, one)
    assert activity.latest(actor=User.objects.get(pk=boss.pk)) == []
    submit_contract(actor=one, contract=Contract.objects.get())
    found = activity.latest(actor=User.objects.get(pk=boss.pk))
    assert [(line.label, line.url) for line in found] == [
        ("Submit for approval", f"/engagements/{contract.engagement_id}/")
    ]
    assert activity.latest(actor=User.objects.get(pk=make.staff().pk)) == []


def test_it_costs_the_same_with_few_and_with_many():
    boss = make.staff(Role.MANAGER)
    make.in_approval()
    few = queries(boss, "/")
    for _ in range(4):
        make.in_approval()
    assert queries(boss, "/") == few <= 12
