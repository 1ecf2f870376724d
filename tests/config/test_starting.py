"""A site that lost a secret, or met a newer version, doesn't start and says why; what it writes is its own alone."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from tests.factories.contracts import staff

from keqiao.config import environment, starting
from keqiao.kernel.files import vault_disk
from keqiao.kernel.files.keys import current_key
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import migrations
from keqiao.kernel.record import append_only, seal_keys
from keqiao.kernel.record.sealing import seal
from keqiao.kernel.steps.operation import get

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A site of this test's own."""
    monkeypatch.setattr(environment, "VAR", tmp_path)
    monkeypatch.setattr(environment, "KIND", tmp_path / "site")
    (tmp_path / "secrets").mkdir(mode=0o700)
    (tmp_path / "vault").mkdir(mode=0o700)
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.SEAL_KEY_FILE = str(tmp_path / "secrets" / "seal.key")
    return tmp_path


@pytest.mark.parametrize("name", ["django.key", "second-factor.key"])
@pytest.mark.parametrize("left", [None, "", " \n"])
def test_a_secret_is_made_once_and_never_again(folder, name, left):
    made = environment.secret(name)
    assert environment.secret(name) == made
    environment.keep_kind(demo=False)
    assert environment.secret(name) == made
    path = folder / "secrets" / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink() if left is None else path.write_text(left)
    with pytest.raises(ImproperlyConfigured, match=str(path)) as refused:
        environment.secret(name)
    assert environment.LOST[name] in str(refused.value)
    assert not path.exists() or path.read_text() == left


@pytest.mark.django_db
def test_a_whole_site_starts(folder):
    get("create_tag")(actor=staff(), name="示例")
    seal(now=NOW)
    starting.check()


@pytest.mark.django_db
def test_without_its_seal_key_it_does_not_start(folder):
    get("create_tag")(actor=staff(), name="示例")
    seal(now=NOW)
    key = folder / "secrets" / "seal.key"
    held = key.read_text()
    key.unlink()
    with pytest.raises(starting.NotStarting, match=str(key)):
        starting.check()
    key.write_text(seal_keys.PREFIX + "11" * 32 + "\n")
    with pytest.raises(starting.NotStarting, match="seal key in use"):
        starting.check()
    key.write_text(held)
    starting.check()


@pytest.mark.django_db
def test_without_its_master_key_it_does_not_start(folder, settings):
    current_key(enterprise_id=None)
    settings.MASTER_KEY_FILE = str(folder / "secrets" / "gone.key")
    with pytest.raises(starting.NotStarting, match="master key"):
        starting.check()
    assert not Path(settings.MASTER_KEY_FILE).exists()


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_left_alone(folder):
    assert migrations.unknown() == []
    assert migrations.waiting() == set()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '0999_later', %s)", [NOW]
        )
    with pytest.raises(starting.NotStarting, match=r"newer version of Keqiao \(kernel\.0999_later\)"):
        starting.check()


def test_what_lies_open_is_closed_and_said(folder, settings, capsys):
    settings.MASTER_KEY_FILE = str(folder / "secrets" / "master.key")
    vault_disk.write_file(path="ab/file", fill=lambda target: target.write(b"x"))
    for name in (
        "secrets/master.key",
        "secrets/seal.key",
        "keqiao.sqlite3",
        "keqiao.sqlite3-wal",
        "mail/1.log",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    for path in [folder / "secrets", folder / "mail", folder / "vault"]:
        path.chmod(0o755)
    for path in folder.glob("*.sqlite3*"):
        path.chmod(0o644)
    starting.keep_to_ourselves()
    said = capsys.readouterr().err
    for name in ("secrets", "mail", "vault"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o700
        assert f"{folder / name} could be read" in said
    for name in ("keqiao.sqlite3", "keqiao.sqlite3-wal", "secrets/seal.key", "mail/1.log"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    starting.keep_to_ourselves()
    assert capsys.readouterr().err == ""


@pytest.mark.django_db
def test_a_guard_that_was_gone_is_named(capsys):
    from keqiao.config.main import _say_of_record

    on = "" if connection.vendor == "sqlite" else " ON kernel_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guard_kernel_entry_delete{on}")
    _say_of_record(append_only.missing(connection))
    append_only.install(connection)
    said = capsys.readouterr().err
    assert "kernel_entry stood without its guard, which has been laid again." in said
    assert append_only.missing(connection) == []
    assert Entry.objects.count() == 0
