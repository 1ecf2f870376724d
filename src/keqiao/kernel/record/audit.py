"""Checking the record where it lives: every row against its hash, every hash against the seals.

Finds what was edited, removed, reordered, cut off or put in. A log rebuilt from scratch by someone who holds
both the database and the key is sound in itself: only a seal kept elsewhere shows it, so hand such seals in.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.files.file_errors import CorruptData, MissingKey
from keqiao.kernel.models import CaseCounter, Entry, Payload, Seal, SealKey
from keqiao.kernel.record import append_only, merkle
from keqiao.kernel.record.canonical import NotRecordable, canonical, stamp
from keqiao.kernel.record.journal import CAUSED_BY, ERASE, HEADER, commitment
from keqiao.kernel.record.seal_keys import endorsement_of, is_signed, key_id
from keqiao.kernel.record.sealed_payload import open_sealed
from keqiao.kernel.record.sealing import statement
from keqiao.kernel.record.tiles import DamagedLogError, Tiles

FAULTS = {
    "unguarded": _("is not guarded by its triggers; run migrate"),
    "edited": _("was edited: the columns do not say what the header says"),
    "leaf": _("was edited: the header is not the one that was hashed"),
    "place": _("is not the entry that was sealed at this place"),
    "removed": _("was removed: the log has a place without an entry"),
    "unsealed": _("has a place in the log, but no seal covers it: a seal was removed"),
    "gap": _("does not follow the entry before it in its case: one was removed or moved"),
    "counter": _("has a counter that does not fit its entries: the last ones were cut off"),
    "payload": _("has a payload that is not the one recorded"),
    "lost": _("has no payload, and no entry says that it was erased"),
    "files": _("names other files than its header"),
    "services": _("names other services than its header"),
    "key": _("is a key that its predecessor did not vouch for in this form"),
    "seal": _("was edited: the columns do not say what was signed"),
    "signature": _("carries a signature that does not hold"),
    "chain": _("does not name the seal before it: one was removed or rewritten"),
    "root": _("does not cover the entries that are there now"),
    "tiles": _("entries: the stored tree does not lead to the root of the newest seal"),
    "receipt": _("was given out, and is not in the log: the log was rebuilt or cut off"),
    "foreign": _("is a receipt that no key of this log signed"),
}


@dataclass(frozen=True)
class Finding:
    code: str
    where: str

    @property
    def message(self) -> str:
        return str(FAULTS[self.code])


def verify_log(*, receipts: Iterable[bytes] = ()) -> list[Finding]:
    """All that is wrong with the record; empty when it is whole and holds every receipt."""
    return [
        *(Finding("unguarded", table) for table in append_only.missing(connection)),
        *_keys(),
        *_seals(),
        *_Entries().check(),
        *(finding for receipt in receipts for finding in _receipt(receipt)),
    ]


def _keys() -> Iterator[Finding]:
    former = ""
    for row in SealKey.objects.order_by("id"):
        vouched = not row.endorsement or is_signed(former, row.endorsement, _endorsed(row))
        if row.key_id != key_id(row.public) or not vouched:
            yield Finding("key", row.key_id)
        former = row.public


def _endorsed(row: SealKey) -> bytes:
    old = SealKey.objects.filter(id__lt=row.id).order_by("-id").values_list("key_id", flat=True).first()
    return endorsement_of(row, old or "")


def _seals() -> Iterator[Finding]:
    number, size, previous, newest = 0, 0, "", None
    for seal in Seal.objects.select_related("key").order_by("number").iterator():
        where = f"seal {seal.number}"
        if seal.body != statement(seal):
            yield Finding("seal", where)
        if not is_signed(seal.key.public, seal.signature, seal.body.encode()):
            yield Finding("signature", where)
        if (seal.number, seal.previous) != (number + 1, previous) or seal.n <= size:
            yield Finding("chain", where)
        number, size, previous, newest = seal.number, seal.n, seal.hash, seal
    if newest and _root(newest.n) != newest.root:
        yield Finding("tiles", str(newest.n))


def _root(size: int) -> str:
    try:
        return Tiles().root(size).hex()
    except DamagedLogError:
        return ""


class _Entries:
    """One walk in the order of the log, growing the tree anew, then over what waits for the next seal."""

    def __init__(self) -> None:
        seals = Seal.objects.order_by("number").values_list("n", "root", "number")
        self._roots = {n: (root, number) for n, root, number in seals}
        self._size = max(self._roots, default=0)
        self._log, self._edge = Tiles(), merkle.Frontier()
        self._last: dict[str, int] = defaultdict(int)
        self._bare: dict[tuple[str, int], str] = {}

    def check(self) -> Iterator[Finding]:
        entries = Entry.objects.select_related("said").prefetch_related("files", "services")
        for entry in entries.filter(n__isnull=False).order_by("n").iterator(chunk_size=1000):
            yield from self._placed(entry, entry.n or 0)
            yield from self._entry(entry, str(entry))
        yield from self._removed_before(self._size)
        for entry in entries.filter(n__isnull=True).order_by("id").iterator(chunk_size=1000):
            yield from self._entry(entry, str(entry))
        yield from (Finding("lost", where) for where in self._bare.values())
        yield from self._counters()

    def _placed(self, entry: Entry, place: int) -> Iterator[Finding]:
        yield from self._removed_before(place)
        if place >= self._size:
            yield Finding("unsealed", str(entry))
            return
        sealed = self._sealed_leaf(place) or bytes(entry.leaf)
        if sealed != bytes(entry.leaf):
            yield Finding("place", str(entry))
        yield from self._grow(sealed)

    def _removed_before(self, place: int) -> Iterator[Finding]:
        """The stored hash stands in for a removed entry, so that what follows can still be checked."""
        while self._edge.size < min(place, self._size):
            yield Finding("removed", f"log {self._edge.size}")
            yield from self._grow(self._sealed_leaf(self._edge.size))

    def _grow(self, leaf: bytes) -> Iterator[Finding]:
        self._edge.append(leaf)
        root, number = self._roots.get(self._edge.size, ("", 0))
        if root and self._edge.root().hex() != root:
            self._roots.clear()  # all later ones would differ as well
            yield Finding("root", f"seal {number}")

    def _sealed_leaf(self, place: int) -> bytes:
        try:
            return self._log.node(0, place)
        except DamagedLogError:
            return b""

    def _entry(self, entry: Entry, where: str) -> Iterator[Finding]:
        if merkle.leaf_hash(entry.header.encode()) != bytes(entry.leaf):
            yield Finding("leaf", where)
        header = _parsed(entry.header)
        files, committed = header.pop("files", None), header.pop("payload", "")
        services = header.pop("services", None)
        header.pop(CAUSED_BY, None)  # which no column repeats
        if _columns(entry) != {"level": 0, **header}:  # entries older than the level have none
            yield Finding("edited", where)
        # Entries made before steps named their services have them as an index only, by what they were about.
        if services is not None and sorted(service.code for service in entry.services.all()) != services:
            yield Finding("services", where)
        if sorted(file.sha256 for file in entry.files.all()) != files:
            yield Finding("files", where)
        if entry.case_n != self._last[entry.case] + 1:
            yield Finding("gap", where)
        self._last[entry.case] = entry.case_n
        yield from self._payload(entry, committed, where)

    def _payload(self, entry: Entry, committed: str, where: str) -> Iterator[Finding]:
        said: Payload | None = getattr(entry, "said", None)
        if said is None or said.sealed is None:
            self._bare[entry.case, entry.case_n] = where
            return
        try:
            opened = open_sealed(entry_id=entry.pk, sealed=bytes(said.sealed))
        except (CorruptData, MissingKey):
            yield Finding("payload", where)
            return
        if commitment(opened.salt, opened.body.encode()) != committed:
            yield Finding("payload", where)
        elif entry.operation == ERASE:
            self._bare.pop((entry.case, json.loads(opened.body)["erased"]), None)

    def _counters(self) -> Iterator[Finding]:
        counters = dict(CaseCounter.objects.values_list("case", "last"))
        for case in sorted(counters.keys() | self._last.keys()):
            if counters.get(case) != self._last.get(case):
                yield Finding("counter", case)


def _parsed(header: str) -> dict[str, Any]:
    try:
        value = json.loads(header)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _columns(entry: Entry) -> dict[str, Any]:
    """What the header must say, by the columns."""
    same = (
        "actor_id", "actor_label", "case", "case_n", "clause", "level", "operation", "subject_id", "subject_type",
    )  # fmt: skip
    return {"at": stamp(entry.at), "kind": HEADER, **{name: getattr(entry, name) for name in same}}


def _receipt(receipt: bytes) -> Iterator[Finding]:
    """A seal that was given out must be here as it was; one signed by no key of ours says nothing."""
    held = _parsed(receipt.decode("utf-8", "replace"))
    try:
        body, number = canonical(held["seal"]), held["seal"]["number"]
    except (NotRecordable, RecursionError, LookupError, TypeError):
        yield Finding("foreign", "seal")
        return
    publics = SealKey.objects.values_list("public", flat=True)
    if not any(is_signed(public, str(held.get("signature")), body) for public in publics):
        yield Finding("foreign", f"seal {number}")
    elif not any(own.receipt == receipt.strip() for own in Seal.objects.filter(number=number)):
        yield Finding("receipt", f"seal {number}")
