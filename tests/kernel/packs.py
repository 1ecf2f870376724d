"""Packs taken apart and put together again, and the verifier run as an outsider runs it."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from tests.patience import PATIENCE

from keqiao.kernel.models import CaseCounter, Entry
from keqiao.kernel.record import append_only, verify
from keqiao.kernel.record.canonical import canonical
from keqiao.kernel.record.pack import verifier

FILE = b"%PDF-1.7 contract"
SHA = hashlib.sha256(FILE).hexdigest()
NOTICE = b"%PDF-1.7 notice"


def run(path, *options, script=None):
    """As an outsider would: the verifier alone, no site packages, no settings."""
    if script is None:
        script = Path(tempfile.gettempdir()) / f"verify-{os.getpid()}.py"
        script.write_bytes(verifier())
    command = [
        sys.executable,
        "-I",
        "-S",
        "-X",
        "utf8",
        str(script),
        *map(str, [path, *options] if path else options),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path, contents, target=None):
    target = target or path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in contents.items():
            archive.writestr(member(name), data)
    return target


def member(name):
    """As a pack writes it."""
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o100644 << 16
    return info


def resigned(contents, key_file):
    """What someone with the key can do: a new manifest over the changed members, properly signed."""
    manifest = json.loads(contents["manifest.json"])
    manifest["members"] = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(contents.items())
        if not name.startswith("manifest.")
    ]
    line = canonical(manifest)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key_file.read_text().split()[-1]))
    return {**contents, "manifest.json": line + b"\n", "manifest.sig": key.sign(line).hex().encode() + b"\n"}


def lines(data):
    return [json.loads(line) for line in data.splitlines()]


def joined(items):
    return b"".join(canonical(item) + b"\n" for item in items)


def found(path, **options):
    return {(item.code, item.where) for item in verify.verify(path, **options)}


def emptied():
    """All but the key is removed, as the owner of the database can."""
    tables = ["payload", "entryfile", "seal", "tile", "casecounter", "entry"]
    append_only.remove(connection)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM kernel_{table}")
    append_only.install(connection)
    assert not Entry.objects.exists()
    assert not CaseCounter.objects.exists()
