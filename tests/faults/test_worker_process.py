"""The worker is killed in the middle of a job: what it had written is gone, the job is still to do, and is done once."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from tests.faults.conftest import kill
from tests.patience import wait_until

from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import outbox
from keqiao.kernel.platform.outbox import Delivered, enqueue, handles, run_due

# The worker as it is started, with one more topic: its handler says that it is in the midst and then takes long.
PROGRAM = """
import sys, time, pathlib, django
django.setup()
from django.contrib.auth.models import Group
from keqiao.kernel.platform.outbox import handles
from keqiao.kernel.platform.worker import run_worker

def write(*, payload, key):
    Group.objects.create(name=key)
    pathlib.Path(sys.argv[1], key).touch()
    time.sleep(600 if payload["long"] else 0)

handles("test.killed", external=sys.argv[2] == "external")(write)
run_worker()
"""
DONE = []


@handles("test.killed")
def finish(*, payload, key):
    DONE.append(key)
    Group.objects.create(name=key)


@pytest.fixture
def work(ground, tmp_path):
    running = []

    def work(how="inside"):
        command = [sys.executable, "-c", PROGRAM, str(tmp_path), how]
        process = subprocess.Popen(command, env=ground, start_new_session=True, stderr=subprocess.DEVNULL)
        running.append(process)
        return process

    DONE.clear()
    yield work
    for process in running:
        kill(process)


def ask(key, *, long=True):
    with transaction.atomic():
        enqueue(topic="test.killed", payload={"long": long}, key=key)


def groups():
    return sorted(Group.objects.values_list("name", flat=True))


@pytest.mark.slow
def test_killed_in_a_job_that_writes_the_database(work, tmp_path):
    ask("before", long=False)
    ask("midst")
    process = work()
    wait_until((tmp_path / "midst").exists)
    kill(process)
    wait_until(lambda: groups() == ["before"])  # the database takes back what was not committed
    assert dict(Outbox.objects.values_list("key", "state")) == {"before": "done", "midst": "waiting"}

    now = timezone.now()
    assert run_due(now=now) == Delivered(0, 0)  # its lease still runs: nobody can know yet that it died
    assert run_due(now=now + outbox.LEASE + timedelta(minutes=1)) == Delivered(1, 0)
    assert run_due(now=now + 2 * outbox.LEASE) == Delivered(0, 0)
    assert (DONE, groups()) == (["midst"], ["before", "midst"])


@pytest.mark.slow
def test_killed_after_an_effect_outside_it_is_had_again_under_the_same_key(work, tmp_path):
    """Nobody can make an effect elsewhere and a row here one thing; the key lets the other side see the double."""
    ask("midst")
    process = work("external")
    wait_until((tmp_path / "midst").exists)
    kill(process)
    assert Outbox.objects.get().state == "waiting"
    Group.objects.all().delete()
    assert run_due(now=timezone.now() + 2 * outbox.LEASE) == Delivered(1, 0)
    assert DONE == ["midst"]
    assert Outbox.objects.get().attempts == 2
