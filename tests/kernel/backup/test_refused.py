"""Half copies, wrong keys, other programs, machines that have a site: refused in words, and nothing is left behind."""

import json

import pytest
from django.db import connection
from tests.kernel.backup.conftest import NOW

from keqiao.kernel.backup import databases, restoring
from keqiao.kernel.backup.making import back_up
from keqiao.kernel.backup.manifest import BackupError
from keqiao.kernel.files import keys


@pytest.fixture
def elsewhere(monkeypatch, settings, tmp_path):
    """This process as on a machine without a site."""
    monkeypatch.setattr(databases, "is_empty", lambda: True)
    settings.VAULT_ROOT = tmp_path / "machine" / "vault"
    settings.MASTER_KEY_FILE = settings.SEAL_KEY_FILE = str(tmp_path / "machine" / "none")


def refusal(backup, keys=None):
    with pytest.raises(BackupError) as caught:
        restoring.judge(folder=backup.folder, keys=keys or backup.keys)
    return str(caught.value)


def restated(backup, **changed):
    path = backup.folder / "backup.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


def test_the_whole_one_is_taken(backup, elsewhere):
    assert restoring.judge(folder=backup.folder, keys=backup.keys).at == "2026-11-22T08:30:00.000000Z"


def test_cut_off_while_it_was_made(backup, elsewhere):
    (backup.folder / "backup.json").unlink()
    assert "holds no backup.json: it is no backup, or one that was cut off" in refusal(backup)


def test_its_first_lines_only(backup, elsewhere):
    path = backup.folder / "backup.json"
    path.write_text(path.read_text()[:200])
    assert "can't be read: it was damaged" in refusal(backup)


def test_half_a_copy(backup, work, elsewhere):
    (backup.folder / "vault" / work.path).unlink()
    assert (
        refusal(backup)
        == f"Half a copy: vault/{work.path} not there. Copy the backup again, or take another."
    )


@pytest.mark.parametrize("name", ["database", "erasures.txt"])
def test_one_byte_more(backup, elsewhere, name):
    name = databases.COPY[connection.vendor] if name == "database" else name
    with (backup.folder / name).open("ab") as file:
        file.write(b"x")
    assert refusal(backup) == f"{name} is not what was written. Copy the backup again, or take another."


def test_what_does_not_belong_to_it(backup, elsewhere):
    (backup.folder / "vault" / "more").write_text("x")
    assert "lies what doesn't belong to it: vault/more" in refusal(backup)


@pytest.mark.parametrize("name", ["master.key", "seal.key", "django.key", "second-factor.key"])
def test_a_key_of_another_site(backup, elsewhere, name, tmp_path):
    other = {
        "master.key": b"A" * 43 + b"=\n",
        "seal.key": b"ed25519 " + b"00" * 32 + b"\n",
    }.get(name, b"another")
    (backup.keys / name).write_bytes(other)
    assert f"{backup.keys / name} does not hold the key that this backup needs" in refusal(backup)


def test_a_key_that_is_not_there(backup, elsewhere):
    (backup.keys / "master.key").unlink()
    assert f"master.key is not in {backup.keys}" in refusal(backup)


@pytest.mark.parametrize("name", ["master.key", "seal.key"])
def test_a_damaged_key(backup, elsewhere, name):
    (backup.keys / name).write_bytes(b"ed25519 no key")
    assert refusal(backup) == f"{backup.keys / name} can't be read as keys: it was damaged."


def test_keys_of_after_a_rotation_still_hold_the_older_one(backup, elsewhere, settings):
    settings.MASTER_KEY_FILE = str(backup.keys / "master.key")
    keys.rotate_master_key()
    settings.MASTER_KEY_FILE = settings.SEAL_KEY_FILE
    assert restoring.judge(folder=backup.folder, keys=backup.keys).site == "demo"


def test_of_a_newer_program(backup, elsewhere):
    applied = json.loads((backup.folder / "backup.json").read_text())["migrations"]
    restated(backup, migrations=[*applied, "kernel.9999_later"])
    assert "made by a newer program: this one doesn't know kernel.9999_later" in refusal(backup)


def test_of_an_older_program(backup, elsewhere):
    applied = json.loads((backup.folder / "backup.json").read_text())["migrations"]
    restated(backup, migrations=[name for name in applied if name != "kernel.0009_shared_note"])
    assert "made by an older program, before kernel.0009_shared_note" in refusal(backup)


def test_of_another_form(backup, elsewhere):
    restated(backup, kind="keqiao-backup/2")
    assert "is of the form 'keqiao-backup/2'" in refusal(backup)


def test_of_another_kind_of_database(backup, elsewhere):
    restated(backup, database="oracle")
    assert f"The backup is of oracle, and KEQIAO_DATABASE names {connection.vendor}" in refusal(backup)


def test_a_machine_that_has_a_site(backup):
    assert "There is a site here already" in refusal(backup)


def test_a_machine_with_a_key_of_another_site(backup, elsewhere, settings, tmp_path):
    path = tmp_path / "mounted.key"
    path.write_bytes(b"A" * 43 + b"=\n")
    settings.MASTER_KEY_FILE = str(path)
    assert refusal(backup) == f"{path} is a key of another site. Take it away, or restore on another machine."


def test_keys_beside_the_data(work, tmp_path):
    with pytest.raises(BackupError, match="would lie with the data"):
        back_up(folder=tmp_path / "disk", now=NOW, site="demo", keys=tmp_path / "disk" / "keys")
    assert not (tmp_path / "disk").exists()
    made = back_up(
        folder=tmp_path / "disk", now=NOW, site="demo", keys=tmp_path / "disk" / "keys", together=True
    )
    assert sorted(path.name for path in made.keys.iterdir()) == [
        "django.key",
        "master.key",
        "seal.key",
        "second-factor.key",
    ]


def test_without_being_asked_no_key_leaves_its_place(work, tmp_path, site):
    made = back_up(folder=tmp_path / "disk", now=NOW, site="demo", keys=None)
    secrets = [
        (site / "secrets" / name).read_bytes().strip() for name in ("master.key", "seal.key", "django.key")
    ]
    content = b"".join(path.read_bytes() for path in made.folder.rglob("*") if path.is_file())
    assert [secret in content for secret in secrets] == [False, False, False]


def test_a_file_that_the_vault_lost_ends_the_backup(work, site, tmp_path):
    (site / "vault" / work.path).unlink()
    with pytest.raises(BackupError, match="that the database names is not in the vault"):
        back_up(folder=tmp_path / "disk", now=NOW, site="demo", keys=tmp_path / "safe")
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_refused_restore_leaves_nothing(backup, machine, tmp_path):
    (backup.keys / "seal.key").write_bytes(b"ed25519 " + b"00" * 32 + b"\n")
    refused = machine("restore", backup.folder, "--keys", backup.keys)
    assert (refused.returncode, "seal.key does not hold the key" in refused.stderr) == (1, True)
    assert list((tmp_path / "machine").iterdir()) == []
