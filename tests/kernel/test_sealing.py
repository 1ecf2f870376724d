import json
import stat
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from tests.patience import PATIENCE

from keqiao.kernel.files.keys import current_key
from keqiao.kernel.models import Entry, Seal, SealKey, Tile
from keqiao.kernel.record import merkle, seal_keys
from keqiao.kernel.record.journal import record
from keqiao.kernel.record.seal_keys import SealKeyError, is_signed, rotate_seal_key
from keqiao.kernel.record.sealing import NotSealedError, consistency, prove, seal
from keqiao.kernel.record.tiles import DamagedLogError, Tiles

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def write(subject, person):
    def write(count=1, case="engagement:12"):
        facts = {"operation": "report_progress", "clause": "6.3.4", "actor": person, "subject": subject}
        return [record(case=case, payload={"step": step}, at=NOW, **facts) for step in range(count)]

    return write


def leaves():
    return [bytes(leaf) for leaf in Entry.objects.order_by("n").values_list("leaf", flat=True)]


def naive_root(hashes):
    """RFC 6962, 2.1, as written."""
    if len(hashes) == 1:
        return hashes[0]
    middle = merkle.split(len(hashes))
    return merkle.node_hash(naive_root(hashes[:middle]), naive_root(hashes[middle:]))


def test_nothing_new_makes_no_seal(db):
    assert seal(now=NOW) is None


def test_the_first_seal(write):
    write(3)
    made = seal(now=NOW)

    assert (made.number, made.n, made.previous, made.at, made.clock_behind) == (1, 3, "", NOW, False)
    assert made.root == naive_root(leaves()).hex()
    assert list(Entry.objects.order_by("id").values_list("n", flat=True)) == [0, 1, 2]
    assert is_signed(made.key.public, made.signature, made.body.encode())
    assert json.loads(made.body) == {
        "kind": "keqiao-seal/1",
        "number": 1,
        "n": 3,
        "previous": "",
        "root": made.root,
        "at": "2026-11-22T08:30:00.000000Z",
        "key": made.key.key_id,
        "clock_behind": False,
    }


def test_a_second_run_adds_nothing(write):
    write()
    seal(now=NOW)
    assert seal(now=NOW + MINUTE) is None
    assert Seal.objects.count() == 1


def test_each_seal_names_the_one_before(write):
    seals = []
    for _ in range(3):
        write()
        seals.append(seal(now=NOW))
    assert [made.previous for made in seals] == ["", seals[0].hash, seals[1].hash]
    assert [made.n for made in seals] == [1, 2, 3]


def test_many_entries_are_sealed_in_rounds(write):
    write(7)
    assert seal(now=NOW, most=3).n == 7
    assert list(Seal.objects.values_list("n", flat=True)) == [3, 6, 7]


@pytest.mark.parametrize("sizes", [[1, 1, 254], [255, 2], [256, 1], [300, 300], [5, 700, 60]])
def test_roots_proofs_and_growth_over_tiles(write, sizes):
    seals = []
    for size in sizes:
        write(size)
        seals.append(seal(now=NOW))
    hashes, log = leaves(), Tiles()

    assert [made.root for made in seals] == [naive_root(hashes[: made.n]).hex() for made in seals]
    for n in {0, 1, 255 % len(hashes), len(hashes) // 2, len(hashes) - 1}:
        proof = prove(Entry.objects.get(n=n), log=log)
        assert merkle.root_from_path(hashes[n], n, len(hashes), proof.path) == bytes.fromhex(seals[-1].root)
    for old, new in pairwise(seals):
        roots = bytes.fromhex(old.root), bytes.fromhex(new.root)
        assert merkle.verify_consistency(old.n, roots[0], new.n, roots[1], consistency(old, new))
    assert replayed(seals, log) == [made.root for made in seals]


def replayed(seals, log):
    edge, roots = merkle.Frontier(), []
    for made in seals:
        for (level, _), node in zip(
            merkle.cover(edge.size, made.n), log.growth(edge.size, made.n), strict=True
        ):
            edge.append(node, level=level)
        roots.append(edge.root().hex())
    return roots


def test_a_proof_reads_few_rows(write, django_assert_max_num_queries):
    write(1000)
    seal(now=NOW)
    entry = Entry.objects.get(n=400)
    with django_assert_max_num_queries(6):
        assert len(prove(entry).path) == 10


def test_an_unsealed_entry_has_no_proof(write):
    (entry,) = write()
    with pytest.raises(NotSealedError):
        prove(entry)


def test_a_clock_set_back_does_not_turn_time_back(write):
    write()
    first = seal(now=NOW)
    write()
    second = seal(now=NOW - 60 * MINUTE)
    assert (second.at, second.clock_behind) == (first.at, True)


def test_the_key_file_is_the_owners_alone(write, seal_key_file):
    write()
    seal(now=NOW)
    assert stat.S_IMODE(seal_key_file.stat().st_mode) == 0o600
    assert len(seal_key_file.read_text().splitlines()) == 1


def test_a_lost_key_is_not_replaced_behind_ones_back(write, seal_key_file):
    write(2)
    seal(now=NOW, most=2)
    seal_key_file.unlink()
    write()
    with pytest.raises(SealKeyError, match="backup"):
        seal(now=NOW)
    assert Seal.objects.count() == 1
    assert not seal_key_file.exists()


def test_a_new_key_is_vouched_for_by_the_old(write, seal_key_file):
    write()
    old = seal(now=NOW).key
    new = rotate_seal_key(now=NOW + MINUTE)
    write()
    made = seal(now=NOW + 2 * MINUTE)

    old.refresh_from_db()
    assert made.key == new
    assert (old.until, new.since, new.until) == (NOW + MINUTE, NOW + MINUTE, None)
    assert is_signed(old.public, new.endorsement, seal_keys.endorsement_of(new, old.key_id))
    assert len(seal_key_file.read_text().splitlines()) == 1


def test_after_loss_a_new_key_stands_without_endorsement(write, seal_key_file):
    write()
    seal(now=NOW)
    seal_key_file.unlink()
    assert rotate_seal_key(now=NOW + MINUTE, lost=True).endorsement == ""
    write()
    assert seal(now=NOW + 2 * MINUTE).number == 2


def test_a_rotation_cut_short_leaves_the_old_key_in_use(write, seal_key_file):
    """The new key is in the file before the database names it."""
    write()
    old = seal(now=NOW).key
    seal_key_file.write_text(seal_key_file.read_text() + "ed25519 " + "11" * 32 + "\n")
    write()
    assert seal(now=NOW).key == old


def test_a_damaged_log_is_not_sealed_over(write, unguarded):
    write(3)
    seal(now=NOW)
    Tile.objects.update(hashes=b"x" * 32)
    write()
    with pytest.raises(DamagedLogError):
        seal(now=NOW)
    assert Entry.objects.filter(n__isnull=True).count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kernel_seal SET root = ''",
        "DELETE FROM kernel_seal",
        "UPDATE kernel_sealkey SET public = ''",
        "DELETE FROM kernel_sealkey",
        "DELETE FROM kernel_tile",
        "UPDATE kernel_tile SET place = 5",
    ],
)
def test_seals_keys_and_tiles_are_guarded(write, sql):
    write()
    seal(now=NOW)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_tile_only_grows(write):
    write()
    seal(now=NOW)
    tile = Tile.objects.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Tile.objects.update(hashes=bytes(32))
    assert Tile.objects.update(hashes=bytes(tile.hashes) + bytes(32)) == 1


def test_an_entry_committed_late_is_sealed_next(committing, person):
    """PostgreSQL: the lower number may become visible after the higher one has been sealed."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, so numbers are committed in order")
    current_key(enterprise_id=None)  # the first writer of all makes it, and the second waits for that
    subject = Group.objects.create(name="x")
    facts = {"operation": "x", "clause": "6.1", "actor": person, "subject": subject, "payload": {}}
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            record(case="engagement:1", **facts)
            written.set()
            go_on.wait(PATIENCE)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(PATIENCE)
    with transaction.atomic():
        quick = record(case="engagement:2", **facts)
    assert seal(now=NOW).n == 1
    go_on.set()
    thread.join()
    assert seal(now=NOW).n == 2
    assert list(Entry.objects.order_by("n").values_list("case", flat=True)) == [
        "engagement:2",
        "engagement:1",
    ]
    assert quick.pk > Entry.objects.get(n=1).pk


def test_there_is_one_key_in_use(write):
    write()
    seal(now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        SealKey.objects.create(key_id="other", public="00", since=NOW)
