"""The Ed25519 keys that sign seals: the private one in a file of its own, the public ones in the database."""

import hashlib
import os
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from keqiao.kernel.models import Seal, SealKey
from keqiao.kernel.record import pinned
from keqiao.kernel.record.canonical import canonical, stamp
from keqiao.kernel.record.locks import SEALING, hold

KIND = "keqiao-key/1"
PREFIX = "ed25519 "


class SealKeyError(Exception):
    """The key that should sign is not there; the message says which and what to do."""


def current(*, now: datetime) -> tuple[SealKey, Ed25519PrivateKey]:
    """The key in use, made at first use. Call it holding the lock on sealing."""
    row = SealKey.objects.filter(until__isnull=True).first()
    if row is None:
        seeds = _read() or _write([os.urandom(32)])
        pinned.pin_first(_public(Ed25519PrivateKey.from_private_bytes(seeds[-1])))
        return _register(seeds[-1], since=now), Ed25519PrivateKey.from_private_bytes(seeds[-1])
    for seed in _read():
        key = Ed25519PrivateKey.from_private_bytes(seed)
        if _public(key) == row.public:
            return row, key
    raise SealKeyError(
        f"The seal key {row.key_id} is not in {settings.SEAL_KEY_FILE}. Put the file back from its"
        " backup; if it is lost for good, rotate with lost=True; that shows."
    )


def rotate_seal_key(*, now: datetime, lost: bool = False) -> SealKey:
    """A new key takes over. The old one, unless lost, vouches for it and then leaves the file."""
    with transaction.atomic(durable=True):
        hold(SEALING)
        seed, endorser = os.urandom(32), None
        if lost:
            old = SealKey.objects.get(until__isnull=True)
        else:
            old, endorser = current(now=now)
        _write([*([] if endorser is None else [endorser.private_bytes_raw()]), seed])
        if endorser is None:
            pinned.note_loss(_public(Ed25519PrivateKey.from_private_bytes(seed)))
        newest = Seal.objects.order_by("-number").first()
        since = max(now, old.since, newest.at if newest else now)
        SealKey.objects.filter(pk=old.pk).update(until=since)
        row = _register(seed, since=since, old=old, endorser=endorser)
    _write([seed])
    return row


def pin_first() -> str:
    """Pin the first key of a log that began before keys were pinned; its public half if that was done just now."""
    first = SealKey.objects.order_by("id").values_list("public", flat=True).first()
    return first if first and pinned.pin_first(first) else ""


def is_at_hand() -> bool:
    """Whether the file holds the key in use; with none in use yet, any or no file will do."""
    public = SealKey.objects.filter(until__isnull=True).values_list("public", flat=True).first()
    held = (_public(Ed25519PrivateKey.from_private_bytes(seed)) for seed in _read())
    return public is None or public in held


def is_signed(public: str, signature: str, statement: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True


def endorsement_of(row: SealKey, old: str) -> bytes:
    """What the former key signs to vouch for the next."""
    return canonical(
        {"key": row.key_id, "kind": KIND, "previous": old, "public": row.public, "since": stamp(row.since)}
    )


def _register(
    seed: bytes, *, since: datetime, old: SealKey | None = None, endorser: Ed25519PrivateKey | None = None
) -> SealKey:
    public = _public(Ed25519PrivateKey.from_private_bytes(seed))
    row = SealKey(key_id=key_id(public), public=public, since=since)
    if old is not None and endorser is not None:
        row.endorsement = endorser.sign(endorsement_of(row, old.key_id)).hex()
    row.save()
    return row


def key_id(public: str) -> str:
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32]


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _read() -> list[bytes]:
    path = Path(settings.SEAL_KEY_FILE)
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return [bytes.fromhex(line.removeprefix(PREFIX)) for line in lines]


def _write(seeds: list[bytes]) -> list[bytes]:
    """Whole or not at all, readable by the owner only. Written before the database names the key."""
    path = Path(settings.SEAL_KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(f"{PREFIX}{seed.hex()}\n" for seed in seeds)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return seeds
