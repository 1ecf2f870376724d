"""Databases laid out once and then copied: migrated, or migrated and filled by the factories.

A template is a folder with the files of its site and what its layout returned, and a database. Its name holds the
hash of all it was made from, so it is never out of date; on SQLite the next run finds it again. One process lays it
out while the others wait.
"""

import fcntl
import hashlib
import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from tests.databases.engines import engine
from tests.databases.standing import stand_on
from tests.factories.numbers import numbers

from keqiao.config import environment

TREE = Path(__file__).resolve().parents[2]
MIGRATED = "migrated"
# Name → the function that fills a migrated database; each test gets what it returned, new.
LAYOUTS = {
    "world": "tests.factories.world:laid",
    "walked": "tests.walker.data:laid",
    "counted": "tests.conformity.house:laid",
    "demo": "tests.config.demo_site:laid",
}
OF_THE_DAY = {"demo"}  # counts its days from today
# What a migrated database is made from; a filled one is made from all of the house, by what helps the tests.
SCHEMA = (
    "**/migrations/*.py",
    "**/models.py",
    "**/models/**/*.py",
    "**/apps.py",
    "kernel/**/*.py",
    "config/*.py",
)
LABEL = os.environ.get("KEQIAO_LAID", "")
LAID = "laid.pickle"
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Template:
    folder: Path
    database: str


@cache
def template(name: str) -> Template:
    """Of this name, laid out now if it isn't there."""
    kind = engine()
    home = environment.BUILT / "cache/databases" if kind.lasting else environment.VAR / "databases"
    home.mkdir(parents=True, exist_ok=True)
    folder = home / f"{name}-{digest(name)}"
    found = Template(folder, kind.name(folder, folder.name))
    with alone(home / f"{name}.lock"):
        if not folder.exists():
            forget_old(home, name)
            lay(name, found)
        folder.touch()
    return found


@contextmanager
def alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lay(name: str, wanted: Template) -> None:
    """In another folder first: one of the template's own name is whole."""
    kind, draft = engine(), wanted.folder.with_name(f"draft-{wanted.folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    database = kind.name(draft, wanted.folder.name)
    kind.drop(database)
    if name == MIGRATED:
        kind.create(database)
    else:
        kind.copy(template(MIGRATED).database, database)
    stand_on(database, draft)
    laid = migrate() if name == MIGRATED else layout(name)()
    connections.close_all()
    (draft / LAID).write_bytes(pickle.dumps((numbers.last, laid)))
    draft.rename(wanted.folder)


def migrate() -> None:
    call_command("migrate", verbosity=0)


def layout(name: str) -> Callable[[], Any]:
    module, function = LAYOUTS[name].split(":")
    found: Callable[[], Any] = getattr(import_module(module), function)
    return found


def digest(name: str) -> str:
    """Of all that this template is made from; or as the environment says, where a rule is changed and the data is not
    (tools/mutate.py)."""
    if LABEL:
        return LABEL
    house = TREE / "src/keqiao"
    paths = {path for pattern in SCHEMA for path in house.glob(pattern)}
    paths |= {
        TREE / "requirements/runtime.txt",
        TREE / "tests/settings.py",
        *(TREE / "tests/databases").glob("*.py"),
    }
    paths |= {path for pattern in SCHEMA for path in (TREE / "tests/sample").glob(pattern)}
    if name != MIGRATED:
        paths |= {path for path in house.rglob("*") if "bundle" not in path.parts}
        helps = [*(TREE / "tests").rglob("*.py"), *(TREE / "tests/sample").rglob("*")]
        paths |= {path for path in helps if not path.name.startswith("test_")}
    day = timezone.localdate() if name in OF_THE_DAY else ""
    found = hashlib.sha256(
        f"{sys.version_info} {type(engine()).__name__} {site.VAULT_SUITE} {site.SETTINGS_MODULE} {day}".encode()
    )
    for path in sorted(paths):
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"{path.relative_to(TREE)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def forget_old(home: Path, name: str) -> None:
    for path in home.glob(f"{name}-*"):
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
