"""One walk over the entries in the order of the log, each against its header, its hash, its place and its case."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from keqiao.kernel.files.file_errors import CorruptData, MissingKey
from keqiao.kernel.models import CaseCounter, Entry, EntryFile, EntryRow, EntryService, Payload, Seal, Tile
from keqiao.kernel.record import merkle, rows
from keqiao.kernel.record.canonical import stamp
from keqiao.kernel.record.findings import Finding, parsed
from keqiao.kernel.record.journal import CAUSED_BY, ERASE, HEADER, ROWS, commitment
from keqiao.kernel.record.sealed_payload import open_sealed
from keqiao.kernel.record.tiles import HASH, DamagedLogError, Tiles


def entries() -> Iterator[Finding]:
    yield from _tiles()
    yield from _Entries().check()
    yield from _strays()


def _tiles() -> Iterator[Finding]:
    newest = Seal.objects.order_by("-number").values_list("n", "root").first() or (0, "")
    stored = sum(
        len(hashes) // HASH for hashes in Tile.objects.filter(level=0).values_list("hashes", flat=True)
    )
    if (newest[0] and _root(newest[0]) != newest[1]) or stored != newest[0]:
        yield Finding("tiles", str(newest[0]))


def _root(size: int) -> str:
    try:
        return Tiles().root(size).hex()
    except DamagedLogError:
        return ""


def _strays() -> Iterator[Finding]:
    """Rows that hang on no entry: nothing above would meet them."""
    there = Entry.objects.values("pk")
    for model in (Payload, EntryFile, EntryService, EntryRow):
        for pk in model._default_manager.exclude(entry_id__in=there).values_list("pk", flat=True):  # noqa: SLF001
            yield Finding("stray", f"{model._meta.label_lower} {pk}")


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
        entries = Entry.objects.select_related("said").prefetch_related("files", "services", "rows")
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
        root, number = self._roots.get(self._edge.size, (None, 0))
        if root is not None and self._edge.root().hex() != root:
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
        header = parsed(entry.header)
        files, committed = header.pop("files", None), header.pop("payload", "")
        # Entries made before steps named their services, and their channel, have them as an index only, by what they
        # were about; since then what a header doesn't name was not served.
        services = header.pop("services", [] if "channel" in header else None)
        for name in (CAUSED_BY, "channel", "os_user"):  # which no column repeats
            header.pop(name, None)
        written = sorted((row.kind, row.number, row.digest) for row in entry.rows.all())
        if (rows.sealed_list(written) if written else None) != header.pop(ROWS, None):
            yield Finding("rows", where)
        if _columns(entry) != {"level": 0, **header}:  # entries older than the level have none
            yield Finding("edited", where)
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


def _columns(entry: Entry) -> dict[str, Any]:
    """What the header must say, by the columns."""
    same = (
        "actor_id",
        "actor_label",
        "case",
        "case_n",
        "clause",
        "level",
        "operation",
        "subject_id",
        "subject_type",
    )
    return {"at": stamp(entry.at), "kind": HEADER, **{name: getattr(entry, name) for name in same}}
