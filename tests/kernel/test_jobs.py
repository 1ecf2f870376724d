"""Jobs by the clock run when they are due, once, and a failing one holds up no other."""

from datetime import UTC, datetime, timedelta

import pytest

from keqiao.kernel import tasks
from keqiao.kernel.models import TimedJob
from keqiao.kernel.platform import jobs
from keqiao.kernel.platform.jobs import every, run_due_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def registry():
    """Only this test's jobs; gives the others."""
    before = dict(jobs._jobs)
    jobs._jobs.clear()
    yield before
    jobs._jobs.clear()
    jobs._jobs.update(before)


@pytest.fixture
def runs():
    times = []

    @every(minutes=5)
    def five_minutes(now):
        times.append(now)

    return times


def test_a_job_runs_at_once_and_then_at_its_interval(runs):
    for minute in range(11):
        run_due_jobs(now=NOW + minute * MINUTE)
    assert runs == [NOW, NOW + 5 * MINUTE, NOW + 10 * MINUTE]


def test_what_was_missed_is_run_once_and_not_made_up_for(runs):
    run_due_jobs(now=NOW)
    run_due_jobs(now=NOW + timedelta(hours=3))
    run_due_jobs(now=NOW + timedelta(hours=3))
    assert runs == [NOW, NOW + timedelta(hours=3)]


def test_a_clock_set_back_does_not_stop_a_job(runs):
    run_due_jobs(now=NOW)
    run_due_jobs(now=NOW - timedelta(days=400))
    run_due_jobs(now=NOW - timedelta(days=400) + 5 * MINUTE)
    assert runs == [NOW, NOW - timedelta(days=400), NOW - timedelta(days=400) + 5 * MINUTE]


def test_a_second_worker_finds_the_job_taken(runs):
    assert len(run_due_jobs(now=NOW)) == 1
    assert run_due_jobs(now=NOW) == []
    assert TimedJob.objects.get().next_at == NOW + 5 * MINUTE


def test_a_failing_job_is_written_down_and_stops_no_other(runs):
    ok = jobs._jobs.copy()
    jobs._jobs.clear()

    @every(minutes=1)
    def breaks(now):
        raise LookupError("示例")

    jobs._jobs.update(ok)
    assert len(run_due_jobs(now=NOW)) == 2
    assert runs == [NOW]
    name = next(name for name in jobs._jobs if name.endswith("breaks"))
    assert TimedJob.objects.get(name=name).error == "LookupError: 示例"


def test_an_error_is_cleared_by_the_next_good_run():
    fail = [True]

    @every(minutes=1)
    def sometimes(now):
        if fail:
            raise LookupError("示例")

    run_due_jobs(now=NOW)
    fail.clear()
    run_due_jobs(now=NOW + MINUTE)
    assert TimedJob.objects.get().error == ""
    assert TimedJob.objects.get().last_at == NOW + MINUTE


def test_a_job_is_registered_once_and_not_below_a_minute():
    def job(now):
        pass

    every(days=1)(job)
    with pytest.raises(ValueError, match="twice"):
        every(days=1)(job)
    with pytest.raises(ValueError, match="minute"):
        every()(job)


def test_the_ground_floor_registers_its_own_jobs(registry):
    own = {name: job for name, job in registry.items() if name.startswith(tasks.__name__)}
    assert [name.removeprefix("keqiao.kernel.tasks.") for name in sorted(own)] == [
        "forget_delivered_effects",
        "forget_what_is_over",
        "keep_erasures",
        "sweep_vault",
    ]
    jobs._jobs.update(own)
    assert len(run_due_jobs(now=NOW)) == 4
    assert set(TimedJob.objects.values_list("error", flat=True)) == {""}
