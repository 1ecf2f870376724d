"""Packs forged without the key of the institution, or with one of its old ones: each is named, the intact one passes."""

import hashlib
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.kernel.conftest import MINUTE, NOW
from tests.kernel.forging import (
    OWN,
    OWN_ID,
    another_seal,
    endorsed,
    key_line,
    local_entry,
    private_of,
    signed,
    with_bytes_at,
    with_keys,
    zipped,
)
from tests.kernel.packs import SHA, found, joined, lines, members, run

from keqiao.kernel.models import Seal, SealKey
from keqiao.kernel.record import verify
from keqiao.kernel.record.canonical import canonical
from keqiao.kernel.record.sealing import seal

SEEN: dict = {}  # what one test with a database made, for all of this module


@pytest.fixture
def true(request, tmp_path):
    """A pack of two keys and three seals, copied for each test."""
    if not SEEN:
        key_file = request.getfixturevalue("seal_key_file")
        request.getfixturevalue("write")(1, case="engagement:77")
        first = Ed25519PrivateKey.from_private_bytes(seed_of(key_file))
        request.getfixturevalue("log")
        pack = request.getfixturevalue("make")()
        SEEN.update(
            bytes=pack.read_bytes(),
            contents=members(pack),
            receipts=[made.receipt for made in Seal.objects.order_by("number")],
            publics=list(SealKey.objects.order_by("id").values_list("public", flat=True)),
            second=private_of(key_file),
            first=first,
        )
    path = tmp_path / "true.zip"
    path.write_bytes(SEEN["bytes"])
    return path


def seed_of(key_file):
    seal(now=NOW - MINUTE)
    return bytes.fromhex(key_file.read_text().split()[-1])


def contents(**changed):
    return {**SEEN["contents"], **changed}


def keys():
    return lines(SEEN["contents"]["keys.jsonl"])


def ids():
    return [key["key"] for key in keys()]


def receipt(number):
    return SEEN["receipts"][number - 1]


def forged(path, members_, **options):
    return found(zipped(path, members_), **options)


pytestmark = pytest.mark.django_db


def test_the_intact_one_passes_whatever_it_is_held_against(true):
    first, second = SEEN["publics"]
    for options in [
        {},
        *({"seal": one} for one in SEEN["receipts"]),
        {"key": first},
        {"key": second},
        {"known": [first]},
        {"known": ["11" * 32, second]},
    ]:
        assert found(true, **options) == set(), options


def test_put_together_again_it_is_the_same_to_the_byte(true, tmp_path):
    assert found(zipped(tmp_path / "again.zip", SEEN["contents"])) == set()


class TestKeys:
    def test_a_stray_key_signs_the_manifest(self, true):
        changed = signed(with_keys(contents(), *keys(), key_line()), OWN, OWN_ID)
        assert forged(true, changed) == {("loss", "keys.jsonl:3")}
        assert forged(true, changed, seal=receipt(4)) == {("loss", "keys.jsonl:3"), ("pin", "--seal")}

    def test_a_stray_key_seals_what_is_invented(self, true):
        changed, digest = another_seal(with_keys(contents(), *keys(), key_line()), OWN, OWN_ID)
        named = forged(true, signed(changed, OWN, OWN_ID, seal=digest), seal=receipt(4))
        assert {("loss", "keys.jsonl:3"), ("pin", "--seal")} <= named

    def test_records_cut_and_invented_under_a_key_of_ones_own(self, true):
        records = lines(contents()["records.jsonl"])[:-2]
        changed, digest = another_seal(
            contents(**{"records.jsonl": joined(records), "keys.jsonl": joined([*keys(), key_line()])}),
            OWN,
            OWN_ID,
        )
        changed = signed(changed, OWN, OWN_ID, seal=digest, cases={"engagement:12": len(records)})
        named = forged(true, changed, seal=receipt(4))
        assert {("loss", "keys.jsonl:3"), ("pin", "--seal")} <= named
        assert ("proof", "records.jsonl:1 (engagement:12 #1)") in named

    def test_a_key_endorsed_by_itself(self, true):
        line = endorsed(key_line(), OWN, ids()[-1])
        assert forged(true, signed(with_keys(contents(), *keys(), line), OWN, OWN_ID)) == {
            ("signature", "keys.jsonl:3")
        }

    def test_a_key_endorsed_by_a_retired_one(self, true):
        line = endorsed(key_line(), SEEN["first"], ids()[0])
        assert forged(true, signed(with_keys(contents(), *keys(), line), OWN, OWN_ID)) == {
            ("signature", "keys.jsonl:3")
        }

    def test_a_key_of_ones_own_before_the_true_ones(self, true):
        first = endorsed(keys()[0], OWN, OWN_ID)
        first["endorsement"] = endorsed(key_line(SEEN["publics"][0], since=first["since"]), OWN, OWN_ID)[
            "endorsement"
        ]
        changed = with_keys(contents(), key_line(), first, keys()[1])
        named = forged(true, signed(changed, OWN, OWN_ID))
        assert ("signer", "manifest.json") in named
        assert ("signature", "keys.jsonl:3") not in named

    def test_an_endorsement_taken_out(self, true):
        changed = with_keys(contents(), keys()[0], {**keys()[1], "endorsement": ""})
        assert forged(true, signed(changed, SEEN["second"], ids()[1])) == {("loss", "keys.jsonl:2")}

    def test_keys_that_changed_places(self, true):
        named = forged(true, signed(with_keys(contents(), *reversed(keys())), SEEN["second"], ids()[1]))
        assert {("signature", "keys.jsonl:1"), ("loss", "keys.jsonl:2"), ("key", "seals.jsonl:3")} <= named

    def test_a_key_twice(self, true):
        changed = with_keys(contents(), *keys(), keys()[0])
        named = forged(true, signed(changed, SEEN["second"], ids()[1]))
        assert named == {("key", "keys.jsonl:3"), ("loss", "keys.jsonl:3")}

    def test_a_retired_key_signs_the_manifest(self, true):
        assert forged(true, signed(contents(), SEEN["first"], ids()[0])) == {("signer", "manifest.json")}

    def test_a_retired_key_seals_again(self, true):
        changed, digest = another_seal(contents(), SEEN["first"], ids()[0])
        named = forged(true, signed(changed, SEEN["second"], ids()[1], seal=digest))
        assert ("key", "seals.jsonl:5") in named

    def test_a_key_that_is_not_in_the_pack(self, true):
        assert ("signature", "manifest.json") in forged(true, signed(contents(), OWN, OWN_ID))

    def test_all_of_it_made_anew_with_keys_of_ones_own(self, true, tmp_path, write, make, settings):
        """In itself such a pack is sound, and the check says that it was held against nothing. What is held shows it."""
        settings.SEAL_KEY_FILE = str(tmp_path / "another" / "seal.key")
        write(2, files=[SHA])
        seal(now=NOW)
        other = make("other.zip")
        assert found(other) == set()
        assert "compared with no receipt or key" in run(other)[1]
        assert found(other, seal=receipt(1)) == {("receipt", "--seal"), ("pin", "--seal")}
        assert found(other, key=SEEN["publics"][0]) == {("pin", "--key")}
        assert found(other, known=[SEEN["publics"][0]]) == {("pin", "固定公钥 / pinned key")}


class TestReceipts:
    def test_the_log_put_back_to_before_the_receipt(self, true):
        seals = lines(contents()["seals.jsonl"])[:2]
        last = {"seal": seals[-1]["seal"], "signature": seals[-1]["signature"]}
        changed = signed(
            contents(**{"seals.jsonl": joined(seals)}),
            SEEN["first"],
            ids()[0],
            seal=hashlib.sha256(canonical(last)).hexdigest(),
        )
        assert ("receipt", "--seal") in forged(true, changed, seal=receipt(4))
        assert ("pin", "--seal") in forged(true, changed, seal=receipt(4))

    def test_a_changed_receipt(self, true):
        other = receipt(3).replace(b'"number":3', b'"number":4')
        assert found(true, seal=other) == {("receipt", "--seal")}

    def test_what_is_no_receipt(self, true):
        for text in (b"", b"{}", b"[]", b"\xff", b'{"seal":{"key":[]}}'):
            assert ("receipt", "--seal") in found(true, seal=text), text

    def test_an_empty_option_is_refused(self, true, tmp_path):
        (tmp_path / "empty").write_bytes(b"")
        assert run(true, "--key", "")[0] == 2
        assert run(true, "--key", "11")[0] == 2
        assert run(true, "--seal", "")[0] == 2
        assert run(true, "--seal", tmp_path / "empty")[0] == 1

    def test_the_library_takes_an_empty_key_for_none_of_ours(self, true):
        assert found(true, key="") == {("pin", "--key")}


class TestBytesNobodyVouchesFor:
    def test_a_comment_of_the_zip(self, true):
        with zipfile.ZipFile(true, "a") as archive:
            archive.comment = b"paid in full"
        assert found(true) == {("loose", "zip")}

    def test_a_comment_of_a_member(self, true):
        other = zipped(true, SEEN["contents"], change=lambda info: setattr(info, "comment", b"paid"))
        assert found(other) == {("loose", "zip")}

    def test_bytes_before_the_zip(self, true):
        true.write_bytes(b"#!/bin/sh\nexit\n" + true.read_bytes())
        assert found(true) == {("loose", "README.txt")}

    def test_bytes_before_the_zip_with_places_put_right(self, true):
        assert found(with_bytes_at(true, 0, b"#!/bin/sh\nexit\n")) == {("loose", "README.txt")}

    def test_bytes_behind_the_zip(self, true):
        true.write_bytes(true.read_bytes() + b"more")
        assert {code for code, _where in found(true)} <= {"loose", "form"}
        assert found(true) != set()

    def test_a_member_that_the_directory_does_not_name(self, true):
        with zipfile.ZipFile(true) as archive:
            second, start = archive.infolist()[1], archive.start_dir
        hidden = local_entry("receipt.pdf", b"%PDF-1.7 hidden")
        data = true.read_bytes()
        assert found(with_bytes_at(true, second.header_offset, hidden)) == {("loose", second.filename)}
        true.write_bytes(data)
        assert found(with_bytes_at(true, start, hidden)) == {("loose", "zip")}

    def test_a_member_twice(self, true):
        with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(true, "a") as archive:
            archive.writestr("index.html", "another")
        assert found(true) == {("name", "index.html")}

    def test_extra_fields(self, true):
        extra = b"\x99\x99\x04\x00paid"
        other = zipped(true, SEEN["contents"], change=lambda info: setattr(info, "extra", extra))
        assert found(other) == {("loose", "README.txt")}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("date_time", (2030, 1, 1, 0, 0, 0)),
            ("external_attr", 0o100755 << 16),
            ("internal_attr", 1),
            ("create_system", 0),
            ("create_version", 63),
        ],
    )
    def test_fields_a_writer_is_free_to_set(self, true, field, value):
        other = zipped(true, SEEN["contents"], change=lambda info: setattr(info, field, value))
        assert {code for code, _where in found(other)} == {"loose"}

    def test_bytes_behind_what_is_packed(self, true):
        """A deflated member whose place is longer than what it packs, with all lengths told as they are."""
        with zipfile.ZipFile(true) as archive:
            info = archive.getinfo("index.html")
            assert info.compress_type == zipfile.ZIP_DEFLATED
            end = info.header_offset + 30 + len(info.filename) + info.compress_size
        other = with_bytes_at(true, end, b"hidden")
        data = bytearray(other.read_bytes())
        longer = (info.compress_size + 6).to_bytes(4, "little")
        data[info.header_offset + 18 : info.header_offset + 22] = longer
        entry = data.index(b"index.html", data.rindex(b"README.txt")) - 46
        data[entry + 20 : entry + 24] = longer
        other.write_bytes(bytes(data))
        with zipfile.ZipFile(other) as archive:
            assert archive.read("index.html") == SEEN["contents"]["index.html"]
        assert found(other) == {("loose", "index.html")}

    def test_unpacked_there_are_none(self, true, tmp_path):
        with zipfile.ZipFile(true) as archive:
            archive.extractall(tmp_path / "unpacked")
        assert verify.verify(tmp_path / "unpacked") == []
