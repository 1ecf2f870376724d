"""The vault's folder: files appear whole or not at all, and what no row refers to is swept away."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from keqiao.kernel.files.file_errors import MissingFile, StoreFault, StoreFull

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DRAFTS = "drafts"


def exists(*, path: str) -> bool:
    return (_root() / path).is_file()


def write_file(*, path: str, fill: Callable[[BinaryIO], None]) -> None:
    """Draft, fsync, rename, fsync of the folder: after this returns the file survives a power cut."""
    target = _root() / path
    draft = _root() / DRAFTS / secrets.token_hex(16)
    with _clear_faults():
        for folder in (target.parent, draft.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            _fill_draft(draft, fill)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(target.parent)
        sync_folder(_root())


def open_file(*, path: str) -> BinaryIO:
    try:
        return (_root() / path).open("rb")
    except FileNotFoundError as error:
        raise MissingFile(path=path) from error
    except OSError as error:
        raise StoreFault(fact=error.strerror) from error


def file_size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def files_before(*, moment: datetime) -> Iterator[str]:
    """Paths of everything older than `moment`, drafts included."""
    for file in _root().glob("*/*"):
        with suppress(FileNotFoundError):  # a draft may become a file while this looks
            if file.stat().st_mtime < moment.timestamp():
                yield file.relative_to(_root()).as_posix()


def remove_file(*, path: str) -> None:
    (_root() / path).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill_draft(draft: Path, fill: Callable[[BinaryIO], None]) -> None:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _clear_faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreFull if error.errno in FULL else StoreFault(fact=error.strerror) from error


def _root() -> Path:
    return Path(settings.VAULT_ROOT)
