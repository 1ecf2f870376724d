"""What a site must have before it starts, and who else on the machine may read it.

A secret that is gone is never made anew in silence: what was sealed, signed or enrolled under the old one would be lost
behind the new. So whoever starts the site is told which file is gone and what to do.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from keqiao.config import environment

FILE, FOLDER = 0o600, 0o700
ROTATE = "rotate_seal_key(lost=True) takes a new one, and every pack and audit says so from then on."


class NotStarting(Exception):  # noqa: N818 - says what happens
    """The site doesn't start; the message says why and what to do."""


def keep_to_ourselves() -> None:
    """What is written from now on is for our own account; what lies open already is closed, and said."""
    os.umask(0o077)
    for path in _private():
        wanted = FOLDER if path.is_dir() else FILE
        if stat.S_IMODE(path.stat().st_mode) & ~wanted:
            _close(path, wanted)


def _close(path: Path, wanted: int) -> None:
    try:
        path.chmod(wanted)
    except OSError as fault:
        raise NotStarting(
            f"{path} can be read by other accounts of this machine, and this one may not change that ({fault.strerror}): "
            f"chmod {wanted:o} it as its owner."
        ) from fault
    sys.stderr.write(f"{path} could be read by other accounts of this machine; it is closed now.\n")


def _private() -> Iterator[Path]:
    """A closed folder closes what is in it, so a large vault isn't walked through."""
    keys = [Path(settings.MASTER_KEY_FILE), Path(settings.SEAL_KEY_FILE)]
    folders = {environment.VAR / name for name in ("secrets", "mail", "logs", "demo", "backups")}
    folders |= {Path(settings.VAULT_ROOT)} | {
        key.parent for key in keys if environment.VAR in key.parents and key.parent != environment.VAR
    }
    files = [*environment.VAR.glob("*.sqlite3*"), *keys]
    files += [path for folder in folders if folder != Path(settings.VAULT_ROOT) for path in folder.glob("*")]
    yield from (path for path in sorted({*folders, *files}) if path.exists() and not path.is_symlink())


def check() -> None:
    """Raises NotStarting for a database of a newer version, and for a site that lost one of its keys or its files."""
    from keqiao.kernel.platform import migrations

    if newer := migrations.unknown():
        raise NotStarting(
            f"The database was used by a newer version of Keqiao ({', '.join(newer)}). Start that version, or put back "
            "the backup that belongs to this one."
        )
    for table, holds, words in _needed():
        if _has_rows(table) and not holds():
            raise NotStarting(words)


def _has_rows(table: str) -> bool:
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own names
        return cursor.fetchone() is not None


def _needed() -> Iterator[tuple[str, Callable[[], bool], str]]:
    """A table whose rows are of no use without a file, whether the file is there, and what to say."""
    from keqiao.kernel.record import seal_keys

    back = "Put it back from the copy of the keys."
    yield (
        "kernel_enterprisekey",
        Path(settings.MASTER_KEY_FILE).is_file,
        f"The master key {settings.MASTER_KEY_FILE} is gone. {back} Without it no file and no entry of the record opens.",
    )
    yield (
        "kernel_sealkey",
        seal_keys.is_at_hand,
        f"The seal key in use is not in {settings.SEAL_KEY_FILE}. {back} If it is lost for good: {ROTATE}",
    )
    yield (
        "kernel_blob",
        Path(settings.VAULT_ROOT).is_dir,
        f"The vault {settings.VAULT_ROOT} is gone, and the database names files in it. Put it back from the backup.",
    )
