"""Master key (a file) → versioned key per enterprise (a wrapped row) → keys derived for each file and field.

Rotating the master key re-wraps the rows and touches no data. Rotating an enterprise's key makes the next
version for what is written from now on; earlier versions go on opening what they sealed. The index key, under
which blind indexes and file paths are made, is apart and is not rotated: equal values must give equal
indexes for good.
"""

import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from keqiao.kernel.files.ciphers import NONCE, SUITES, Suite
from keqiao.kernel.files.file_errors import CorruptData, MissingKey
from keqiao.kernel.files.master_key import (
    MasterKey,
    create_master_key,
    find_master_key,
    new_master_key,
    read_master_keys,
    write_master_keys,
)
from keqiao.kernel.models.vault import EnterpriseKey, Purpose

SECRET = 32


@dataclass(frozen=True)
class Key:
    """An enterprise's key, unwrapped. Nothing is sealed with it directly, only with keys derived from it."""

    uid: str
    enterprise_id: int | None
    version: int
    suite: Suite
    secret: bytes = field(repr=False)

    @property
    def owner(self) -> str:
        """How associated data names enterprise and version."""
        return f"{self.enterprise_id or '-'}|{self.version}"

    def derive(self, *, info: str, salt: bytes = b"", length: int | None = None) -> bytes:
        return self.suite.derive(secret=self.secret, salt=salt, info=info, length=length)


def current_key(*, enterprise_id: int | None, purpose: Purpose = Purpose.DATA) -> Key:
    """The newest version, asked of the database each time: no process outlives a rotation."""
    return key_by_uid(_newest(enterprise_id, purpose) or _create(enterprise_id, purpose, version=1))


def has_key(*, enterprise_id: int | None) -> bool:
    """Whether both keys that a file needs were made already."""
    return all(_newest(enterprise_id, purpose) for purpose in (Purpose.DATA, Purpose.INDEX))


@lru_cache(maxsize=4096)
def key_by_uid(uid: str) -> Key:
    """A uid is random and its key never changes, so what is unwrapped once stays true."""
    row = EnterpriseKey.objects.filter(uid=uid).first()
    if row is None:
        raise MissingKey(uid=uid)
    return Key(row.uid, row.enterprise_id, row.version, SUITES[row.suite], _unwrap(row))


@lru_cache(maxsize=4096)
def field_secret(uid: str, place: str) -> bytes:
    """What seals the values of one column, `table|field`, under this key."""
    return key_by_uid(uid).derive(info=f"field|{place}")


def forget_keys() -> None:
    """Drop unwrapped keys from memory."""
    key_by_uid.cache_clear()
    field_secret.cache_clear()


def rotate_enterprise_key(*, enterprise_id: int | None) -> Key:
    current = current_key(enterprise_id=enterprise_id)
    return key_by_uid(_create(enterprise_id, Purpose.DATA, version=current.version + 1))


def rotate_master_key() -> str:
    """A new master key; every row wrapped again. The old one stays in the file until it is dropped.

    The file is written first: a crash at any point leaves rows whose key is in the file, and a repeat
    finishes the work.
    """
    _ensure_master_key()
    master = new_master_key()
    write_master_keys([*read_master_keys(), master])
    with transaction.atomic():
        for row in EnterpriseKey.objects.select_for_update().order_by("pk"):
            _wrap(row, _unwrap(row), master)
            row.save(update_fields=["wrapped", "master_id"])
    return master.id


def drop_unused_master_keys() -> list[str]:
    """Take unused keys out of the file. A backup from before the rotation then can't be opened.

    A step of its own, not part of the rotation: a transaction open during the rotation may still be about to
    commit a row wrapped under the old key.
    """
    keys = read_master_keys()
    used = set(EnterpriseKey.objects.values_list("master_id", flat=True)) | {keys[-1].id}
    write_master_keys([key for key in keys if key.id in used])
    return [key.id for key in keys if key.id not in used]


def _newest(enterprise_id: int | None, purpose: Purpose) -> str | None:
    """Asked for every entry of the record, so in SQL as it is sent: the ORM takes ten times as long to write it."""
    whose = "IS NULL" if enterprise_id is None else "= %s"
    about: list[int | str] = [] if enterprise_id is None else [enterprise_id]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT uid FROM kernel_enterprisekey WHERE enterprise_id {whose} AND purpose = %s "  # noqa: S608
            "ORDER BY version DESC LIMIT 1",
            [*about, purpose.value],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _create(enterprise_id: int | None, purpose: Purpose, *, version: int) -> str:
    _ensure_master_key()
    suite = settings.VAULT_SUITE
    row = EnterpriseKey(
        enterprise_id=enterprise_id, purpose=purpose, version=version, suite=SUITES[suite].name
    )
    _wrap(row, secrets.token_bytes(SECRET), read_master_keys()[-1])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another transaction made this version first; its key is the key
        return EnterpriseKey.objects.get(enterprise_id=enterprise_id, purpose=purpose, version=version).uid
    return row.uid


def _ensure_master_key() -> None:
    """Made at first use only. Once keys are wrapped, a missing file is an error, no reason for a new one."""
    if not Path(settings.MASTER_KEY_FILE).exists() and not EnterpriseKey.objects.exists():
        create_master_key()


def _wrap(row: EnterpriseKey, secret: bytes, master: MasterKey) -> None:
    row.master_id = master.id
    nonce = secrets.token_bytes(NONCE)
    suite = SUITES[row.suite]
    row.wrapped = nonce + suite.seal(key=_wrapping_key(suite, master), nonce=nonce, data=secret, ad=_ad(row))


def _unwrap(row: EnterpriseKey) -> bytes:
    suite = SUITES[row.suite]
    key = _wrapping_key(suite, find_master_key(key_id=row.master_id))
    wrapped = bytes(row.wrapped)
    try:
        return suite.open(key=key, nonce=wrapped[:NONCE], data=wrapped[NONCE:], ad=_ad(row))
    except InvalidTag as error:
        raise CorruptData(where=f"kernel_enterprisekey|{row.pk}") from error


def _wrapping_key(suite: Suite, master: MasterKey) -> bytes:
    return suite.derive(secret=master.secret, salt=b"", info="wrap enterprise keys")


def _ad(row: EnterpriseKey) -> bytes:
    parts = (
        "kernel_enterprisekey",
        row.uid,
        row.enterprise_id or "-",
        row.purpose,
        row.version,
        row.suite,
        row.master_id,
    )
    return "|".join(str(part) for part in parts).encode()
