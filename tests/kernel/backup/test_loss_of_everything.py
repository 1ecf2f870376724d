"""Work, back up while a writer writes, lose everything, restore on another machine, verify."""

import json
import shutil
from threading import Event, Thread

from django.db import connection, transaction
from tests.kernel.backup.conftest import MINUTE, NOW, PLAN

from keqiao.kernel.backup import restoring
from keqiao.kernel.backup.making import back_up
from keqiao.kernel.backup.manifest import read
from keqiao.kernel.models import Entry, Seal
from keqiao.kernel.record.journal import erase_payload
from keqiao.kernel.record.sealing import seal

WORK = 5  # entries: four steps, and the one that takes the file up into the record


def test_backed_up_while_others_write_and_put_back_elsewhere(work, commit, machine, site, tmp_path):
    written, stop = [], Event()

    def writer():
        while not stop.is_set():
            written.extend(commit(1, case="engagement:14"))
        connection.close()

    thread = Thread(target=writer)
    thread.start()
    try:
        made = back_up(folder=tmp_path / "disk", now=NOW, site="demo", keys=tmp_path / "safe")
    finally:
        stop.set()
        thread.join()
    shutil.rmtree(site)

    restored = machine("restore", made.folder, "--keys", made.keys, "--json")
    said = json.loads(restored.stdout)
    assert (said["findings"], said["files"], restored.returncode) == ([], 1, 0)
    assert WORK <= said["entries"] <= WORK + len(written)
    assert machine("audit").stdout.splitlines()[-1] == "the record is whole"


def test_a_restore_is_told_in_words_and_stands_in_the_record(backup, machine):
    restored = machine("restore", backup.folder, "--keys", backup.keys)
    told = restored.stdout.splitlines()
    assert told[0] == "backup of 2026-11-22T08:30:00.000000Z: 5 entries, 1 files"
    assert told[2:] == ["0 erasures done again", "the record is whole, every file is what its row says"]
    again = machine("restore", backup.folder, "--keys", backup.keys)
    assert (again.returncode, "There is a site in" in again.stderr) == (1, True)


def test_what_was_erased_since_then_is_erased_again(backup, machine, person, site):
    with transaction.atomic():
        erase_payload(entry=Entry.objects.get(case_n=2), actor=person, reason="本人要求删除")
    said = json.loads(
        machine(
            "restore", backup.folder, "--keys", backup.keys, "--erasures", site / "erasures.txt", "--json"
        ).stdout
    )
    assert (said["erasures"], said["entries"], said["findings"]) == (1, WORK + 1, [])


def test_a_database_put_back_does_not_hold_the_seal_given_out_since(backup, commit, machine):
    held = read(backup.folder).receipt.encode()
    commit(1)
    newer = seal(now=NOW + MINUTE)
    assert [seal.receipt for seal in Seal.objects.order_by("number")] == [held, newer.receipt]
    machine("restore", backup.folder, "--keys", backup.keys)
    audited = machine("manage", "shell", "-v0", "-c", _asked(newer.receipt))
    assert audited.stdout.split() == ["receipt", "seal", "2"], audited.stderr


def _asked(receipt):
    return (
        "from keqiao.kernel.record.audit import verify_log\n"
        f"for item in verify_log(receipts=[{receipt!r}]): print(item.code, item.where)"
    )


def test_a_file_that_rotted_on_the_disk_is_found_by_the_verification(work, site):
    assert list(restoring.verify(_nothing_sealed())) == []
    path = site / "vault" / work.path
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    [said] = restoring.verify(_nothing_sealed())
    assert said.startswith(f"file {work.pk} ({work.path})")
    assert PLAN not in path.read_bytes()


def _nothing_sealed():
    from keqiao.kernel.backup.manifest import Manifest

    return Manifest(at="", site="demo", database="", migrations=(), keys={}, receipt="", members=())
