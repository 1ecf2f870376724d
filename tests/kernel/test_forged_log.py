"""What someone can do who has the database alone: rebuild, cut, append, re-key, roll back. Each is named by the audit."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from tests.kernel.conftest import MINUTE, NOW
from tests.kernel.forging import (
    OWN,
    OWN_ID,
    OWN_PUBLIC,
    cut_back_to,
    emptied_with_its_keys,
    insert_key,
    private_of,
    sign_seal,
    sql,
)
from tests.kernel.packs import SHA

from keqiao.kernel.models import Entry, EntryFile, Seal, SealKey, Tile
from keqiao.kernel.record import append_only, pinned, seal_keys
from keqiao.kernel.record.audit import unchecked, verify_log
from keqiao.kernel.record.sealing import seal

LATER = NOW + 9 * MINUTE


def found(**options):
    return {(item.code, item.where) for item in verify_log(**options)}


def named(**options):
    """Without the remark on the guards, which most forgeries lift."""
    return {finding for finding in found(**options) if finding[0] != "unguarded"}


@pytest.fixture
def keys(log):
    return list(SealKey.objects.order_by("id"))


@pytest.fixture
def remembered(log):
    """As this machine does after each seal is committed."""
    newest = Seal.objects.order_by("-number").first()
    pinned.keep_newest(newest.receipt)
    return newest


@pytest.fixture
def long_log(write):
    """Three seals, and what they seal is all still there."""
    for minute in range(3):
        write(2)
        seal(now=NOW + minute * MINUTE)
    newest = Seal.objects.order_by("-number").first()
    pinned.keep_newest(newest.receipt)


def test_the_intact_one_passes(log, remembered, keys):
    receipts = [made.receipt for made in Seal.objects.all()]
    assert verify_log(receipts=receipts, key=keys[0].public, files=False) == []
    assert verify_log(key=keys[0].public.upper()) == []


class TestKeys:
    def test_the_log_rebuilt_with_other_keys(self, log, write, settings, tmp_path):
        true = settings.SEAL_KEY_FILE
        emptied_with_its_keys()
        settings.SEAL_KEY_FILE = str(tmp_path / "forger" / "seal.key")
        write(3, files=[SHA])
        seal(now=NOW)
        assert found() == set()  # on the forger's own machine all is well
        settings.SEAL_KEY_FILE = true
        assert found() == {("pin", SealKey.objects.get().key_id)}

    def test_the_log_emptied(self, log, keys):
        emptied_with_its_keys()
        assert found() == {("pin", "-")}
        pinned.path().unlink()
        assert found() == set()
        assert found(key=keys[0].public) == {("pin", "-")}

    def test_another_key_than_the_one_written_down(self, log, keys):
        pinned.path().unlink()
        assert found() == set()
        assert "--key" in unchecked(receipts=1, key="", files=True)[0]
        assert found(key="11" * 32) == {("pin", keys[0].key_id)}

    def test_a_key_of_ones_own_signs_the_new_seals(self, log, write, unguarded):
        insert_key()
        sql("UPDATE kernel_seal SET key_id = %s WHERE number = 3", OWN_ID)
        sign_seal(3, OWN, OWN_ID)
        assert named() == {("key", OWN_ID)}

    @pytest.mark.parametrize("endorsement", ["00" * 64, "11" * 64, "nothing"])
    def test_a_key_of_ones_own_with_an_invented_endorsement(self, log, unguarded, endorsement):
        insert_key(endorsement=endorsement)
        assert named() == {("key", OWN_ID)}

    def test_a_key_of_ones_own_endorsed_by_itself(self, log, keys, unguarded):
        row = insert_key()
        word = OWN.sign(seal_keys.endorsement_of(row, keys[-1].key_id)).hex()
        sql("UPDATE kernel_sealkey SET endorsement = %s WHERE key_id = %s", word, OWN_ID)
        assert named() == {("key", OWN_ID)}

    def test_a_key_of_ones_own_before_the_first(self, log, keys, unguarded):
        insert_key(pk=keys[0].pk - 1)
        assert {("pin", OWN_ID), ("key", keys[0].key_id)} <= named()

    def test_the_first_key_replaced_and_its_seals_signed_anew(self, log, keys, unguarded):
        sql("UPDATE kernel_sealkey SET public = %s WHERE id = %s", OWN_PUBLIC, keys[0].pk)
        assert {("pin", keys[0].key_id), ("key", keys[0].key_id), ("signature", "seal 1")} <= named()

    def test_an_endorsement_taken_out(self, log, keys, unguarded):
        sql("UPDATE kernel_sealkey SET endorsement = '' WHERE id = %s", keys[1].pk)
        assert named() == {("key", keys[1].key_id)}

    def test_keys_that_changed_places(self, log, keys, unguarded):
        sql("UPDATE kernel_sealkey SET id = %s WHERE id = %s", keys[1].pk + 9, keys[0].pk)
        assert {("pin", keys[1].key_id), ("key", keys[0].key_id), ("turn", "seal 2")} <= named()

    def test_a_key_whose_end_was_moved(self, log, keys, unguarded):
        sql("UPDATE kernel_sealkey SET until = %s WHERE id = %s", LATER, keys[0].pk)
        assert named() == {("term", keys[0].key_id)}

    def test_no_key_in_use(self, log, keys, unguarded):
        sql("UPDATE kernel_sealkey SET until = %s WHERE id = %s", LATER, keys[1].pk)
        assert named() == {("term", keys[1].key_id)}

    def test_a_loss_that_only_the_database_speaks_of(self, log, keys, seal_key_file, write):
        """The same rotation is whole on the machine that noted it, and named where only the database has it."""
        seal_keys.rotate_seal_key(now=LATER, lost=True)
        assert found() == set()
        first = pinned.path().read_text().splitlines()[0]
        pinned.path().write_text(f"{first}\n")
        assert found() == {("key", SealKey.objects.latest("id").key_id)}


class TestSeals:
    def test_a_seal_that_names_no_key(self, log, unguarded):
        sql("UPDATE kernel_seal SET key_id = %s, signature = %s WHERE number = 3", "00" * 16, "00" * 64)
        assert named() == {("keyless", "seal 3"), ("seal", "seal 3")}
        sql("UPDATE kernel_seal SET key_id = %s WHERE number = 3", SealKey.objects.latest("id").key_id)
        assert named() == {("signature", "seal 3")}

    def test_an_empty_signature(self, log, unguarded):
        sql("UPDATE kernel_seal SET signature = '' WHERE number = 3")
        assert named() == {("signature", "seal 3")}

    def test_an_empty_root(self, log, unguarded):
        sql("UPDATE kernel_seal SET root = '' WHERE number = 3")
        assert named() == {("seal", "seal 3"), ("root", "seal 3"), ("tiles", "10")}

    def test_a_retired_key_signs_again(self, write, unguarded, seal_key_file):
        write()
        seal(now=NOW)
        first = private_of(seal_key_file)
        seal_keys.rotate_seal_key(now=NOW + MINUTE)
        for minute in (2, 3):
            write()
            seal(now=NOW + minute * MINUTE)
        assert named() == set()
        sign_seal(3, first, SealKey.objects.order_by("id").first().key_id)
        assert named() == {("turn", "seal 3")}

    def test_a_seal_from_before_the_one_before(self, log, unguarded, seal_key_file):
        sql("UPDATE kernel_seal SET at = %s WHERE number = 3", NOW)
        sign_seal(3, private_of(seal_key_file), SealKey.objects.latest("id").key_id)
        assert named() == {("turn", "seal 3")}

    def test_the_log_put_back_to_a_seal(self, long_log, unguarded):
        receipts = [made.receipt for made in Seal.objects.order_by("number")]
        cut_back_to(1)
        assert named(receipts=receipts[:1]) == {("newest", "seal 3")}
        assert named(receipts=receipts) == {
            ("newest", "seal 3"),
            ("receipt", "seal 2"),
            ("receipt", "seal 3"),
        }

    def test_the_log_put_back_on_a_machine_that_remembers_nothing(self, long_log, unguarded):
        pinned.keep_newest(b"")
        receipts = [made.receipt for made in Seal.objects.order_by("number")]
        cut_back_to(1)
        assert named() == set()
        assert named(receipts=receipts[1:2]) == {("receipt", "seal 2")}

    def test_the_log_gone_on_after_it_was_put_back(self, long_log, write, unguarded):
        cut_back_to(1)
        write(2)
        seal(now=LATER)
        assert named() == {("newest", "seal 3")}

    def test_a_receipt_of_another_house(self, log):
        other = Seal.objects.get(number=1)
        other.signature = Ed25519PrivateKey.generate().sign(other.body.encode()).hex()
        assert found(receipts=[other.receipt]) == {("foreign", "seal 1")}

    def test_what_is_remembered_was_damaged(self, log):
        for text in (b"{}", b"\xff", b'{"seal":{"number":"1"}}', b'{"seal":[]}'):
            pinned.keep_newest(text)
            assert found() == {("newest", "seal 0")}


class TestRows:
    def test_a_tree_longer_than_its_seal(self, log, unguarded):
        tile = Tile.objects.get()
        Tile.objects.update(hashes=bytes(tile.hashes) + bytes(32))
        assert named() == {("tiles", "10")}

    def test_a_row_that_hangs_on_no_entry(self, log, unguarded):
        entry = Entry.objects.get(n=0)
        row = EntryFile.objects.get(entry=entry)
        EntryFile(entry_id=987654, sha256="11" * 32).save()
        stray = EntryFile.objects.get(entry_id=987654)
        assert named() == {("stray", f"kernel.entryfile {stray.pk}")}
        sql("DELETE FROM kernel_entryfile WHERE id = %s", stray.pk)
        assert row.sha256 == SHA

    def test_an_entry_slipped_in_behind_the_last_seal(self, log, unguarded):
        """Without the keys of the house nobody can write what it says, and what says nothing is lost."""
        last = Entry.objects.get(case="engagement:13", case_n=2)
        header = last.header.replace('"case_n":2', '"case_n":3')
        from keqiao.kernel.record import merkle

        Entry(
            at=last.at, actor_id=7, actor_label=last.actor_label, operation=last.operation, clause=last.clause,
            subject_type=last.subject_type, subject_id=last.subject_id, case=last.case, case_n=3, header=header,
            leaf=merkle.leaf_hash(header.encode()),
        ).save()  # fmt: skip
        sql("UPDATE kernel_casecounter SET last = 3 WHERE \"case\" = 'engagement:13'")
        assert named() == {("lost", "engagement:13 #3 report_progress")}


class TestGuards:
    def test_one_that_is_gone(self, log):
        on = "" if connection.vendor == "sqlite" else " ON kernel_seal"
        sql(f"DROP TRIGGER guard_kernel_seal_delete{on}")
        assert found() == {("unguarded", "kernel_seal")}
        append_only.install(connection)
        assert found() == set()

    def test_one_without_teeth_under_the_same_name(self, log):
        if connection.vendor == "sqlite":
            sql("DROP TRIGGER guard_kernel_seal_delete")
            sql("CREATE TRIGGER guard_kernel_seal_delete BEFORE DELETE ON kernel_seal BEGIN SELECT 1; END")
        else:
            sql("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction holds the table
            sql("ALTER TABLE kernel_seal DISABLE TRIGGER guard_kernel_seal_delete")
        # One that is switched off is none; one that does nothing is there.
        assert append_only.missing(connection) == ([] if connection.vendor == "sqlite" else ["kernel_seal"])
        assert found() == {("unguarded", "kernel_seal")}
        append_only.install(connection)

    def test_one_that_lets_through_what_it_held(self, log):
        if connection.vendor == "sqlite":
            sql("DROP TRIGGER guard_kernel_seal_update")
            sql(
                "CREATE TRIGGER guard_kernel_seal_update BEFORE UPDATE ON kernel_seal WHEN NEW.number = 0 "
                "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
            )
            expected = {("unguarded", "kernel_seal")}
        else:
            sql(
                "CREATE OR REPLACE FUNCTION kernel_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            )
            expected = {("unguarded", table) for table in append_only.TABLES}
        assert found() == expected
        append_only.install(connection)
