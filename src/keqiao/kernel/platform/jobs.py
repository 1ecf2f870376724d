"""Jobs by the clock: registered with @every, run once however many workers there are."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from keqiao.kernel.models.outbox import TimedJob

log = logging.getLogger(__name__)
Job = Callable[[datetime], object]


@dataclass(frozen=True)
class _Registered:
    run: Job
    interval: timedelta


_jobs: dict[str, _Registered] = {}


def every(*, minutes: int = 0, hours: int = 0, days: int = 0) -> Callable[[Job], Job]:
    """Run the function at this interval; it is given the time. Jobs must not mind being run late or again."""
    interval = timedelta(minutes=minutes, hours=hours, days=days)
    if interval < timedelta(minutes=1):
        raise ValueError("a timed job runs at most once a minute")

    def register(job: Job) -> Job:
        name = f"{job.__module__}.{job.__qualname__}"
        if name in _jobs:
            raise ValueError(f"timed job {name!r} is registered twice")
        _jobs[name] = _Registered(job, interval)
        return job

    return register


def run_due_jobs(*, now: datetime) -> list[str]:
    """Run what is due; the names of what was run. A job that fails is written down and stops no other."""
    return [
        name for name, job in _jobs.items() if _claim(name, job.interval, now) and _run(name, job.run, now)
    ]


def _claim(name: str, interval: timedelta, now: datetime) -> bool:
    """One worker wins the row. A next run further off than the interval means that the clock was set back."""
    TimedJob.objects.get_or_create(name=name, defaults={"next_at": now})
    due = TimedJob.objects.filter(Q(next_at__lte=now) | Q(next_at__gt=now + interval), name=name)
    return bool(due.update(next_at=now + interval, last_at=now))


def _run(name: str, job: Job, now: datetime) -> bool:
    error = ""
    try:
        job(now)
    except Exception as fault:
        log.exception("timed job %s failed", name)
        error = "".join(traceback.format_exception_only(fault)).strip()[:2000]
    TimedJob.objects.filter(name=name).update(error=error)
    return True
