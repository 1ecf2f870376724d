"""Writing the record. Called inside the business transaction: a step and its entry stand or fall together."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from keqiao.kernel.models import Entry, EntryFile, EntryService, Payload
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.channel import way
from keqiao.kernel.record import merkle, rows
from keqiao.kernel.record.canonical import canonical, plain, stamp
from keqiao.kernel.record.sealed_payload import SALT, enterprise_of, seal

ERASE = "journal.erase_payload"
HEADER = "keqiao-entry/1"
SYSTEM = "system"
CAUSED_BY = "caused_by"
ROWS = "rows"
_HASH = re.compile(r"[0-9a-f]{64}")
_CASE = re.compile(r"[a-z_]+:[0-9A-Za-z_-]+")


class JournalError(Exception):
    """The record cannot be written as asked; the message says why and what to do."""


def record(
    *,
    operation: str,
    clause: str,
    actor: Actor | None,
    subject: Model,
    case: str,
    payload: dict[str, Any],
    files: Sequence[str] = (),
    services: Sequence[str] = (),
    caused_by: Mapping[str, Any] | None = None,
    written: rows.Written | None = None,
    level: int = 0,
    at: datetime | None = None,
) -> Entry:
    """Add one entry. `actor=None` is the system itself; `files` are SHA-256 hashes in hex, `services` codes of the items of
    clause 5 that the step serves; `caused_by` names the step that this one follows from; `written` are the rows that the
    step wrote; `level` is the classification of the most secret thing it speaks of."""
    if subject.pk is None:
        raise JournalError(f"{subject._meta.label} has no number yet; save it before recording the step.")
    who = (None, SYSTEM) if actor is None else (actor.pk, actor.name)
    what = {"operation": operation, "clause": clause}
    about = {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}
    return _write(
        who=who,
        about=about,
        what=what,
        case=case,
        enterprise_id=getattr(subject, "enterprise_id", None),
        payload=payload,
        files=files,
        services=services,
        caused_by=caused_by,
        written=rows.digests(written or {}),
        level=level,
        at=at,
    )


def erase_payload(
    *, entry: Entry, actor: Actor | None, reason: str, clause: str = "4.1.5", at: datetime | None = None
) -> Entry:
    """Erase what an entry says and record that. Proofs stay valid: they rest on the commitment."""
    said = Payload.objects.select_for_update().get(entry=entry)
    if entry.operation == ERASE:
        raise JournalError(f"{entry} says that something was erased; it stays.")
    if said.sealed is None:
        raise JournalError(f"{entry} has been erased already.")
    who = (None, SYSTEM) if actor is None else (actor.pk, actor.name)
    about = {"subject_type": entry.subject_type, "subject_id": entry.subject_id}
    payload = {"erased": entry.case_n, "reason": reason}
    what = {"operation": ERASE, "clause": clause}
    erasure = _write(
        who=who,
        about=about,
        what=what,
        case=entry.case,
        enterprise_id=enterprise_of(bytes(said.sealed)),
        payload=payload,
        files=(),
        services=(),
        caused_by=None,
        level=entry.level,
        at=at,
    )
    Payload.objects.filter(entry=entry).update(sealed=None)
    return erasure


def commitment(salt: bytes, body: bytes) -> str:
    """What the header says of the payload. Without the salt a short payload could be guessed from it."""
    return hashlib.sha256(salt + body).hexdigest()


def case_name(kind: str) -> Concat:
    """The case of a row of this kind as an expression, for reading the record of many rows in one query."""
    return Concat(Value(f"{kind}:"), Cast("pk", TextField()), output_field=TextField())


def _write(
    *,
    who: tuple[Any, str],
    what: dict[str, str],
    about: dict[str, Any],
    case: str,
    enterprise_id: int | None,
    payload: dict[str, Any],
    files: Sequence[str],
    services: Sequence[str] = (),
    caused_by: Mapping[str, Any] | None = None,
    written: Sequence[tuple[str, int, str]] = (),
    level: int = 0,
    at: datetime | None,
) -> Entry:
    _check(case, files)
    body, salt = canonical(plain(payload)), secrets.token_bytes(SALT)
    moment = at or timezone.now()
    facts = {
        **what,
        **about,
        "actor_id": who[0],
        "actor_label": who[1],
        "case": case,
        "case_n": _next_number(case),
        "level": int(level),
    }
    codes = sorted(set(services))
    header = canonical(
        {
            **facts,
            **({"services": codes} if codes else {}),
            **way().as_facts(),
            **({ROWS: rows.sealed_list(written)} if written else {}),
            "at": stamp(moment),
            "files": sorted(set(files)),
            "kind": HEADER,
            "payload": commitment(salt, body),
            **({CAUSED_BY: dict(caused_by)} if caused_by else {}),  # absent where a person took the step
        }
    )
    leaf = merkle.leaf_hash(header)
    entry: Entry = Entry.objects.create(**facts, at=moment, header=header.decode(), leaf=leaf)
    sealed = seal(entry_id=entry.pk, enterprise_id=enterprise_id, salt=salt, body=body)
    Payload.objects.create(entry=entry, sealed=sealed)
    rows.keep(entry, written)
    EntryService.objects.bulk_create([EntryService(entry=entry, code=code) for code in codes])
    EntryFile.objects.bulk_create([EntryFile(entry=entry, sha256=sha256) for sha256 in sorted(set(files))])
    return entry


def _check(case: str, files: Sequence[str]) -> None:
    if not connection.in_atomic_block or transaction.get_rollback():
        raise JournalError("An entry belongs in the transaction of its step; use transaction.atomic().")
    if not _CASE.fullmatch(case):
        raise JournalError(f"A case is named like 'engagement:12', not {case!r}.")
    for sha256 in files:
        if not _HASH.fullmatch(sha256):
            raise JournalError(f"A file is named by its SHA-256 in 64 small hex letters, not {sha256!r}.")


def _next_number(case: str) -> int:
    """One statement on both databases; its row stays locked until the step ends: no gap, no double."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO kernel_casecounter ("case", last) VALUES (%s, 1) '
            'ON CONFLICT ("case") DO UPDATE SET last = kernel_casecounter.last + 1 RETURNING last',
            [case],
        )
        return int(cursor.fetchone()[0])
