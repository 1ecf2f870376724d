"""The keys of a site and the pinned one, copied apart from the data, and told apart by numbers that say nothing of them."""

import os
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from keqiao.kernel.backup.databases import Rows
from keqiao.kernel.backup.manifest import BackupError
from keqiao.kernel.files.file_errors import DamagedMasterKey
from keqiao.kernel.files.master_key import ids_of
from keqiao.kernel.record import pinned
from keqiao.kernel.record.seal_keys import numbers_of

MASTER, SEAL, PINNED = "master.key", "seal.key", "seal.key.pinned"


def places() -> dict[str, Path]:
    """Where each lies on this site."""
    folder = Path(settings.VAR) / "secrets"
    return {
        "django.key": folder / "django.key",
        "second-factor.key": folder / "second-factor.key",
        MASTER: Path(settings.MASTER_KEY_FILE),
        SEAL: Path(settings.SEAL_KEY_FILE),
        PINNED: pinned.path(),  # by which the restored log is known to be ours
    }


def needed(rows: Rows) -> dict[str, tuple[str, ...]]:
    """What the key files must hold for this database. A rotation since then may have added keys to them."""
    masters = sorted(number for (number,) in rows("SELECT DISTINCT master_id FROM kernel_enterprisekey"))
    seals = sorted(number for (number,) in rows("SELECT key_id FROM kernel_sealkey WHERE until IS NULL"))
    others = {
        name: tuple(sorted(held(name, path)))
        for name, path in places().items()
        if name not in {MASTER, SEAL, PINNED} and path.is_file()
    }
    return {**others, MASTER: tuple(masters), SEAL: tuple(seals)}


def check(folder: Path, wanted: dict[str, tuple[str, ...]]) -> None:
    """Raises BackupError unless the files in `folder` are the keys of that backup."""
    for name, numbers in wanted.items():
        path = folder / name
        if numbers and not path.is_file():
            raise BackupError(f"{name} is not in {folder}, and without it this backup can't be read.")
        if numbers and not set(numbers) <= held(name, path):
            raise BackupError(
                f"{path} does not hold the key that this backup needs ({', '.join(numbers)}): it is of another site, "
                "or of another time. Find the keys that were kept with this backup."
            )


def copy_to(folder: Path) -> None:
    """For their owner only. A site that has sealed nothing yet has not all of them."""
    folder.mkdir(parents=True, mode=0o700)
    for name, path in places().items():
        if path.is_file():
            _write(folder / name, path.read_bytes())


def lay(folder: Path) -> None:
    """Put them where this site keeps them. What settings made anew at their first reading gives way; a master or seal key
    that is there already was put there by somebody, and stays."""
    for name, path in places().items():
        if not (folder / name).is_file() or (name in {MASTER, SEAL, PINNED} and path.exists()):
            continue
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        _write(path, (folder / name).read_bytes())


def check_in_place(wanted: dict[str, tuple[str, ...]]) -> None:
    """A master or seal key that lies on this machine already must be that of the backup."""
    for name in (MASTER, SEAL):
        path = places()[name]
        if path.exists() and not set(wanted.get(name, ())) <= held(name, path):
            raise BackupError(
                f"{path} is a key of another site. Take it away, or restore on another machine."
            )


def held(name: str, path: Path) -> set[str]:
    """The numbers of the keys in a file."""
    content = path.read_bytes()
    try:
        if name == MASTER:
            return ids_of(content)
        if name == SEAL:
            return numbers_of(content)
    except (DamagedMasterKey, ValueError) as error:
        raise BackupError(f"{path} can't be read as keys: it was damaged.") from error
    return {sha256(b"keqiao key file" + content.strip()).hexdigest()[:16]}


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
