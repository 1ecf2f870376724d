"""Half copies, wrong keys, other programs, machines that have a site: refused in words, and nothing is left behind."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from tests.kernel.backup.conftest import NOW

from keqiao.kernel.backup import databases, key_files, restoring
from keqiao.kernel.backup.making import back_up
from keqiao.kernel.backup.manifest import BackupError, Manifest, Member, digest_of

SEALED = "vault/aa/sealed"
OTHER = {"master.key": b"A" * 43 + b"=\n", "seal.key": b"ed25519 " + b"00" * 32 + b"\n"}


@dataclass
class Laid:
    folder: Path
    keys: Path


@pytest.fixture
def laid(tmp_path):
    """A backup as `back_up` leaves one, of invented content."""
    folder, safe = tmp_path / "backup", tmp_path / "keys"
    contents = {databases.COPY[connection.vendor]: b"rows", "erasures.txt": b"", SEALED: b"sealed"}
    held = {
        "master.key": base64.b64encode(b"m" * 32) + b"\n",
        "seal.key": b"ed25519 " + b"11" * 32 + b"\n",
        "django.key": b"of this site",
        "second-factor.key": b"of this site too",
    }
    for place, files in ((folder, contents), (safe, held)):
        for name, content in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
    Manifest(
        at="2026-11-22T08:30:00.000000Z",
        site="demo",
        database=connection.vendor,
        migrations=tuple(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations),
        keys={name: tuple(key_files.held(name, safe / name)) for name in held},
        receipt="",
        members=tuple(_member(folder, name) for name in contents),
    ).write(folder)
    return Laid(folder, safe)


def _member(folder, name):
    with (folder / name).open("rb") as file:
        digest, size = digest_of(file)
    return Member(name=name, size=size, sha256=digest)


@pytest.fixture
def elsewhere(monkeypatch, settings, tmp_path):
    """This process as on a machine without a site."""
    monkeypatch.setattr(databases, "is_empty", lambda: True)
    settings.VAULT_ROOT = tmp_path / "machine" / "vault"
    settings.MASTER_KEY_FILE = settings.SEAL_KEY_FILE = str(tmp_path / "machine" / "none")


def refusal(laid):
    with pytest.raises(BackupError) as caught:
        restoring.judge(folder=laid.folder, keys=laid.keys)
    return str(caught.value)


def restated(laid, **changed):
    path = laid.folder / "backup.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


def test_the_whole_one_is_taken(laid, elsewhere):
    assert restoring.judge(folder=laid.folder, keys=laid.keys).at == "2026-11-22T08:30:00.000000Z"


def test_cut_off_while_it_was_made(laid, elsewhere):
    (laid.folder / "backup.json").unlink()
    assert "holds no backup.json: it is no backup, or one that was cut off" in refusal(laid)


def test_its_first_lines_only(laid, elsewhere):
    path = laid.folder / "backup.json"
    path.write_text(path.read_text()[:200])
    assert "can't be read: it was damaged" in refusal(laid)


def test_half_a_copy(laid, elsewhere):
    (laid.folder / SEALED).unlink()
    assert refusal(laid) == f"Half a copy: {SEALED} not there. Copy the backup again, or take another."


@pytest.mark.parametrize("name", ["database", "erasures.txt"])
def test_one_byte_more(laid, elsewhere, name):
    name = databases.COPY[connection.vendor] if name == "database" else name
    with (laid.folder / name).open("ab") as file:
        file.write(b"x")
    assert refusal(laid) == f"{name} is not what was written. Copy the backup again, or take another."


def test_what_does_not_belong_to_it(laid, elsewhere):
    (laid.folder / "vault" / "more").write_text("x")
    assert "lies what doesn't belong to it: vault/more" in refusal(laid)


@pytest.mark.parametrize("name", ["master.key", "seal.key", "django.key", "second-factor.key"])
def test_a_key_of_another_site(laid, elsewhere, name):
    (laid.keys / name).write_bytes(OTHER.get(name, b"another"))
    assert f"{laid.keys / name} does not hold the key that this backup needs" in refusal(laid)


def test_a_key_that_is_not_there(laid, elsewhere):
    (laid.keys / "master.key").unlink()
    assert f"master.key is not in {laid.keys}" in refusal(laid)


@pytest.mark.parametrize("name", ["master.key", "seal.key"])
def test_a_damaged_key(laid, elsewhere, name):
    (laid.keys / name).write_bytes(b"ed25519 no key")
    assert refusal(laid) == f"{laid.keys / name} can't be read as keys: it was damaged."


def test_keys_of_after_a_rotation_still_hold_the_older_one(laid, elsewhere):
    with (laid.keys / "master.key").open("ab") as file:
        file.write(OTHER["master.key"])
    assert restoring.judge(folder=laid.folder, keys=laid.keys).site == "demo"


def test_of_a_newer_program(laid, elsewhere):
    applied = json.loads((laid.folder / "backup.json").read_text())["migrations"]
    restated(laid, migrations=[*applied, "kernel.9999_later"])
    assert "made by a newer program: this one doesn't know kernel.9999_later" in refusal(laid)


def test_of_an_older_program(laid, elsewhere):
    applied = json.loads((laid.folder / "backup.json").read_text())["migrations"]
    restated(laid, migrations=[name for name in applied if name != "kernel.0009_shared_note"])
    assert "made by an older program, before kernel.0009_shared_note" in refusal(laid)


def test_of_another_form(laid, elsewhere):
    restated(laid, kind="keqiao-backup/2")
    assert "is of the form 'keqiao-backup/2'" in refusal(laid)


def test_of_another_kind_of_database(laid, elsewhere):
    restated(laid, database="oracle")
    assert f"The backup is of oracle, and KEQIAO_DATABASE names {connection.vendor}" in refusal(laid)


def test_a_machine_that_has_a_site(laid, elsewhere, settings):
    Path(settings.VAULT_ROOT).mkdir(parents=True)
    assert "There is a site here already" in refusal(laid)


def test_a_database_that_has_tables(laid, elsewhere, monkeypatch, db):
    monkeypatch.undo()
    assert "There is a site here already" in refusal(laid)


def test_a_machine_with_a_key_of_another_site(laid, elsewhere, settings, tmp_path):
    path = tmp_path / "mounted.key"
    path.write_bytes(OTHER["master.key"])
    settings.MASTER_KEY_FILE = str(path)
    assert refusal(laid) == f"{path} is a key of another site. Take it away, or restore on another machine."


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
        "seal.key.pinned",
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
