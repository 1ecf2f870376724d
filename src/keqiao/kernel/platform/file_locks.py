"""Locks of one machine that its processes and their threads share. Whoever dies lets go: the system sees to it."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass
class FileLock:
    _handle: int | None

    def release(self) -> None:
        """A second time does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def try_lock(name: str) -> FileLock | None:
    """The lock of this name, None while another holds it, be it a thread of this process. Each machine has its own, also
    where they share a folder."""
    folder = Path(settings.VAR) / "locks"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / f"{name}@{os.uname().nodename}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return FileLock(handle)
