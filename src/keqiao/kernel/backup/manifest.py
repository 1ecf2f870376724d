"""What a backup says of itself: its members with their hashes, what may read it, which keys it needs, its newest seal.

Written last. A folder without it is half a backup, and is refused.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

KIND = "keqiao-backup/1"
NAME = "backup.json"
BLOCK = 1 << 20


class BackupError(Exception):
    """A backup, restore or drill that is refused; the message says why and what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str  # within the folder
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    at: str  # UTC
    site: str  # "demo" or "real"
    database: str  # "sqlite" or "postgresql"
    migrations: tuple[str, ...]  # "app.name" of all that had been applied
    keys: dict[str, tuple[str, ...]]  # what each key file must hold, by numbers that tell nothing of the keys
    receipt: str  # the newest seal as it is given away; empty where nothing was sealed yet
    members: tuple[Member, ...]

    def write(self, folder: Path) -> None:
        text = json.dumps({"kind": KIND, **asdict(self)}, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Raises BackupError for what is no backup, is cut off, or was written in another form."""
    path = folder / NAME
    if not path.is_file():
        raise BackupError(
            f"{folder} holds no {NAME}: it is no backup, or one that was cut off while it was made. Take another."
        )
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        kind = stated.pop("kind")
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BackupError(f"{path} can't be read: it was damaged. Take another backup.") from error
    if kind != KIND:
        raise BackupError(
            f"{path} is of the form {kind!r}, and this program reads {KIND!r}. Restore it with the Keqiao it was made by."
        )
    return _manifest(path, stated)


def _manifest(path: Path, stated: dict[str, Any]) -> Manifest:
    try:
        return Manifest(
            **{
                **stated,
                "migrations": tuple(stated["migrations"]),
                "keys": {name: tuple(ids) for name, ids in stated["keys"].items()},
                "members": tuple(Member(**member) for member in stated["members"]),
            }
        )
    except (LookupError, AttributeError, TypeError) as error:
        raise BackupError(f"{path} lacks what a backup says of itself. Take another backup.") from error


def check_members(folder: Path, manifest: Manifest) -> None:
    """Every member is there as it was written, and nothing else is. Reads all of it."""
    wanted = {member.name: member for member in manifest.members}
    there = {file.relative_to(folder).as_posix() for file in files_below(folder)} - {NAME}
    if lacking := sorted(wanted.keys() - there):
        raise BackupError(f"Half a copy: {_some(lacking)} not there. Copy the backup again, or take another.")
    if strange := sorted(there - wanted.keys()):
        raise BackupError(
            f"In the folder of the backup lies what doesn't belong to it: {_some(strange)}. Take it out."
        )
    for name, member in wanted.items():
        with (folder / name).open("rb") as file:
            if digest_of(file) != (member.sha256, member.size):
                raise BackupError(f"{name} is not what was written. Copy the backup again, or take another.")


def files_below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def digest_of(file: BinaryIO, copy: BinaryIO | None = None) -> tuple[str, int]:
    """Hash and size of what is read from `file`, and on the way written to `copy`."""
    digest, size = sha256(), 0
    while block := file.read(BLOCK):
        digest.update(block)
        size += len(block)
        if copy is not None:
            copy.write(block)
    return digest.hexdigest(), size


def _some(names: Iterable[str]) -> str:
    several = list(names)
    more = f" and {len(several) - 3} more" if len(several) > 3 else ""  # noqa: PLR2004
    return ", ".join(several[:3]) + more
