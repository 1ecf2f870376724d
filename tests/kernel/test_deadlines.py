"""A deadline that can't stand is refused where it is declared; the others are read with the same two queries."""

from dataclasses import replace

import pytest
from django.db.models import Exists, Q
from tests.factories.declared import COMPETENCES, declared, of_competence, of_contact

from keqiao.kernel.steps.deadlines.declaration import About
from keqiao.kernel.steps.deadlines.people import CHARGE, CLIENT, person
from keqiao.kernel.steps.deadlines.registry import belongs, declare
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.organisation.models import Competence, StaffCompetence

pytestmark = pytest.mark.once


def refused(*deadlines, belonging=(COMPETENCES,)):
    """Expected, came and remedy of the refusal; it names this file."""
    with declared(belonging=belonging), pytest.raises(DeclarationError) as error:
        declare(*deadlines)
    assert error.value.where.startswith("factories/declared.py") or error.value.where.startswith(
        "kernel/test_deadlines.py, line "
    )
    return str(error.value).partition(": ")[2]


def test_without_a_day_it_must_say_so():
    assert refused(of_competence(day=None)) == (
        "expected a day for competence_ends, came None. "
        "Name its field, or say undated=True where no rule gives one."
    )


def test_with_a_day_it_is_not_undated():
    assert refused(of_competence(undated=True)).startswith(
        "expected a day or undated=True for competence_ends"
    )


def test_what_ends_it_must_be_an_operation_on_the_model():
    assert refused(of_competence(ends_with=("renew",))) == (
        "expected an operation on StaffCompetence that ends competence_ends, came ['renew']. "
        "Name one of create_staff_competence, update_staff_competence."
    )
    assert refused(of_competence(ends_with=("finish_task",))).startswith(
        "expected an operation on StaffCompetence that ends competence_ends, came ['finish_task']"
    )
    assert refused(of_competence(ends_with=())).startswith(
        "expected an operation on StaffCompetence that ends competence_ends, came 'none'"
    )


def test_whom_it_waits_for_must_be_known():
    assert refused(of_competence(waits_for="the boss")).startswith(
        "expected whom competence_ends waits for, came 'the boss'"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "ends_on"},
        {"named": "competence__title"},
        {"waits_for": person("member__user")},
        {"about": "company"},
    ],
)
def test_paths_must_lead_somewhere(wrong):
    assert refused(of_competence(**wrong)).startswith("expected a path of StaffCompetence, came ")


def test_what_it_belongs_to_must_be_declared_before():
    assert refused(of_competence(), belonging=()) == (
        "expected `belongs` of StaffCompetence, for competence_ends, came 'none'. "
        "Declare it before: belongs(About(model=StaffCompetence, …))."
    )


def test_who_waits_needs_a_field():
    assert refused(of_competence(waits_for=CLIENT)).startswith("expected a client of StaffCompetence")
    bare = replace(COMPETENCES, charge="")
    assert refused(of_competence(waits_for=CHARGE), belonging=(bare,)).startswith(
        "expected who is in charge of StaffCompetence"
    )


def test_a_key_is_given_once():
    assert refused(of_competence(key="task")) == (
        "expected a key of its own, came 'task'. Give it a name that no other deadline has."
    )


def test_a_thing_is_described_once_and_in_plain_conditions():
    with declared(belonging=(COMPETENCES,)):
        with pytest.raises(DeclarationError, match="expected one `belongs` for StaffCompetence"):
            belongs(COMPETENCES)
        some = Exists(StaffCompetence.objects.all())
        with pytest.raises(DeclarationError, match="expected `open` of columns and values"):
            belongs(About(model=Competence, open=Q(some)))


def test_only_parts_with_a_day_of_their_own_mark_what_they_belong_to():
    with declared(belonging=(COMPETENCES,)):
        ours, clients = of_competence(), of_contact()
        assert (ours.own_day, ours.marks, ours.listed) == (True, True, True)
        assert (clients.own_day, clients.marks, clients.listed) == (False, False, False)
