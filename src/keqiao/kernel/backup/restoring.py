"""Put a backup back on a machine without a site: all is judged before anything is laid, and verified afterwards."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from keqiao.kernel.backup import databases, key_files
from keqiao.kernel.backup.making import ERASURES
from keqiao.kernel.backup.manifest import BackupError, Manifest, check_members, read
from keqiao.kernel.models import Entry
from keqiao.kernel.models.vault import Blob
from keqiao.kernel.record import erasures
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.record.journal import erase_payload

REASON = "erased before the backup was put back"


@dataclass(frozen=True, kw_only=True)
class Restored:
    at: str  # when the backup was made, UTC
    receipt: str
    entries: int
    files: int
    erasures: int  # replayed
    findings: tuple[str, ...]
    judging_seconds: float
    laying_seconds: float
    verifying_seconds: float


def restore(*, folder: Path, keys: Path, erased: frozenset[str] = frozenset()) -> Restored:
    """`erased`: leaf hashes of erasures that a list kept elsewhere names. Raises BackupError, and then nothing is left
    of what was laid; findings of the verification are told and change nothing: the data stands."""
    began = monotonic()
    manifest = judge(folder=folder, keys=keys)
    judged = monotonic()
    try:
        key_files.lay(keys)
        _lay_files(folder, manifest)
        databases.put_back(folder)
    except BaseException:
        databases.clear()
        shutil.rmtree(settings.VAULT_ROOT, ignore_errors=True)
        raise
    laid = monotonic()
    findings = tuple(verify(manifest))
    replayed = _replay(erased | erasures.read(folder / ERASURES))
    Session.objects.all().delete()  # whoever signed out since then stays out
    return Restored(
        at=manifest.at,
        receipt=manifest.receipt,
        entries=Entry.objects.count(),
        files=Blob.objects.values("path").distinct().count(),
        erasures=replayed,
        findings=findings,
        judging_seconds=judged - began,
        laying_seconds=laid - judged,
        verifying_seconds=monotonic() - laid,
    )


def judge(*, folder: Path, keys: Path) -> Manifest:
    """What the backup says, when it is whole, for this program and this machine, and opened by these keys."""
    manifest = read(folder)
    _fits_program(manifest)
    check_members(folder, manifest)
    key_files.check(keys, manifest.keys)
    key_files.check_in_place(manifest.keys)
    if not databases.is_empty() or Path(settings.VAULT_ROOT).exists():
        raise BackupError(
            "There is a site here already. A backup is put back on a machine without one: name an empty KEQIAO_VAR and an "
            "empty database."
        )
    return manifest


def verify(manifest: Manifest) -> Iterator[str]:
    """The record against its seals and the backup's own, and every file against its row."""
    receipts = [manifest.receipt.encode()] if manifest.receipt else []
    for finding in verify_log(receipts=receipts, files=True):
        yield f"{finding.where}: {finding.message}"


def _fits_program(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise BackupError(
            f"The backup is of {manifest.database}, and KEQIAO_DATABASE names {connection.vendor}. Name a database of the "
            "same kind."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The backup was made by a newer program: this one doesn't know {newer[-1]}. Install the Keqiao it was made by."
        )
    if older := sorted(known - set(manifest.migrations)):
        raise BackupError(
            f"The backup was made by an older program, before {older[0]}. Restore it with that one, then install this one "
            "and run `keqiao prepare`."
        )


def _lay_files(folder: Path, manifest: Manifest) -> None:
    root = Path(settings.VAULT_ROOT)
    root.mkdir(parents=True, mode=0o700)
    for member in manifest.members:
        if member.name.startswith("vault/"):
            target = root / member.name.removeprefix("vault/")
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(folder / member.name, target)
            target.chmod(0o600)


def _replay(leaves: frozenset[str]) -> int:
    """Erase again what the older database still says; each is recorded as an erasure."""
    replayed = 0
    for leaf in sorted(leaves):
        with transaction.atomic():
            entry = Entry.objects.filter(leaf=bytes.fromhex(leaf), said__sealed__isnull=False).first()
            if entry is not None:
                erase_payload(entry=entry, actor=None, reason=REASON)
                replayed += 1
    erasures.keep()
    return replayed
