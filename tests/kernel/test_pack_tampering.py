"""A changed pack: the verifier names what was changed, also where the changer held the key."""

import json

import pytest
from tests.kernel.packs import found, joined, lines, members, resigned, rewritten, run

from keqiao.kernel.record.canonical import canonical


def test_one_byte_of_any_member_is_named(pack):
    """Flip the lowest bit of the first, a middle and the last byte of every member."""
    contents = members(pack)
    for name, data in contents.items():
        for place in {0, len(data) // 2, len(data) - 1}:
            changed = bytearray(data)
            changed[place] ^= 1
            other = rewritten(pack, {**contents, name: bytes(changed)})
            named = {where.split(":")[0] for _code, where in found(other)}
            expected = "manifest.json" if name.startswith("manifest.") else name
            assert expected in named or name in named, (name, place, named)


@pytest.mark.parametrize(
    "name",
    [
        "records.jsonl",
        "seals.jsonl",
        "keys.jsonl",
        "manifest.json",
        "manifest.sig",
        "files/0001-服务合同.pdf",
    ],
)
def test_a_run_of_the_verifier_names_the_changed_member(pack, name):
    contents = members(pack)
    changed = bytearray(contents[name])
    changed[len(changed) // 2] ^= 1
    code, text = run(rewritten(pack, {**contents, name: bytes(changed)}))
    assert code == 1
    assert f"✗ {'manifest.json' if name == 'manifest.sig' else name}" in text


def test_every_byte_of_records_and_seals_counts(pack):
    """Case of hex letters and spellings included; each flip of bit 5 turns a letter into its other case."""
    contents = members(pack)
    for name in ("seals.jsonl", "keys.jsonl", "manifest.sig"):
        data = contents[name]
        for place in range(0, len(data), 29):
            changed = bytearray(data)
            changed[place] ^= 0x20
            assert found(rewritten(pack, {**contents, name: bytes(changed)})), (name, place)


def field_changes(item, path=()):
    """Every field of a line, each changed in its kind."""
    for name, value in item.items():
        if isinstance(value, dict) and value:
            yield from field_changes(value, (*path, name))
        else:
            yield (*path, name), changed_value(value)


def changed_value(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return value[:-1] if value else ["00" * 32]
    if isinstance(value, str) and len(value) >= 64:
        return ("1" if value[0] != "1" else "2") + value[1:]
    return f"{value}x"


def with_field(item, path, value):
    head, *rest = path
    return {**item, head: with_field(item[head], rest, value) if rest else value}


def test_every_field_of_a_record_is_held_even_against_the_key(pack, seal_key_file):
    """Re-signed by someone with the key: the seals still name the record."""
    contents = members(pack)
    records = lines(contents["records.jsonl"])
    for path, value in field_changes(records[2]):
        changed = joined([*records[:2], with_field(records[2], path, value), *records[3:]])
        other = rewritten(pack, resigned({**contents, "records.jsonl": changed}, seal_key_file))
        named = {where for _code, where in found(other)}
        assert any(where.startswith("records.jsonl:3") for where in named), (path, named)


def test_every_field_of_a_seal_is_held_even_against_the_key(pack, seal_key_file):
    contents = members(pack)
    seals = lines(contents["seals.jsonl"])
    for path, value in field_changes(seals[1]):
        changed = joined([seals[0], with_field(seals[1], path, value), seals[2]])
        other = rewritten(pack, resigned({**contents, "seals.jsonl": changed}, seal_key_file))
        named = {where for _code, where in found(other)}
        assert named & {"seals.jsonl:2", "seals.jsonl:3"}, (path, named)


def test_every_field_of_a_key_is_held(pack):
    contents = members(pack)
    keys = lines(contents["keys.jsonl"])
    for place in (0, 1):
        for path, value in field_changes(keys[place]):
            changed = [with_field(key, path, value) if key is keys[place] else key for key in keys]
            assert found(rewritten(pack, {**contents, "keys.jsonl": joined(changed)})), (place, path)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda records: records[:-1], ("count", "records.jsonl (engagement:12)")),
        (lambda records: records[1:], ("gap", "records.jsonl:1 (engagement:12 #2)")),
        (
            lambda records: [records[1], records[0], *records[2:]],
            ("gap", "records.jsonl:1 (engagement:12 #2)"),
        ),
        (lambda records: [*records, records[-1]], ("gap", "records.jsonl:9 (engagement:12 #8)")),
        (lambda records: [*records[:6], *records[7:]], ("gap", "records.jsonl:7 (engagement:12 #8)")),
    ],
    ids=["tail cut", "head cut", "reordered", "doubled", "one taken out"],
)
def test_records_taken_out_or_moved(pack, seal_key_file, change, expected):
    contents = members(pack)
    records = change(lines(contents["records.jsonl"]))
    assert expected in found(
        rewritten(pack, resigned({**contents, "records.jsonl": joined(records)}, seal_key_file))
    )


def test_a_tail_cut_with_the_count_put_right_breaks_the_signature(pack):
    contents = members(pack)
    manifest = json.loads(contents["manifest.json"])
    manifest["cases"]["engagement:12"] = 7
    records = joined(lines(contents["records.jsonl"])[:-1])
    other = rewritten(
        pack, {**contents, "records.jsonl": records, "manifest.json": canonical(manifest) + b"\n"}
    )
    assert ("signature", "manifest.json") in found(other)


def test_a_swapped_file_is_named_even_against_the_key(pack, seal_key_file):
    contents = {**members(pack), "files/0001-服务合同.pdf": b"%PDF-1.7 another contract"}
    assert found(rewritten(pack, resigned(contents, seal_key_file))) == {
        ("evidence", "files/0001-服务合同.pdf")
    }


def test_a_forged_proof_is_named(pack, seal_key_file):
    contents = members(pack)
    records = lines(contents["records.jsonl"])
    records[0]["proof"][0] = "11" * 32
    changed = {**contents, "records.jsonl": joined(records)}
    assert found(rewritten(pack, resigned(changed, seal_key_file))) == {
        ("proof", "records.jsonl:1 (engagement:12 #1)")
    }


def test_a_removed_seal_is_named(pack, seal_key_file):
    contents = members(pack)
    seals = lines(contents["seals.jsonl"])
    changed = {**contents, "seals.jsonl": joined([seals[0], seals[2]])}
    assert ("chain", "seals.jsonl:2") in found(rewritten(pack, resigned(changed, seal_key_file)))


def test_an_erasure_without_a_record_of_it_is_named(pack, seal_key_file):
    contents = members(pack)
    records = lines(contents["records.jsonl"])
    records[3].update(payload=None, salt=None)
    changed = {**contents, "records.jsonl": joined(records)}
    assert found(rewritten(pack, resigned(changed, seal_key_file))) == {
        ("erased", "records.jsonl:4 (engagement:12 #4)")
    }
