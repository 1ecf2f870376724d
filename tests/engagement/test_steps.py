"""How far an engagement has come, as the rail shows it."""

from datetime import date
from types import SimpleNamespace

import pytest

from keqiao.engagement.case.phases import PHASES, phase_now, phase_of_clause, rail
from keqiao.engagement.case.states import Stage

TODAY = date(2026, 3, 2)
S = Stage


def at(state, *, due=None, suspended_from=""):
    late = max(0, (TODAY - due).days) if due else 0
    return SimpleNamespace(
        state=state, suspended_from=suspended_from, stage_due_on=due, late_by=lambda _today: late,
        get_state_display=lambda: str(Stage(state).label),
    )  # fmt: skip


def states(engagement, clauses=()):
    return [step.state for step in rail(engagement, clauses=clauses, today=TODAY)]


def test_every_state_belongs_to_just_one_step_but_suspension():
    known = [state for step in PHASES for state in step.states]
    assert sorted(known) == sorted(set(Stage) - {S.SUSPENDED})


@pytest.mark.parametrize(
    ("state", "place"), [(S.DRAFT, 0), (S.ACCEPTED, 1), (S.CONTRACTED, 2), (S.IMPLEMENTING, 5)]
)
def test_what_lies_behind_is_done_and_what_lies_ahead_is_to_do(state, place):
    assert states(at(state)) == ["done"] * place + ["current"] + ["todo"] * (7 - place)


def test_delivered_waits_for_the_archive_and_archived_is_done_throughout():
    assert states(at(S.DELIVERED)) == ["done"] * 7 + ["current"]
    assert states(at(S.ARCHIVED)) == ["done"] * 8


def test_a_late_step_says_how_late_and_a_step_in_time_until_when():
    late = rail(at(S.PLANNING, due=date(2026, 2, 27)), clauses=(), today=TODAY)[4]
    assert (late.state, late.note) == ("late", "逾期 3 天") or late.note == "3 days late"
    in_time = rail(at(S.PLANNING, due=date(2026, 3, 5)), clauses=(), today=TODAY)[4]
    assert in_time.state == "current"
    assert "2026-03-05" in in_time.note


def test_a_suspended_engagement_stands_where_it_stood():
    one = at(S.SUSPENDED, suspended_from=S.PLANNING)
    assert states(one) == ["done"] * 4 + ["paused"] + ["todo"] * 3
    assert phase_now(one).clause == "6.3.3"


def test_a_declined_commission_ended_where_its_record_ends():
    assert states(at(S.DECLINED), ["6.1.1", "6.1.3"]) == ["refused"] + ["todo"] * 7
    assert states(at(S.CANCELLED), ["6.1.1", "6.2.a"]) == ["done", "refused"] + ["todo"] * 6


def test_one_ended_early_skips_to_the_archive():
    shown = states(at(S.ENDED_EARLY), ["6.1.1", "6.2", "6.3.2"])
    assert shown == ["done"] * 3 + ["refused"] + ["blocked"] * 3 + ["current"]


@pytest.mark.parametrize(
    ("clause", "step"), [("6.1.2", "6.1"), ("6.2.j", "6.2"), ("6.3.4.f", "6.3.4"), ("6.4.2", "6.4")]
)
def test_clauses_belong_to_their_steps(clause, step):
    assert phase_of_clause(clause).clause == step


def test_a_clause_outside_of_clause_6_belongs_to_no_step():
    assert phase_of_clause("4.1.5") is None
    assert phase_of_clause("6.10") is None
