"""The pack and its verifier: what is in it, what it withstands, what it refuses."""

import ast
import hashlib
import io
import json
import shutil
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from tests.kernel.packs import (
    FILE,
    NOTICE,
    SHA,
    emptied,
    found,
    joined,
    lines,
    member,
    members,
    resigned,
    rewritten,
    run,
)

from keqiao.kernel.models import Entry, Seal, SealKey
from keqiao.kernel.record import seal_keys, verify
from keqiao.kernel.record.pack import PackError, member_name, verifier
from keqiao.kernel.record.sealing import seal
from keqiao.kernel.record.verify_zip import is_safe

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_fresh_pack_is_intact(pack):
    code, text = run(pack)
    assert (code, text.splitlines()[-1]) == (0, "✓ 完整无误 / intact")
    assert "{'engagement:12': 8}" in text
    assert "示例档案" in text


def test_what_is_in_it(pack):
    assert list(members(pack)) == [
        "README.txt",
        "index.html",
        "verify.py",
        "records.jsonl",
        "seals.jsonl",
        "documents/0001-受理通知.pdf",
        "files/0001-服务合同.pdf",
        "keys.jsonl",
        "manifest.json",
        "manifest.sig",
    ]
    manifest = json.loads(members(pack)["manifest.json"])
    assert manifest["cases"] == {"engagement:12": 8}
    assert manifest["facts"] == {"enterprise": "示例科技有限公司"}
    assert [seal_["seal"]["number"] for seal_ in lines(members(pack)["seals.jsonl"])] == [1, 2, 3]


def test_the_same_contents_make_the_same_bytes(pack, make):
    assert make("again.zip").read_bytes() == pack.read_bytes()


def test_records_may_come_as_a_list(pack, make):
    entries = list(Entry.objects.filter(case="engagement:12").select_related("said").order_by("-id"))
    assert make("again.zip", records=entries).read_bytes() == pack.read_bytes()


def test_the_unpacked_folder_checks_itself(pack, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)
    assert run(None, script=folder / "verify.py")[0] == 0
    (folder / "files" / "0001-服务合同.pdf").write_bytes(b"other")
    (folder / "added.txt").write_bytes(b"x")
    code, text = run(None, script=folder / "verify.py")
    assert code == 1
    assert "✗ files/0001-服务合同.pdf" in text
    assert "✗ added.txt" in text


def test_missing_added_and_doubled_members(pack):
    contents = members(pack)
    without = {name: data for name, data in contents.items() if name != "index.html"}
    assert found(rewritten(pack, without)) == {("absent", "index.html")}
    assert found(rewritten(pack, {**contents, "extra.exe": b"x"})) == {("unlisted", "extra.exe")}
    assert found(rewritten(pack, {**contents, "INDEX.HTML": b"x"})) == {("name", "INDEX.HTML")}


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/evil",
        "a/../../evil",
        "C:evil",
        "a\\evil",
        "a\nb",
        "a//b",
        "a/./b",
        "folder/",
        "a ",
        "x" * 256,
    ],
)
def test_names_that_could_leave_the_folder(pack, name):
    code, text = run(rewritten(pack, {**members(pack), name: b"x"}))
    assert code == 1
    assert "不是档案包允许的名称" in text


def test_links_and_bombs_are_refused_before_unpacking(pack):
    contents = members(pack)
    link = member("link")
    link.external_attr = 0o120777 << 16
    target = rewritten(pack, contents)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert found(target) == {("name", "link")}
    with zipfile.ZipFile(rewritten(pack, contents), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(20 << 20))
    assert found(target) == {("limit", "bomb")}
    assert {code for code, _where in found(pack, max_bytes=1000)} == {"limit"}


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000 + b"\n",
        b'{"header":' + b"9" * 5000 + b"}\n",
        b"null\n",
        b'"text"\n',
        b"\xff\n",
        b'{"header":{},"n":0,"payload":{},"proof":[],"salt":""}\n',
        b'{"a":1,"a":2}\n',
        b'{"a": 1}\n',
        b'{"a":"\\ud800"}\n',
        b'{"growth":[],"seal":{"key":"x"},"signature":""}\n',
        b'{"growth":[1],"seal":{"at":1,"key":[],"n":5,"number":{},"previous":0,"root":1},"signature":2}\n',
        b'{"cases":1,"key":[],"kind":"keqiao-pack/1","members":[1],"title":[]}\n',
        b'{"endorsement":1,"key":[],"public":"' + b"11" * 32 + b'","since":{}}\n',
    ],
)
@pytest.mark.parametrize("name", ["records.jsonl", "seals.jsonl", "keys.jsonl", "manifest.json"])
def test_hostile_lines_are_findings_not_crashes(pack, name, line):
    check = verify.examine(rewritten(pack, {**members(pack), name: line}), key="11" * 32)
    assert any(name in finding.where for finding in check.findings)
    assert "✗ 有" in verify.report(check)


def test_a_title_cannot_pretend(log, make):
    path = make(title="x\n✓ 完整无误 / intact\x1b[2J")
    assert "\x1b" not in run(path)[1]
    assert len(run(path)[1].splitlines()) == 6


def test_what_is_no_pack(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    code, text = run(tmp_path / "x.zip")
    assert code == 1
    assert "x.zip" in text
    assert run(tmp_path / "absent.zip")[0] == 2
    assert run(tmp_path / "x.zip", "--nonsense")[0] == 2


def test_a_cut_off_or_damaged_zip_is_a_finding(pack):
    data = pack.read_bytes()
    other = pack.with_name("cut.zip")
    other.write_bytes(data[: len(data) // 2])
    assert found(other) == {("form", str(other))}
    for place in range(0, len(data), len(data) // 97):
        other.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        verify.verify(other)  # whatever it finds, it ends


def test_a_receipt_of_the_same_log_is_found(pack, tmp_path):
    for made in Seal.objects.all():
        (tmp_path / "receipt.json").write_bytes(made.receipt + b"\n")
        assert run(pack, "--seal", tmp_path / "receipt.json")[0] == 0


def test_a_rebuilt_log_does_not_hold_the_outside_seal(write, make, tmp_path):
    """The holder of database and key starts again with the same key; the new pack is sound in itself."""
    write(3, files=[SHA])
    outside = seal(now=NOW).receipt
    emptied()
    write(2, files=[SHA])
    seal(now=NOW)
    rebuilt = make("rebuilt.zip")
    receipt = tmp_path / "receipt.json"
    receipt.write_bytes(outside)

    assert run(rebuilt)[0] == 0
    code, text = run(rebuilt, "--seal", receipt)
    assert code == 1
    assert "✗ --seal" in text


def test_a_pinned_key_must_vouch_for_the_pack(pack):
    first, second = SealKey.objects.values_list("public", flat=True)
    assert run(pack, "--key", first)[0] == 0
    assert run(pack, "--key", second)[0] == 0
    code, text = run(pack, "--key", "11" * 32)
    assert code == 1
    assert "✗ --key" in text


def test_after_a_lost_key_the_old_one_does_not_vouch(write, make, seal_key_file):
    write(1, files=[SHA])
    seal(now=NOW)
    seal_key_file.unlink()
    seal_keys.rotate_seal_key(now=NOW + MINUTE, lost=True)
    write(1)
    seal(now=NOW + 2 * MINUTE)
    old, new = SealKey.objects.values_list("public", flat=True)
    pack = make()
    gap = ("loss", "keys.jsonl:2")
    assert found(pack) == {gap}
    assert found(pack, key=new) == {gap}
    assert found(pack, key=old) == {gap, ("pin", "--key")}


def test_a_retired_key_may_not_seal_again(pack, seal_key_file):
    contents = members(pack)
    seals = lines(contents["seals.jsonl"])
    seals[2]["seal"]["key"] = seals[0]["seal"]["key"]
    changed = {**contents, "seals.jsonl": joined(seals)}
    assert ("key", "seals.jsonl:3") in found(rewritten(pack, resigned(changed, seal_key_file)))


def test_old_signatures_are_held_by_the_chain(pack, seal_key_file):
    """The newest and the last of each key are checked; the hashes hold the others."""
    assert found(pack, signatures=1) == set()
    contents = members(pack)
    seals = lines(contents["seals.jsonl"])
    seals[1]["signature"] = "00" * 64
    other = rewritten(pack, resigned({**contents, "seals.jsonl": joined(seals)}, seal_key_file))
    assert ("chain", "seals.jsonl:3") in found(other, signatures=1)


def test_a_pack_refuses_what_its_verifier_would(log, make, write, tmp_path):
    with pytest.raises(PackError, match="受理通知"):
        make(documents=[("受理通知.pdf", NOTICE, SHA)])
    with pytest.raises(PackError, match="合同"):
        make(files=[(SHA, "合同.pdf", lambda: io.BytesIO(b"swapped"))])
    with pytest.raises(PackError, match="other"):
        make(files=[(hashlib.sha256(b"x").hexdigest(), "other.pdf", lambda: io.BytesIO(b"x"))])
    write()
    with pytest.raises(Exception, match="sealed"):
        make()
    assert {path.name for path in tmp_path.iterdir()} == {"seal.key", "seal.key.pinned"}


def test_without_a_seal_there_is_no_pack(db, make):
    with pytest.raises(PackError):
        make(records=[])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("合同.pdf", "files/0001-合同.pdf"),
        ("../../etc/passwd", "files/0001-passwd"),
        ("C:\\temp\\a.docx", "files/0001-a.docx"),
        ("a\r\nb\x00.pdf", "files/0001-a__b_.pdf"),
        ("\u202egpj.exe", "files/0001-_gpj.exe"),
        ("", "files/0001-"),
        ("..", "files/0001-"),
        ("长" * 100 + ".pdf", "files/0001-" + "长" * 38 + ".pdf"),
        ('a:b*c?"<>|.txt', "files/0001-a_b_c_____.txt"),
    ],
)
def test_names_are_made_safe(name, expected):
    assert member_name("files", 1, name) == expected
    assert is_safe(expected)


def test_two_files_of_one_name_both_fit(log, write, make):
    other = hashlib.sha256(b"x").hexdigest()
    write(1, files=[other])
    seal(now=NOW + 4 * MINUTE)
    path = make(
        files=[(SHA, "a.pdf", lambda: io.BytesIO(FILE)), (other, "a.pdf", lambda: io.BytesIO(b"x"))],
    )
    assert found(path) == set()
    assert sum(name.startswith("files/") for name in members(path)) == 2


def test_the_verifier_is_one_short_file_for_old_pythons():
    source = verifier().decode()
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported <= sys.stdlib_module_names
    assert len(source.splitlines()) <= 520
    assert "keqiao." not in source


def test_the_pack_carries_this_very_verifier(pack, tmp_path):
    copy = tmp_path / "verify.py"
    copy.write_bytes(members(pack)["verify.py"])
    assert copy.read_bytes() == verifier()
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(copy, alone / "verify.py")
    assert run(pack, script=alone / "verify.py")[0] == 0


def test_what_is_withheld_is_counted_and_the_rest_stands(log, make):
    """Header and proof stay: the numbers of the case run on, and the check says how many were left out."""
    chosen = list(Entry.objects.filter(case="engagement:12").order_by("id")[2:4])
    path = make(withheld=[entry.pk for entry in chosen])
    assert found(path) == set()
    assert "withheld 2" in run(path)[1]
    records = lines(members(path)["records.jsonl"])
    assert [(line["payload"], line["salt"]) for line in records if line.get("withheld")] == [(None, None)] * 2
    assert (
        len([line for line in records if line["payload"] is not None]) == 8 - 2 - 1
    )  # one was erased before


@pytest.mark.parametrize("said", [0, 1, 3])
def test_another_number_of_withheld_records_than_is_signed_is_named(log, make, seal_key_file, said):
    chosen = list(Entry.objects.filter(case="engagement:12").order_by("id")[2:4])
    path = make(withheld=[entry.pk for entry in chosen])
    contents = members(path)
    manifest = json.loads(contents["manifest.json"])
    lying = {**contents, "manifest.json": json.dumps({**manifest, "withheld": said}).encode()}
    assert found(rewritten(path, resigned(lying, seal_key_file))) == {("withheld", "records.jsonl")}


def test_a_record_cannot_be_withheld_by_who_has_no_key(pack):
    contents = members(pack)
    records = lines(contents["records.jsonl"])
    records[0] = {**records[0], "payload": None, "salt": None, "withheld": True}
    changed = rewritten(pack, {**contents, "records.jsonl": joined(records)})
    assert {("content", "records.jsonl"), ("withheld", "records.jsonl")} <= found(changed)
