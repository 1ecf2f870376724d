"""What the machine that seals keeps of the record outside the database, beside its keys: the first key, each key
that followed a loss, and the newest seal. Whoever has the database alone can't write here, so none of it is believed
because the database says so.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FIRST, AFTER_LOSS = "first", "after-loss"
_LINE = re.compile(rf"({FIRST}|{AFTER_LOSS}) ([0-9a-f]{{64}})")


class DamagedPinError(Exception):
    """The file of the pinned key can't be read; the message says where and what to do."""


@dataclass(frozen=True)
class Pinned:
    first: str = ""  # public, in hex; empty when nothing is pinned yet
    after_loss: frozenset[str] = frozenset()


def path() -> Path:
    return Path(f"{settings.SEAL_KEY_FILE}.pinned")


def read() -> Pinned:
    return read_from(path())


def read_from(file: Path) -> Pinned:
    """Raises DamagedPinError for a file that says anything else."""
    if not file.exists():
        return Pinned()
    found = [_LINE.fullmatch(line) for line in file.read_text("utf-8", "replace").splitlines()]
    lines = [match.groups() for match in found if match]
    if len(lines) != len(found) or [kind for kind, _key in lines].count(FIRST) != 1:
        raise DamagedPinError(
            f"{file} must name the first seal key in one line like “{FIRST} 3f…”; put it back from its backup."
        )
    keys = {kind: {key for named, key in lines if named == kind} for kind in (FIRST, AFTER_LOSS)}
    return Pinned(keys[FIRST].pop(), frozenset(keys[AFTER_LOSS]))


def pin_first(public: str) -> bool:
    """Whether there was no first key here before; a pinned one is never replaced."""
    if read().first:
        return False
    _add(f"{FIRST} {public}\n")
    return True


def note_loss(public: str) -> None:
    """The key that takes over where the one before was lost and can't vouch for it."""
    _add(f"{AFTER_LOSS} {public}\n")


def newest() -> bytes:
    """The newest seal that was made on this machine; empty before the first."""
    file = _newest_path()
    return file.read_bytes() if file.exists() else b""


def keep_newest(receipt: bytes) -> None:
    file = _newest_path()
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as target:
        target.write(receipt)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(file)


def _newest_path() -> Path:
    return Path(f"{settings.SEAL_KEY_FILE}.newest")


def _add(line: str) -> None:
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as target:
        target.write(line)
        target.flush()
        os.fsync(target.fileno())
