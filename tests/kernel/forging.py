"""What a forger does: with the database alone, with a pack alone, or with keys of their own."""

import hashlib
import json
import struct
import zipfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from tests.kernel.packs import joined, lines, member

from keqiao.kernel.models import Entry, Seal, SealKey, Tile
from keqiao.kernel.record import append_only, seal_keys
from keqiao.kernel.record.canonical import canonical
from keqiao.kernel.record.sealing import statement
from keqiao.kernel.record.verify_arithmetic import grown

OWN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OWN_PUBLIC = OWN.public_key().public_bytes_raw().hex()
OWN_ID = seal_keys.key_id(OWN_PUBLIC)


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def private_of(key_file):
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key_file.read_text().split()[-1]))


def insert_key(*, endorsement="", pk=None):
    """A key of the forger's own takes over, as `rotate_seal_key` would write it."""
    old = SealKey.objects.order_by("-id").first()
    newest = Seal.objects.order_by("-number").first()
    SealKey.objects.filter(pk=old.pk).update(until=newest.at)
    SealKey(pk=pk, key_id=OWN_ID, public=OWN_PUBLIC, since=newest.at, endorsement=endorsement).save()
    return SealKey.objects.get(key_id=OWN_ID)


def sign_seal(number, private, key_id):
    """Signed anew, and every later seal's link to it is left as it was."""
    seal = Seal.objects.get(number=number)
    seal.key_id = key_id
    body = statement(seal)
    sql(
        "UPDATE kernel_seal SET key_id = %s, body = %s, signature = %s WHERE number = %s",
        key_id, body, private.sign(body.encode()).hex(), number,
    )  # fmt: skip


def cut_back_to(number):
    """The log as it was under this seal: all that came later is gone, and what counts it fits."""
    size = Seal.objects.get(number=number).n
    late = [entry.pk for entry in Entry.objects.all() if entry.n is None or entry.n >= size]
    for table, column in (
        ("entryrow", "entry_id"),
        ("entryfile", "entry_id"),
        ("payload", "entry_id"),
        ("entry", "id"),
    ):
        for pk in late:
            sql(f"DELETE FROM kernel_{table} WHERE {column} = %s", pk)
    sql("DELETE FROM kernel_seal WHERE number > %s", number)
    for case in set(Entry.objects.values_list("case", flat=True)):
        sql(
            'UPDATE kernel_casecounter SET last = %s WHERE "case" = %s',
            Entry.objects.filter(case=case).count(),
            case,
        )
    tile = Tile.objects.get()
    Tile.objects.update(hashes=bytes(tile.hashes)[: size * 32])


def emptied_with_its_keys():
    append_only.remove(connection)
    for table in ("payload", "entryfile", "entryrow", "seal", "sealkey", "tile", "casecounter", "entry"):
        sql(f"DELETE FROM kernel_{table}")
    append_only.install(connection)


def key_line(public=OWN_PUBLIC, endorsement="", since="2026-11-22T08:00:00.000000Z"):
    name = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32]
    return {"endorsement": endorsement, "key": name, "public": public, "since": since, "until": None}


def endorsed(line, private, previous):
    """The line with the word of `private` for it."""
    said = {
        "key": line["key"],
        "kind": "keqiao-key/1",
        "previous": previous,
        "public": line["public"],
        "since": line["since"],
    }
    return {**line, "endorsement": private.sign(canonical(said)).hex()}


def signed(contents, private, key_id, **changed):
    """A new manifest over these members, signed with `private` in the name of `key_id`."""
    manifest = {**json.loads(contents["manifest.json"]), "key": key_id, **changed}
    manifest["members"] = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(contents.items())
        if not name.startswith("manifest.")
    ]
    line = canonical(manifest)
    return {
        **contents,
        "manifest.json": line + b"\n",
        "manifest.sig": private.sign(line).hex().encode() + b"\n",
    }


def with_keys(contents, *keys):
    return {**contents, "keys.jsonl": joined(keys)}


def another_seal(contents, private, key_id):
    """One seal more over the same log grown by a leaf of the forger's, signed with `private`: contents, hash, leaf."""
    seals = lines(contents["seals.jsonl"])
    last = seals[-1]
    leaf = hashlib.sha256(b"\x00invented").hexdigest()
    seal = {**last["seal"], "key": key_id, "number": last["seal"]["number"] + 1, "n": last["seal"]["n"] + 1}
    edge, size = [], 0
    for item in seals:
        grown(edge, size, item["seal"]["n"], item["growth"])
        size = item["seal"]["n"]
    seal["root"] = grown(edge, size, seal["n"], [leaf])
    seal["previous"] = hashlib.sha256(
        canonical({"seal": last["seal"], "signature": last["signature"]})
    ).hexdigest()
    added = {"growth": [leaf], "seal": seal, "signature": private.sign(canonical(seal)).hex()}
    digest = hashlib.sha256(canonical({"seal": seal, "signature": added["signature"]})).hexdigest()
    return {**contents, "seals.jsonl": joined([*seals, added])}, digest


def zipped(target, contents, *, change=None):
    """As a pack is written; `change(info)` may set what a writer is free to set."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in contents.items():
            info = member(name)
            if change:
                change(info)
            archive.writestr(info, data)
    return target


def with_bytes_at(pack, place, more):
    """The pack with bytes put in at this place, and its directory telling the truth of where members lie then."""
    data = pack.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<2L", data[end + 12 : end + 20])
    directory, at = bytearray(data[start : start + size]), 0
    while at < size:
        name, extra, comment = struct.unpack("<3H", directory[at + 28 : at + 34])
        (offset,) = struct.unpack("<L", directory[at + 42 : at + 46])
        if offset >= place:
            directory[at + 42 : at + 46] = struct.pack("<L", offset + len(more))
        at += 46 + name + extra + comment
    tail = bytearray(data[end:])
    tail[16:20] = struct.pack("<L", start + len(more))
    pack.write_bytes(data[:place] + more + data[place:start] + bytes(directory) + bytes(tail))
    return pack


def local_entry(name, data):
    """A member that the directory doesn't name."""
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, len(data), len(data), len(name), 0)
    return head + name.encode() + data
