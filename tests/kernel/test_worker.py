"""The real worker process: it delivers what is committed, runs timed jobs, and stops when it is told to."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection, transaction
from tests.patience import PATIENCE, wait_until

from keqiao.kernel.models import Outbox, TimedJob
from keqiao.kernel.platform import worker
from keqiao.kernel.platform.mail import queue_mail

PROGRAM = "import django; django.setup(); from keqiao.kernel.platform.worker import run_worker; run_worker()"


@pytest.fixture
def queue(settings, tmp_path):
    """A queue and a mail folder of this test's own, known to this process and to the worker."""
    settings.VAR = tmp_path
    worker.engine.cache_clear()
    yield tmp_path
    worker.engine.cache_clear()


def database_url():
    """The test database, as the worker is told of it."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{values['NAME']}"
    host = f"{values['HOST']}:{values['PORT']}" if values["PORT"] else values["HOST"]
    return f"postgresql://{values['USER']}:{values['PASSWORD']}@{host}/{values['NAME']}"


@pytest.fixture
def process(queue):
    environment = {
        **os.environ,
        "KEQIAO_VAR": str(queue),
        "KEQIAO_DATABASE": database_url(),
        "KEQIAO_MASTER_KEY_FILE": str(queue / "master.key"),
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, stderr=subprocess.PIPE
    ) as running:
        yield running
        running.kill()


def ask(key):
    with transaction.atomic():
        queue_mail(to=["li@example.com"], subject="受理通知", body="示例正文", key=key)


def done():
    return set(Outbox.objects.filter(state="done").values_list("key", flat=True))


@pytest.mark.slow
@pytest.mark.usefixtures("committing")
def test_the_worker_delivers_runs_jobs_and_stops_on_sigterm(process, queue):
    ask("before the first look")
    wait_until(lambda: done() == {"before the first look"})
    wait_until(
        lambda: (
            TimedJob.objects.filter(name__startswith="keqiao.kernel.tasks", last_at__isnull=False).count()
            == 4
        )
    )
    ask("woken by the commit")  # or a minute later by the clock; that it wakes is asked below
    wait_until(lambda: done() == {"before the first look", "woken by the commit"})
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert len(list((queue / "mail").iterdir())) == 2


@pytest.mark.usefixtures("committing")
def test_many_commits_are_one_look(queue):
    for number in range(5):
        ask(str(number))
    huey, _look = worker.engine()
    assert huey.pending_count() == 1
    huey.execute(huey.dequeue())
    assert huey.pending_count() == 0
    assert len(done()) == 5


@pytest.mark.usefixtures("committing")
def test_a_queue_that_fails_does_not_fail_the_step(queue, settings):
    settings.VAR = queue / "file"
    settings.VAR.write_text("")
    ask("kept")
    assert Outbox.objects.get().state == "waiting"


def test_the_queue_holds_no_pickle(queue):
    worker.wake()
    (message,) = worker.engine().huey.storage.enqueued_items()
    assert message.startswith(b'["')
    assert message.endswith(b'"keqiao.kernel.platform.worker.look"]')


def test_what_someone_else_wrote_into_the_queue_runs_nothing(queue):
    import pickle

    huey, _look = worker.engine()
    huey.storage.enqueue(pickle.dumps(print))
    with pytest.raises(ValueError):
        huey.dequeue()
