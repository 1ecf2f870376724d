"""Keys and seals against what is kept outside the database: first the keys, in their order, then each seal by its key."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from keqiao.kernel.models import Seal, SealKey
from keqiao.kernel.record import pinned
from keqiao.kernel.record.canonical import NotRecordable, canonical
from keqiao.kernel.record.findings import Finding, parsed
from keqiao.kernel.record.seal_keys import endorsement_of, is_signed, key_id
from keqiao.kernel.record.sealing import statement


def keys(*, trusted: str = "") -> Iterator[Finding]:
    """The first key is the pinned one; each later one is vouched for by the one before, or follows a loss that was noted
    outside the database. `trusted` is the first key as somebody has it from elsewhere, in hex."""
    pins, former = pinned.read(), None
    wanted = {pin.lower() for pin in (pins.first, trusted) if pin}
    for row in SealKey.objects.order_by("id"):
        if former is None:
            if wanted - {row.public}:
                yield Finding("pin", row.key_id)
        elif former.until != row.since:
            yield Finding("term", former.key_id)
        if not _is_named_by_itself(row) or not _is_in_line(row, former, pins):
            yield Finding("key", row.key_id)
        former = row
    if former is None and wanted:
        yield Finding("pin", "-")
    elif former is not None and former.until is not None:
        yield Finding("term", former.key_id)


def _is_named_by_itself(row: SealKey) -> bool:
    try:
        return row.key_id == key_id(row.public)
    except ValueError:
        return False


def _is_in_line(row: SealKey, former: SealKey | None, pins: pinned.Pinned) -> bool:
    if former is None:
        return not row.endorsement
    if not row.endorsement:
        return row.public in pins.after_loss
    return is_signed(former.public, row.endorsement, endorsement_of(row, former.key_id))


class _Placed(NamedTuple):
    place: int
    row: SealKey


def seals() -> Iterator[Finding]:
    """Without joins: a seal whose key isn't there is looked at like any other."""
    own = {row.key_id: _Placed(place, row) for place, row in enumerate(SealKey.objects.order_by("id"))}
    number, size, previous, turn, time = 0, 0, "", 0, None
    for seal in Seal.objects.order_by("number").iterator():
        where = f"seal {seal.number}"
        key = own.get(seal.key_id)
        if seal.body != statement(seal):
            yield Finding("seal", where)
        if key is None:
            yield Finding("keyless", where)
        elif not is_signed(key.row.public, seal.signature, seal.body.encode()):
            yield Finding("signature", where)
        early = key and (seal.at < key.row.since or (time and seal.at < time))
        if key and (key.place < turn or (early and not seal.clock_behind)):
            yield Finding("turn", where)
        if (seal.number, seal.previous) != (number + 1, previous) or seal.n <= size:
            yield Finding("chain", where)
        number, size, previous, time = seal.number, seal.n, seal.hash, seal.at
        turn = key.place if key else turn


def receipts(given: Iterable[bytes]) -> Iterator[Finding]:
    """Seals that were given out, and the newest that this machine made, must be in the log as they were."""
    for receipt in given:
        yield from _receipt(receipt)
    newest = pinned.newest()
    if newest and not _is_held(newest, number := _number(newest)):
        yield Finding("newest", f"seal {number}")


def _receipt(receipt: bytes) -> Iterator[Finding]:
    """One signed by no key of ours says nothing."""
    held = parsed(receipt.decode("utf-8", "replace"))
    try:
        body, number = canonical(held["seal"]), held["seal"]["number"]
    except (NotRecordable, RecursionError, LookupError, TypeError):
        yield Finding("foreign", "seal")
        return
    pins = pinned.read()
    publics = {*SealKey.objects.values_list("public", flat=True), *pins.after_loss, pins.first}
    if not any(is_signed(public, str(held.get("signature")), body) for public in publics):
        yield Finding("foreign", f"seal {number}")
    elif not _is_held(receipt, number):
        yield Finding("receipt", f"seal {number}")


def _is_held(receipt: bytes, number: object) -> bool:
    return any(own.receipt == receipt.strip() for own in Seal.objects.filter(number=number))


def _number(receipt: bytes) -> int:
    """0 for what is none, which no seal has."""
    said = parsed(receipt.decode("utf-8", "replace")).get("seal")
    number = said.get("number") if isinstance(said, dict) else None
    return number if isinstance(number, int) else 0
