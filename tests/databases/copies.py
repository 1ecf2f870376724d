"""A worker's own copies of the templates. Tests roll back what they do; a test that commits uses its copy up."""

import pickle
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, connections
from tests.databases.engines import engine
from tests.databases.standing import stand_on
from tests.databases.templates import LAID, template
from tests.factories.doors import renew_sessions
from tests.factories.numbers import numbers
from tests.times import apart

SIGNED_IN_SECONDS = 60  # whoever is signed in since the layout did so at most so long ago


@dataclass
class Copy:
    folder: Path
    database: str
    pickled: bytes
    renewed: float = 0

    def laid(self) -> Any:
        """What the layout returned, new for each test."""
        return pickle.loads(self.pickled)[1]

    def renew(self) -> None:
        if time.monotonic() - self.renewed > SIGNED_IN_SECONDS:
            renew_sessions()
            self.renewed = time.monotonic()


@dataclass
class Copies:
    folder: Path
    worker: str
    there: dict[str, Copy] = field(default_factory=dict)
    current: str = ""
    used_up: set[str] = field(default_factory=set)
    made: int = 0

    def use(self, name: str) -> Copy:
        """From now on the process stands on its copy of the template of this name."""
        if name in self.used_up:
            self.drop(name)
        if name not in self.there:
            self.there[name] = self.copy(name)
        found = self.there[name]
        if connections.settings["default"]["NAME"] != found.database:
            stand_on(found.database, found.folder)
        self.current = name
        if not connection.in_atomic_block:
            found.renew()
        return found

    def copy(self, name: str) -> Copy:
        self.made += 1  # a folder of its own each time: a thread of a test may still write to the one before
        with apart():
            made = template(name)
        kind, folder = engine(), self.folder / f"{name}-{self.made}"
        shutil.copytree(
            made.folder, folder, ignore=lambda _folder, names: {Path(made.database).name, LAID} & set(names)
        )
        database = kind.name(folder, f"{self.worker}_{name}")
        kind.drop(database)
        kind.copy(made.database, database)
        pickled = (made.folder / LAID).read_bytes()
        numbers.beyond(pickle.loads(pickled)[0])
        return Copy(folder, database, pickled)

    def use_up(self) -> None:
        """Something was committed to the current copy: the next test on it gets another."""
        connections.close_all()
        self.used_up.add(self.current)

    def drop(self, name: str) -> None:
        copy = self.there.pop(name)
        self.used_up.discard(name)
        connections.close_all()
        engine().drop(copy.database)
        shutil.rmtree(copy.folder)

    def close(self) -> None:
        for name in list(self.there):
            self.drop(name)
