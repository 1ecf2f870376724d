"""A site with keys, files, entries and seals, and a machine without one."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from tests.factories.processes import environment

from keqiao.kernel.backup import databases
from keqiao.kernel.backup.making import back_up
from keqiao.kernel.files import keys, vault
from keqiao.kernel.record.sealing import seal

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
PLAN = "方案".encode()
OF_THIS_SITE = ("KEQIAO_MASTER_KEY_FILE", "KEQIAO_SEAL_KEY_FILE", "KEQIAO_ERASURES_FILE")


@pytest.fixture
def site(transactional_db, settings, tmp_path):
    folder = tmp_path / "site"
    secrets = folder / "secrets"
    secrets.mkdir(parents=True)
    settings.VAR, settings.VAULT_ROOT = folder, folder / "vault"
    settings.MASTER_KEY_FILE, settings.SEAL_KEY_FILE = str(secrets / "master.key"), str(secrets / "seal.key")
    settings.ERASURES_FILE = str(folder / "erasures.txt")
    (secrets / "django.key").write_text("of this site")
    (secrets / "second-factor.key").write_text("b2YgdGhlIHRlc3RzLCBhbmQgb2Ygbm9ib2R5IGVsc2U")
    keys.forget_keys()
    yield folder
    keys.forget_keys()


@pytest.fixture
def store(site):
    def store(content, name="方案.txt"):
        return vault.store(file=io.BytesIO(content), name=name, enterprise_id=4, level=1, actor_id=7)

    return store


@pytest.fixture
def commit(write):
    """Entries that are committed."""

    def commit(count, **more):
        with transaction.atomic():
            return write(count, **more)

    return commit


@pytest.fixture
def work(store, commit):
    """One file, four entries, one seal."""
    blob = store(PLAN)
    commit(4, files=[blob.sha256])
    seal(now=NOW)
    return blob


@pytest.fixture
def backup(work, tmp_path):
    return back_up(folder=tmp_path / "disk", now=NOW, site="demo", keys=tmp_path / "safe")


@pytest.fixture
def machine(site, tmp_path):
    """`machine("restore", …)` runs the program on a machine without a site."""
    var = tmp_path / "machine"
    told = {name: value for name, value in environment(site).items() if name not in OF_THIS_SITE}
    with databases.beside(f"test_machine_{os.getpid()}", var) as address:

        def machine(*arguments):
            var.mkdir(exist_ok=True)
            return subprocess.run(
                [sys.executable, "-m", "keqiao.config.main", *map(str, arguments)],
                env={**told, "KEQIAO_VAR": str(var), "KEQIAO_DATABASE": address},
                capture_output=True,
                text=True,
                check=False,
            )

        yield machine


MINUTE = timedelta(minutes=1)
