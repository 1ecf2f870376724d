"""Make a backup while work goes on.

The database first, then the files it names: a file is there before its row, and none that a row names is ever removed.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection

from keqiao.kernel.backup import databases, key_files
from keqiao.kernel.backup.databases import COPY, Rows
from keqiao.kernel.backup.manifest import BackupError, Manifest, Member, digest_of
from keqiao.kernel.files.vault_disk import sync_folder
from keqiao.kernel.models.seals import receipt_of
from keqiao.kernel.record import erasures
from keqiao.kernel.record.canonical import stamp

ERASURES = "erasures.txt"


@dataclass(frozen=True, kw_only=True)
class Made:
    folder: Path
    keys: Path | None
    files: int
    size: int  # bytes
    database_seconds: float
    files_seconds: float


def back_up(*, folder: Path, now: datetime, site: str, keys: Path | None, together: bool = False) -> Made:
    """A new folder below `folder`, whole or not at all, and the keys below `keys`. Raises BackupError."""
    _apart(folder, keys, together=together)
    name = f"keqiao-{stamp(now)[:19].replace(':', '')}"
    target, draft = folder / name, folder / f".{name}.part"
    if target.exists():
        raise BackupError(f"{target} is there already.")
    folder.mkdir(parents=True, exist_ok=True)
    draft.mkdir(mode=0o700)
    try:
        made = _fill(draft, target, now=now, site=site, keys=keys and keys / name)
        sync_folder(draft)
        draft.replace(target)
        sync_folder(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def _apart(folder: Path, keys: Path | None, *, together: bool) -> None:
    """Keys beside the data open it to whoever finds the disk."""
    if keys is None or together:
        return
    data, secrets = folder.resolve(), keys.resolve()
    if data == secrets or data in secrets.parents or secrets in data.parents:
        raise BackupError(
            f"Keys in {keys} would lie with the data in {folder}. Name a folder elsewhere, on another disk at best, "
            "or say --keys-beside."
        )


def _fill(draft: Path, target: Path, *, now: datetime, site: str, keys: Path | None) -> Made:
    began = monotonic()
    with databases.copied(draft) as rows:
        facts = _facts(rows)
        paths = [path for (path,) in rows("SELECT DISTINCT path FROM kernel_blob ORDER BY path")]
    between = monotonic()
    (draft / ERASURES).write_text(erasures.as_text(erasures.known()), "ascii")
    members = [_member(draft / name, name) for name in (COPY[connection.vendor], ERASURES)]
    members += [_copy(Path(settings.VAULT_ROOT) / path, draft, f"vault/{path}") for path in paths]
    Manifest(at=stamp(now), site=site, database=connection.vendor, members=tuple(members), **facts).write(
        draft
    )
    if keys is not None:
        key_files.copy_to(keys)
    return Made(
        folder=target,
        keys=keys,
        files=len(paths),
        size=sum(member.size for member in members),
        database_seconds=between - began,
        files_seconds=monotonic() - between,
    )


def _facts(rows: Rows) -> dict[str, Any]:
    newest = rows("SELECT body, signature FROM kernel_seal ORDER BY number DESC LIMIT 1")
    applied = rows("SELECT app, name FROM django_migrations ORDER BY app, name")
    return {
        "migrations": tuple(f"{app}.{name}" for app, name in applied),
        "keys": key_files.needed(rows),
        "receipt": receipt_of(*newest[0]).decode() if newest else "",
    }


def _member(path: Path, name: str) -> Member:
    with path.open("rb") as file:
        digest, size = digest_of(file)
    return Member(name=name, size=size, sha256=digest)


def _copy(source: Path, draft: Path, name: str) -> Member:
    """Hashed as it is read, and read again from the copy when it is restored."""
    target = draft / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with source.open("rb") as file, target.open("xb") as copy:
            digest, size = digest_of(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
    except FileNotFoundError as error:
        raise BackupError(
            f"The file {source.name} that the database names is not in the vault. Put it back from an earlier backup; "
            "`keqiao audit` names the row."
        ) from error
    return Member(name=name, size=size, sha256=digest)
