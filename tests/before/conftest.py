"""The site of before (tests/fixtures/before), migrated forward; each test gets its own copy and may commit."""

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from keqiao.catalogue.operations.load import load_catalogue
from keqiao.engagement.case.operations.limits import load_limits
from keqiao.kernel.files import keys
from keqiao.kernel.platform import clock, search

BEFORE = Path(__file__).parents[1] / "fixtures/before"
LATER = datetime(2026, 11, 30, 1, tzinfo=UTC)  # ten days after its last step: 9:00 in Shanghai


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """The site in this folder in place of the one the tests run on."""
    mine = {
        "VAR": folder,
        "VAULT_ROOT": folder / "vault",
        "MASTER_KEY_FILE": str(folder / "master.key"),
        "SEAL_KEY_FILE": str(folder / "seal.key"),
    }
    theirs = {name: getattr(site, name) for name in mine}
    database = connection.settings_dict["NAME"]
    _enter(mine, str(folder / "keqiao.sqlite3"))
    try:
        yield
    finally:
        _enter(theirs, database)


def _enter(values: dict[str, object], database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database
    for name, value in values.items():
        setattr(site, name, value)
    keys.forget_keys()
    ContentType.objects.clear_cache()  # each database numbers its kinds itself


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_blocker, worker_site) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip(
            "the site of before is a SQLite file; the rules of old names are tested on both databases"
        )
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(BEFORE / "site.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    with django_db_blocker.unblock(), opened(folder):
        call_command("migrate", verbosity=0)
        load_catalogue()
        load_limits()
        search.complete()
        connection.close()
    return folder


@pytest.fixture
def before(migrated, tmp_path, django_db_blocker) -> Iterator[Path]:
    folder = tmp_path / "site"
    shutil.copytree(migrated, folder)
    with django_db_blocker.unblock(), opened(folder), clock.at(LATER):
        yield folder
