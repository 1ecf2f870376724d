"""Effects outside the database: written down in the business transaction, had after it, at least once.

A handler is given the payload and the key. If it only writes the database it runs in the transaction that
ticks the row off, and so has its effect exactly once. If it speaks to the outside it is registered with
`external=True` and runs outside any transaction; should the worker die between the effect and the tick, the
effect is had again, so such a handler passes the key on (the Message-ID of a mail) or asks first whether it
was done.
"""

import logging
import secrets
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from keqiao.kernel.models.outbox import Outbox

log = logging.getLogger(__name__)
Handler = Callable[..., None]
WAITING, DONE, DEAD = Outbox.State.WAITING, Outbox.State.DONE, Outbox.State.DEAD
LEASE = timedelta(minutes=10)
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=6)
MAX_ATTEMPTS = 12
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class _Registered:
    handle: Handler
    external: bool


class Delivered(NamedTuple):
    done: int
    failed: int


_handlers: dict[str, _Registered] = {}
_wakers: list[Callable[[], None]] = []


def handles(topic: str, *, external: bool = False) -> Callable[[Handler], Handler]:
    """Register the handler of a topic: `handle(*, payload, key)`."""

    def register(handle: Handler) -> Handler:
        if topic in _handlers:
            raise ValueError(f"Topic {topic!r} has two handlers")
        _handlers[topic] = _Registered(handle, external)
        return handle

    return register


def handlers() -> tuple[Handler, ...]:
    return tuple(registered.handle for registered in _handlers.values())


def enqueue(*, topic: str, payload: Mapping[str, Any], key: str) -> Outbox:
    """Ask for an effect once this transaction commits. The same topic and key stay one effect."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("enqueue belongs in the transaction whose effect it is")
    row, created = Outbox.objects.get_or_create(topic=topic, key=key, defaults={"payload": dict(payload)})
    if created:
        transaction.on_commit(
            _wake, robust=True
        )  # should this fail, the worker finds the row within a minute
    return row


def run_due(*, now: datetime, limit: int = 500) -> Delivered:
    """Deliver what is due, each row on its own: one that fails is tried again later and holds up no other."""
    done = failed = 0
    while done + failed < limit and (row := _claim(now)):
        if _deliver(row, now):
            done += 1
        else:
            failed += 1
    return Delivered(done, failed)


def dead_letters() -> QuerySet[Outbox]:
    """What was given up and waits for a person."""
    return Outbox.objects.filter(state=DEAD).order_by("-pk")


def revive(*, row: Outbox, now: datetime) -> bool:
    """Try a dead letter again from the beginning."""
    revived = Outbox.objects.filter(pk=row.pk, state=DEAD).update(state=WAITING, attempts=0, due_at=now)
    return bool(revived)


def forget_delivered(*, now: datetime, kept: timedelta = KEPT) -> int:
    """Remove the rows of effects long had."""
    return Outbox.objects.filter(state=DONE, done_at__lt=now - kept).delete()[0]


def wakes(waker: Callable[[], None]) -> None:
    """Who is told that something waits. The queue stands above the outbox and names itself here at start."""
    _wakers[:] = [waker]


def _wake() -> None:
    for waker in _wakers:
        waker()


def _claim(now: datetime) -> Outbox | None:
    """Take the next due row by compare-and-set. Its due time moves on by the lease: should this worker die,
    another finds it due again then. No row is ever put off longer than the longest retry: one that is due later
    was written while the clock was ahead, and would else wait until then.
    """
    while True:
        ripe = Q(due_at__lte=now) | Q(due_at__gt=now + LONGEST_RETRY)
        due = Outbox.objects.filter(ripe, state=WAITING).defer("due_at", "created_at", "done_at")
        row = due.order_by("due_at", "pk").first()
        if row is None:
            return None
        lease = secrets.token_hex(16)
        # By lease and count, and never by the due time: one that can't be read would be nobody's for ever.
        mine = Outbox.objects.filter(pk=row.pk, state=WAITING, lease=row.lease, attempts=row.attempts)
        if mine.update(lease=lease, due_at=now + LEASE, attempts=F("attempts") + 1):
            row.lease, row.attempts = lease, row.attempts + 1
            return row


def _deliver(row: Outbox, now: datetime) -> bool:
    try:
        _handle(row, now)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises, the row is kept and tried again
        _postpone(row, error, now)
        return False
    return True


def _handle(row: Outbox, now: datetime) -> None:
    registered = _handlers.get(row.topic)
    if registered is None:
        raise LookupError(f"no handler is registered for topic {row.topic!r}")
    if registered.external:
        registered.handle(payload=row.payload, key=row.key)
        _tick(row, now)
        return
    with transaction.atomic():
        _tick(row, now)
        registered.handle(payload=row.payload, key=row.key)


def _tick(row: Outbox, now: datetime) -> None:
    mine = Outbox.objects.filter(pk=row.pk, state=WAITING, lease=row.lease)
    if not mine.update(state=DONE, done_at=now, payload={}, error="", lease=""):
        raise RuntimeError("another worker has taken this row over")


def _postpone(row: Outbox, error: Exception, now: datetime) -> None:
    dead = row.attempts >= MAX_ATTEMPTS
    wait = min(FIRST_RETRY * 2 ** (row.attempts - 1), LONGEST_RETRY)
    log.warning("outbox %s %s: attempt %s failed", row.topic, row.key, row.attempts, exc_info=error)
    Outbox.objects.filter(pk=row.pk, state=WAITING, lease=row.lease).update(
        state=DEAD if dead else WAITING,
        due_at=now + wait,
        lease="",
        error="".join(traceback.format_exception_only(error)).strip()[:2000],
    )
