"""What the owner of the database may try, and what the check of the live record says to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.kernel.packs import SHA, emptied

from keqiao.kernel.models import Entry, Payload, Seal, Tile
from keqiao.kernel.record import append_only, merkle, seal_keys, sealed_payload
from keqiao.kernel.record.audit import FAULTS, verify_log
from keqiao.kernel.record.sealing import seal

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def found(**options):
    return {(item.code, item.where) for item in verify_log(**options)}


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_a_whole_record(log, write):
    write(2)
    receipts = [made.receipt for made in Seal.objects.all()]
    assert verify_log(receipts=receipts) == []


def test_an_empty_record(db):
    assert verify_log() == []


def test_an_edited_column(log, unguarded):
    run("UPDATE kernel_entry SET clause = '6.2' WHERE n = 1")
    assert found() == {("unguarded", table) for table in append_only.TABLES} | {
        ("edited", "engagement:12 #2 report_progress")
    }


def named():
    """Without the remark on the guards, which these tests have lifted."""
    return {finding for finding in found() if finding[0] != "unguarded"}


ENTRY = "engagement:12 #2 report_progress"
NEXT = "engagement:12 #3 report_progress"


def test_an_edited_header(log, unguarded):
    header = Entry.objects.get(n=1).header
    run("UPDATE kernel_entry SET header = %s WHERE n = 1", header.replace("示例顾问", "他人"))
    assert named() == {("leaf", ENTRY), ("edited", ENTRY)}


def test_an_entry_rewritten_with_its_hash(log, unguarded):
    header = Entry.objects.get(n=1).header.replace("示例顾问", "他人")
    run(
        "UPDATE kernel_entry SET header = %s, actor_label = '他人', leaf = %s WHERE n = 1",
        header,
        merkle.leaf_hash(header.encode()),
    )
    assert named() == {("place", ENTRY)}


def test_an_entry_rewritten_with_its_hash_in_the_tree(log, unguarded):
    header = Entry.objects.get(n=1).header.replace("示例顾问", "他人")
    leaf = merkle.leaf_hash(header.encode())
    run("UPDATE kernel_entry SET header = %s, actor_label = '他人', leaf = %s WHERE n = 1", header, leaf)
    hashes = bytes(Tile.objects.get().hashes)
    Tile.objects.update(hashes=hashes[:32] + leaf + hashes[64:])
    assert named() == {("root", "seal 1"), ("tiles", "10")}


def test_a_leaf_under_a_full_tile_is_not_out_of_reach(write, unguarded):
    """The stored nodes above stay as they were: the walk must grow the tree anew."""
    write(300)
    seal(now=NOW)
    header = Entry.objects.get(n=5).header.replace("示例顾问", "他人")
    leaf = merkle.leaf_hash(header.encode())
    run("UPDATE kernel_entry SET header = %s, actor_label = '他人', leaf = %s WHERE n = 5", header, leaf)
    tile = Tile.objects.get(level=0, place=0)
    Tile.objects.filter(pk=tile.pk).update(hashes=tile.hashes[: 5 * 32] + leaf + tile.hashes[6 * 32 :])
    assert named() == {("root", "seal 1")}


def test_a_removed_entry(log, unguarded):
    entry = Entry.objects.get(n=1)
    for table, column in (("payload", "entry_id"), ("entryfile", "entry_id"), ("entry", "id")):
        run(f"DELETE FROM kernel_{table} WHERE {column} = %s", entry.pk)
    assert named() == {("removed", "log 1"), ("gap", NEXT)}


def test_entries_that_changed_places(log, unguarded):
    run("UPDATE kernel_entry SET n = 99 WHERE n = 0")
    run("UPDATE kernel_entry SET n = 0 WHERE n = 3")
    run("UPDATE kernel_entry SET n = 3 WHERE n = 99")
    codes = {code for code, _where in named()}
    assert codes == {"place", "gap"}
    assert ("place", "engagement:13 #1 report_progress") in named()
    assert ("place", "engagement:12 #1 report_progress") in named()


def test_the_tail_cut_off(log, unguarded):
    for table, column in (("payload", "entry_id"), ("entryfile", "entry_id"), ("entry", "id")):
        run(f"DELETE FROM kernel_{table} WHERE {column} IN (SELECT id FROM kernel_entry WHERE n >= 9)")
    assert ("removed", "log 9") in named()
    assert ("counter", "engagement:12") in named()


def test_the_tail_cut_off_with_its_seal(log, unguarded):
    receipts = [made.receipt for made in Seal.objects.all()]
    last = Entry.objects.get(n=9)
    run("DELETE FROM kernel_payload WHERE entry_id = %s", last.pk)
    run("DELETE FROM kernel_entry WHERE id = %s", last.pk)
    run("DELETE FROM kernel_seal WHERE number = 3")
    run("UPDATE kernel_casecounter SET last = 7 WHERE \"case\" = 'engagement:12'")
    Tile.objects.update(hashes=bytes(Tile.objects.get().hashes)[: 9 * 32])
    codes = named()
    assert codes == {("lost", ENTRY)}  # the erasure went with the tail
    assert ("receipt", "seal 3") in found(receipts=receipts)
    assert ("receipt", "seal 2") not in found(receipts=receipts)


def test_a_removed_seal(log, unguarded):
    run("DELETE FROM kernel_seal WHERE number = 2")
    assert named() == {("chain", "seal 3")}
    run("DELETE FROM kernel_seal WHERE number = 3")
    assert {code for code, _where in named()} == {"unsealed", "tiles"}


def test_a_forged_seal(log, unguarded):
    made = Seal.objects.get(number=3)
    run("UPDATE kernel_seal SET root = %s WHERE number = 3", "11" * 32)
    assert named() == {("seal", "seal 3"), ("root", "seal 3"), ("tiles", "10")}
    run(
        "UPDATE kernel_seal SET body = %s WHERE number = 3",
        made.body.replace(made.root, "11" * 32),
    )
    assert named() == {("signature", "seal 3"), ("root", "seal 3"), ("tiles", "10")}


def test_a_replaced_key(log, unguarded):
    run("UPDATE kernel_sealkey SET public = %s WHERE endorsement <> ''", "11" * 32)
    assert {("signature", "seal 2"), ("signature", "seal 3")} <= named()
    assert "key" in {code for code, _where in named()}


def sealed(entry, body):
    """What someone who holds the keys as well can put there."""
    return sealed_payload.seal(entry_id=entry.pk, enterprise_id=None, salt=bytes(32), body=body.encode())


def test_a_payload_of_another_entry(log, unguarded):
    first, third = (Payload.objects.get(entry__n=n) for n in (0, 2))
    Payload.objects.filter(pk=first.pk).update(sealed=third.sealed)
    Payload.objects.filter(pk=third.pk).update(sealed=b"no key of ours, and no text")
    assert named() == {("payload", "engagement:12 #1 report_progress"), ("payload", NEXT)}


def test_a_changed_or_missing_payload(log, unguarded):
    first, third = (Entry.objects.get(n=n) for n in (0, 2))
    Payload.objects.filter(entry=first).update(sealed=sealed(first, '{"步骤":9}'))
    run("DELETE FROM kernel_payload WHERE entry_id = %s", third.pk)
    assert named() == {("payload", "engagement:12 #1 report_progress"), ("lost", NEXT)}


def test_a_payload_erased_without_a_word(log, unguarded):
    Payload.objects.filter(entry__n=0).update(sealed=None)
    assert named() == {("lost", "engagement:12 #1 report_progress")}


def test_a_swapped_file(log, unguarded):
    run("UPDATE kernel_entryfile SET sha256 = %s WHERE entry_id = %s", "11" * 32, Entry.objects.get(n=0).pk)
    assert named() == {("files", "engagement:12 #1 report_progress")}


def test_a_log_rebuilt_with_the_key_is_shown_by_an_outside_seal(write):
    write(3, files=[SHA])
    outside = seal(now=NOW).receipt
    emptied()
    write(3, files=[SHA])
    seal(now=NOW)
    assert verify_log() == []
    assert found(receipts=[outside]) == {("receipt", "seal 1")}


@pytest.mark.parametrize(
    "receipt",
    [
        b"",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"seal":{"number":1},"signature":"00"}',
        b'{"seal":{"number":"\\ud800"}}',
        b'{"seal":1,"signature":2}',
    ],
    ids=range(7),
)
def test_what_is_no_receipt_of_ours(log, receipt):
    assert {code for code, _where in found(receipts=[receipt])} == {"foreign"}


def test_a_key_after_a_loss_is_no_fault(write, seal_key_file):
    write()
    seal(now=NOW)
    seal_key_file.unlink()
    seal_keys.rotate_seal_key(now=NOW + MINUTE, lost=True)
    write()
    seal(now=NOW + 2 * MINUTE)
    assert verify_log() == []


def test_each_finding_says_what_is_wrong(log, unguarded):
    assert all(finding.message == str(FAULTS[finding.code]) for finding in verify_log())
