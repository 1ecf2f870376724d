"""The worker process: huey calls outbox and timed jobs every minute, and the outbox after a commit.

What has to happen is in the database. The queue carries nothing but "have a look", as JSON: losing it loses
nothing, and whoever can write to it can't have code run.
"""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.api import TaskWrapper
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer

from keqiao.kernel.platform.channel import Channel, entered
from keqiao.kernel.platform.jobs import run_due_jobs
from keqiao.kernel.platform.outbox import run_due

WORKERS = 2  # a long job holds up neither mail nor the clock


class PlainSerializer(Serializer):  # type: ignore[misc]
    """JSON in place of pickle. Our tasks take no arguments, so id and name are all there is."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps([data.id, data.name]).encode()

    def _deserialize(self, data: bytes) -> Message:
        task_id, name = json.loads(data)
        return Message(id=task_id, name=name)


class Engine(NamedTuple):
    huey: Huey
    look: TaskWrapper


@cache
def engine() -> Engine:
    options = {"results": False, "serializer": PlainSerializer()}
    if settings.QUEUE_URL:
        huey = RedisHuey("keqiao", url=settings.QUEUE_URL, **options)
    else:
        Path(settings.VAR).mkdir(parents=True, exist_ok=True)
        huey = SqliteHuey("keqiao", filename=str(Path(settings.VAR) / "huey.sqlite3"), **options)
    huey.periodic_task(crontab())(tick)
    return Engine(huey, huey.task()(look))


def tick() -> None:
    """Every minute: timed jobs, and whatever in the outbox became due by waiting."""
    close_old_connections()
    with entered(Channel.JOB):
        run_due_jobs(now=timezone.now())
        run_due(now=timezone.now())
    close_old_connections()


def look() -> None:
    close_old_connections()
    with entered(Channel.JOB):
        run_due(now=timezone.now())
    close_old_connections()


def wake() -> None:
    """Have the worker look at the outbox. A look not yet begun will see all that is committed before."""
    huey, enqueue_look = engine()
    if not huey.pending_count():
        enqueue_look()


def run_worker() -> None:
    """Run until SIGTERM or SIGINT; what is being delivered is finished first."""
    Consumer(engine().huey, workers=WORKERS, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=60).run()
