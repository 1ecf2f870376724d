"""Sealing: committed entries get their place in the log, and a signed statement says what the log now is.

Once a client, an archive pack or a time stamp holds a seal, not even the holder of database and key can
change what lies under it unseen. Before that they can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from keqiao.kernel.models import Entry, Seal, SealKey
from keqiao.kernel.record import merkle, pinned, seal_keys, take_up, tiles
from keqiao.kernel.record.canonical import canonical, stamp
from keqiao.kernel.record.locks import SEALING, hold

KIND = "keqiao-seal/1"
LEAP = timedelta(days=31)
ROUND = 20_000  # entries under one seal: bounds memory, and how long writers wait on SQLite


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That the entry at place `n` lies under `seal`."""

    n: int
    seal: Seal
    path: list[bytes]


class NotSealedError(Exception):
    """The entry has no place in the log yet."""


def seal(*, now: datetime, most: int = ROUND) -> Seal | None:
    """Seal all that is committed; None when there is nothing new. Called after a step, never in its
    transaction: a seal must be durable before anyone can hold it, or its number could be signed twice.
    """
    take_up.what_waits()
    newest = None
    while (batch := _round(now=now, most=most)) is not None:
        newest, count = batch
        if count < most:
            break
    return newest


def newest_seal() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def prove(entry: Entry, *, log: tiles.Tiles | None = None, under: Seal | None = None) -> Proof:
    """That the entry lies under the newest seal, or under the one given."""
    over = under or newest_seal()
    if entry.n is None or over is None or entry.n >= over.n:
        raise NotSealedError(f"{entry} is not sealed yet; run the sealer first.")
    return Proof(
        n=entry.n, seal=over, path=merkle.inclusion_path(entry.n, over.n, (log or tiles.Tiles()).node)
    )


def consistency(old: Seal, new: Seal) -> list[bytes]:
    """The RFC 6962 proof that the log under the old seal is the beginning of the log under the new one."""
    return merkle.consistency_path(old.n, new.n, tiles.Tiles().node)


def _round(*, now: datetime, most: int) -> tuple[Seal, int] | None:
    with transaction.atomic(durable=True):
        hold(SEALING)
        # By "not yet placed", not "after the last one": on PostgreSQL a lower id may be committed later.
        rows = list(Entry.objects.filter(n__isnull=True).order_by("id").values_list("id", "leaf")[:most])
        if not rows:
            return None
        last = newest_seal()
        size = last.n if last else 0
        _place(size, [pk for pk, _leaf in rows])
        tiles.append(size, [bytes(leaf) for _pk, leaf in rows])
        key, private = seal_keys.current(now=now)
        draft = _draft(last, size=size + len(rows), key=key, now=now)
        draft.body = statement(draft)
        draft.signature = private.sign(draft.body.encode()).hex()
        draft.save()
        transaction.on_commit(partial(pinned.keep_newest, draft.receipt), robust=True)
        return draft, len(rows)


def _place(size: int, ids: Sequence[int]) -> None:
    """One statement prepared once, run for each row: several times faster than the ORM's bulk_update."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE kernel_entry SET n = %s WHERE id = %s AND n IS NULL",
            [(size + index, pk) for index, pk in enumerate(ids)],
        )


def _draft(last: Seal | None, *, size: int, key: SealKey, now: datetime) -> Seal:
    """Time never runs back from seal to seal: a clock set back is overruled, and the seal says so. But a clock
    that once jumped ahead isn't followed for ever: the seal that returns to the time says that it does."""
    floor = max(last.at, key.since) if last else key.since
    behind = now < floor
    if behind and _has_jumped(now):
        floor = now
    return Seal(
        number=last.number + 1 if last else 1,
        n=size,
        previous=last.hash if last else "",
        root=tiles.Tiles().root(size).hex(),
        at=max(floor, now),
        clock_behind=behind,
        key=key,
    )


def _has_jumped(now: datetime) -> bool:
    """Whether seals jumped ahead from before `now` to long after it: then they were wrong, and not the clock of today, which
    goes on where the last one before them stood. Of a clock that was set back the seals around its time lie close together."""
    before = Seal.objects.filter(at__lte=now).order_by("-number").first()
    after = before and Seal.objects.filter(number__gt=before.number, at__gt=now).order_by("number").first()
    if before is None:
        return False
    ahead = after.at if after else SealKey.objects.latest("id").since
    return ahead - before.at > LEAP


def statement(sealed: Seal) -> str:
    """The bytes that are signed."""
    return canonical(
        {
            "at": stamp(sealed.at),
            "clock_behind": sealed.clock_behind,
            "key": sealed.key_id,
            "kind": KIND,
            "n": sealed.n,
            "number": sealed.number,
            "previous": sealed.previous,
            "root": sealed.root,
        }
    ).decode()
