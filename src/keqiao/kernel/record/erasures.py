"""What was erased stays erased when an older database is put back: a list beside the database, and in every backup.

It names entries by the hash of their header, which tells nothing of what they said. It is written anew from the database
after each erasure, with each backup and every day, and never loses a line: so it may lie on another disk or be copied away.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from keqiao.kernel.models import Payload


def known() -> frozenset[str]:
    """Leaf hashes, in hex, of all entries whose content was erased: those in the database, and those in the list."""
    erased = Payload.objects.filter(sealed=None).values_list("entry__leaf", flat=True)
    return frozenset(bytes(leaf).hex() for leaf in erased) | read(_path())


def keep() -> None:
    """Bring the list up to what is known. Two writers at once both write all they know, and the next time heals the rest."""
    leaves = known()
    path = _path()
    if leaves == read(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(as_text(leaves))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("ascii").split()) if path.exists() else frozenset()


def as_text(leaves: Iterable[str]) -> str:
    return "".join(f"{leaf}\n" for leaf in sorted(leaves))


def _path() -> Path:
    return Path(settings.ERASURES_FILE)
