"""How a database is copied and dropped: a file of SQLite, a database of the running PostgreSQL."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.db import connections

MAINTENANCE = "postgres"


class Engine(Protocol):
    """Databases go by what Django calls their NAME: a path, or a name on the server."""

    lasting: bool  # whether what is there is still there in the next run

    def name(self, folder: Path, label: str) -> str:
        """Of the database that belongs to a folder and to nothing else of this label."""

    def create(self, target: str) -> None: ...

    def copy(self, source: str, target: str) -> None:
        """Nobody is connected to `source`."""

    def drop(self, target: str) -> None:
        """Whoever is still connected, and though it isn't there."""


class SQLite:
    lasting = True

    def name(self, folder: Path, _label: str) -> str:
        return str(folder / "database.sqlite3")

    def create(self, target: str) -> None:
        """Made when one connects."""

    def copy(self, source: str, target: str) -> None:
        if Path(f"{source}-wal").exists():
            raise RuntimeError(f"{source} is still in use: close its connections before it is copied")
        shutil.copyfile(source, target)

    def drop(self, target: str) -> None:
        for tail in ("", "-wal", "-shm"):
            Path(target + tail).unlink(missing_ok=True)


class PostgreSQL:
    """The server is one of the run's own (tools/postgres.py)."""

    lasting = False

    def __init__(self, settings: dict[str, Any]) -> None:
        names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        self.where = {ours: settings[theirs] for ours, theirs in names.items() if settings[theirs]}

    def name(self, _folder: Path, label: str) -> str:
        return f"test_{label}".replace("-", "_")

    def create(self, target: str) -> None:
        self._run(f'CREATE DATABASE "{target}"')

    def copy(self, source: str, target: str) -> None:
        self._run(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def drop(self, target: str) -> None:
        # By force: the server may not have missed yet a process that a test killed.
        self._run(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        import psycopg

        with closing(psycopg.connect(dbname=MAINTENANCE, autocommit=True, **self.where)) as server:
            server.execute(statement)


def engine() -> Engine:
    settings = connections.settings["default"]
    return PostgreSQL(settings) if settings["ENGINE"].endswith("postgresql") else SQLite()
