"""The archive pack, clause 6.5: what was done, and everything an outsider needs to check it without us."""

import os
import re
import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from keqiao.kernel.models import Entry, Payload, Seal, SealKey
from keqiao.kernel.record import seal_keys, sealing, tiles
from keqiao.kernel.record.canonical import canonical, plain, stamp
from keqiao.kernel.record.locks import SEALING, hold
from sheets.letters import is_shown

KIND = "keqiao-pack/1"
UNTIDY = frozenset(':*?"<>|\u2028\u2029')
LONGEST = 120  # bytes of a file's name
_OURS = re.compile(r"^from keqiao\.kernel\.record\.(\w+) import .*\n", re.MULTILINE)
_STARTS = re.compile(r"^from __future__ .*\n", re.MULTILINE)  # which belongs at the beginning of a file
Opener = Callable[[], AbstractContextManager[BinaryIO]]


class PackError(Exception):
    """The pack would not stand up to its own verifier; the message says what to do first."""


def write_pack(
    *,
    target: Path,
    title: str,
    records: Iterable[Entry],
    files: Iterable[tuple[str, str, Opener]],
    documents: Iterable[tuple[str, bytes, str]],
    index_html: bytes,
    facts: dict[str, Any],
    withheld: Collection[int] = frozenset(),
) -> Path:
    """Write a pack in bounded memory: the same contents make the same bytes. Whole or not at all.

    `files` (SHA-256, name, opener) must each be named by a record; `documents` are (name, bytes, SHA-256). Of the entries
    whose numbers are `withheld`, header and proof go in, and not what was said.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                _Pack(archive, title=title, facts=facts, withheld=withheld).write(
                    records, files, documents, index_html
                )
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


class _Pack:
    def __init__(
        self, archive: zipfile.ZipFile, *, title: str, facts: dict[str, Any], withheld: Collection[int]
    ) -> None:
        newest = sealing.newest_seal()
        if newest is None:
            raise PackError(_("Nothing has been sealed yet; run the sealer, then make the pack."))
        self._archive, self._title, self._facts, self._newest = archive, title, facts, newest
        self._withheld = withheld
        self._log = tiles.Tiles()
        self._members: list[dict[str, Any]] = []
        self._cases: Counter[str] = Counter()
        self._named: set[str] = set()

    def write(
        self,
        records: Iterable[Entry],
        files: Iterable[tuple[str, str, Opener]],
        documents: Iterable[tuple[str, bytes, str]],
        index_html: bytes,
    ) -> None:
        self._add("README.txt", [_data("pack_readme.txt")])
        self._add("index.html", [index_html])
        self._add("verify.py", [verifier()])
        self._add("records.jsonl", self._records(records))
        self._add("seals.jsonl", self._seals())
        for place, (name, content, digest) in enumerate(sorted(documents), 1):
            self._add(member_name("documents", place, name), [content], stored=True, expected=digest)
        for place, (digest, name, opener) in enumerate(sorted(files, key=lambda file: (file[1], file[0])), 1):
            self._add_file(member_name("files", place, name), digest, opener)
        self._sign()

    def _records(self, records: Iterable[Entry]) -> Iterator[bytes]:
        for entry, said in _in_order(records):
            proof = sealing.prove(entry, log=self._log, under=self._newest)
            self._cases[entry.case] += 1
            self._named.update(entry.files_named)
            path = [node.hex() for node in proof.path]
            yield _record_line(entry, said, path, withheld=entry.pk in self._withheld)

    def _seals(self) -> Iterator[bytes]:
        size = 0
        for seal in Seal.objects.filter(number__lte=self._newest.number).order_by("number").iterator():
            growth = canonical([node.hex() for node in self._log.growth(size, seal.n)])
            yield b'{"growth":' + growth + b"," + seal.receipt[1:] + b"\n"
            size = seal.n

    def _add_file(self, name: str, digest: str, opener: Opener) -> None:
        if digest not in self._named:
            raise PackError(
                _("The file “%(name)s” is named by no record of this pack; record it or leave it out.")
                % {"name": name}
            )
        with opener() as source:
            self._add(name, iter(lambda: source.read(1 << 16), b""), stored=True, expected=digest)

    def _sign(self) -> None:
        with transaction.atomic():
            hold(SEALING)
            key, private = seal_keys.current(now=self._newest.at)
            keys = [_key_line(row) for row in SealKey.objects.order_by("id")]
        self._add("keys.jsonl", keys)
        manifest = canonical(
            {
                "at": stamp(self._newest.at),
                "cases": dict(self._cases),
                "facts": plain(self._facts, "facts"),
                "key": key.key_id,
                "kind": KIND,
                "members": sorted(self._members, key=lambda member: str(member["name"])),
                "seal": self._newest.hash,
                "title": self._title,
                "withheld": len(self._withheld),
            }
        )
        self._add("manifest.json", [manifest, b"\n"])
        self._add("manifest.sig", [private.sign(manifest).hex().encode(), b"\n"])

    def _add(self, name: str, parts: Iterable[bytes], *, stored: bool = False, expected: str = "") -> None:
        """Files are stored as they are: the verifier takes what packs too well for a bomb."""
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        digest, size = sha256(), 0
        with self._archive.open(info, "w", force_zip64=name.endswith(".jsonl")) as member:
            for part in parts:
                digest.update(part)
                size += member.write(part)
        if expected and digest.hexdigest() != expected:
            raise PackError(
                _("“%(name)s” does not hold what was recorded; restore it from the backup.") % {"name": name}
            )
        self._members.append({"name": name, "sha256": digest.hexdigest(), "size": size})


def member_name(folder: str, place: int, name: str) -> str:
    """A name that every system can unpack, that cannot leave its folder, and that no other member has."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    plain_name = "".join(letter if letter not in UNTIDY and is_shown(letter) else "_" for letter in last)
    stem, dot, ending = plain_name.rpartition(".")
    ending = dot + ending if stem and len(ending) <= 8 and ending.isascii() else ""  # noqa: PLR2004  .markdown
    stem = plain_name.removesuffix(ending) if ending else plain_name
    short = stem.encode("utf-8", "replace")[: LONGEST - len(ending)].decode("utf-8", "ignore")
    return f"{folder}/{place:04d}-{short}{ending}".rstrip(" .")


def _in_order(records: Iterable[Entry]) -> Iterator[tuple[Entry, Payload | None]]:
    if isinstance(records, QuerySet):
        ordered = records.select_related("said").order_by("case", "case_n").iterator(chunk_size=500)
    else:
        ordered = iter(sorted(records, key=lambda entry: (entry.case, entry.case_n)))
    for entry in ordered:
        yield entry, getattr(entry, "said", None)


def _record_line(entry: Entry, said: Payload | None, proof: list[str], *, withheld: bool) -> bytes:
    """Canonical by putting canonical pieces together in the order of their names."""
    opened = None if said is None or withheld else said.opened
    body, salt = (opened.body, opened.salt.hex()) if opened else ("null", None)
    start = f'{{"header":{entry.header},"n":{entry.n},"payload":{body},"proof":'.encode()
    end = b',"withheld":true}\n' if withheld else b"}\n"
    return start + canonical(proof) + b',"salt":' + canonical(salt) + end


def _key_line(row: SealKey) -> bytes:
    line = {
        "endorsement": row.endorsement,
        "key": row.key_id,
        "public": row.public,
        "since": stamp(row.since),
        "until": None if row.until is None else stamp(row.until),
    }
    return canonical(line) + b"\n"


def verifier() -> bytes:
    """The verifier as one file that needs nothing but Python: its parts stand where `verify.py` imports them."""
    return _OURS.sub(
        lambda part: _STARTS.sub("", _data(f"{part[1]}.py").decode()), _data("verify.py").decode()
    ).encode()


def _data(name: str) -> bytes:
    return resources.files("keqiao.kernel.record").joinpath(name).read_bytes()
