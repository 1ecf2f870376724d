"""What a step makes ahead: while nobody waits for the database, and never other than the step carried out for good says."""

from itertools import count

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from keqiao.kernel.steps import ahead
from keqiao.kernel.steps.turns import Turns

pytestmark = pytest.mark.django_db(transaction=True)
names = (f"step-{n}" for n in count())


class Step:
    """A step that writes a row, makes a paper of `key()`, and writes another row."""

    def __init__(self, key=lambda: "paper", fault=None):
        self.name, self.key, self.fault = next(names), key, fault
        self.held, self.runs = [], 0

    def make(self):
        self.held.append(connection.in_atomic_block)
        if self.fault:
            raise self.fault
        return f"sheet {len(self.held)}"

    def body(self):
        self.runs += 1
        with transaction.atomic():
            Group.objects.create(name=f"{self.name} begins")
            sheet = ahead.made(self.key(), self.make)
            Group.objects.create(name=f"{self.name} ends")
            return sheet

    def take(self, *values):
        return ahead.carried_out(self.name, self.body, values=values, last=lambda _kind, _year: 0)


def written():
    return sorted(Group.objects.values_list("name", flat=True))


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


def test_it_is_made_once_while_nothing_is_held():
    step = Step()
    assert step.take() == "sheet 1"
    assert step.held == [False]
    assert written() == [f"{step.name} begins", f"{step.name} ends"]


def test_from_the_second_time_on_a_step_runs_twice():
    step = Step()
    step.take()
    first, step.runs = step.runs, 0
    Group.objects.all().delete()
    step.take()
    assert (first, step.runs, step.held) == (3, 2, [False, False])


def test_outside_a_step_it_is_simply_made():
    step = Step()
    assert (step.body(), step.held) == ("sheet 1", [True])


def test_what_differs_in_the_end_is_made_anew():
    keys = iter(["unknown", "expected", "in truth"])
    step = Step(key=lambda: next(keys))
    assert step.take() == "sheet 2"
    assert step.held == [False, True]


def test_two_papers_are_both_made_ahead_once_it_is_known():
    step = Step()
    more = Step()

    def body():
        with transaction.atomic():
            return ahead.made("a", step.make), ahead.made("b", more.make)

    def take():
        return ahead.carried_out(step.name, body, values=(), last=lambda _kind, _year: 0)

    assert take() == ("sheet 1", "sheet 1")
    assert take() == ("sheet 2", "sheet 2")
    assert (step.held, more.held) == ([False, False], [True, False])


def test_when_it_can_not_be_made_nothing_is_written():
    step = Step(fault=OSError("no room"))
    with pytest.raises(OSError, match="no room"):
        step.take()
    assert (written(), step.held) == ([], [False])


def test_a_step_within_a_step_belongs_to_it():
    inner = Step()
    outer = Step(key=lambda: ("outer", inner.take()))
    assert outer.take() == "sheet 1"
    assert (inner.held, outer.held) == ([False], [True])


def test_objects_given_are_as_they_were_when_it_is_carried_out():
    group, seen = Group.objects.create(name="before"), []
    step = Step()

    def key():
        seen.append((group.name, group.pk is None))
        group.name, group.pk = "changed", None
        return "paper"

    step.key = key
    step.take(group)
    assert seen == [("before", False)] * 3
    assert (group.name, group.pk) == ("changed", None)


def test_each_expects_a_number_of_its_own_and_gives_it_back():
    first, second, third = Turns(), Turns(), Turns()
    assert [turns.number("notice", 2026, 4) for turns in (first, second)] == [5, 6]
    assert first.number("notice", 2026, 4) == 7
    assert second.number("notice", 2027, 0) == 1
    first.over()
    assert third.number("notice", 2026, 4) == 5
    second.over()
    third.over()


def test_a_second_rehearsal_expects_the_same_numbers():
    turns = Turns()
    before = [turns.number("notice", 2026, 4), turns.number("plan", 2026, 8), turns.number("notice", 2026, 4)]
    turns.rehearse()
    after = [turns.number("notice", 2026, 4), turns.number("plan", 2026, 8), turns.number("notice", 2026, 4)]
    assert (before, after) == ([5, 9, 6], [5, 9, 6])
    turns.over()


def test_whoever_comes_later_waits_until_those_before_are_counted_or_gave_up():
    first, second = Turns(), Turns()
    first.number("notice", 2026, 4)
    second.number("notice", 2026, 4)
    counter = iter([4, 4, 4, 5])
    second.wait(lambda _kind, _year: next(counter))
    assert list(counter) == []
    first.over()
    second.wait(lambda _kind, _year: 4)  # the first gave up: nobody is waited for
    second.over()
