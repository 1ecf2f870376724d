"""What a step said, sealed with the key of the enterprise it concerns; the institution's own where it concerns none.

Salt and text are sealed as one, so erasing is dropping one column. The commitment in the header is over the opened
bytes: proofs, packs and receipts know nothing of the sealing, and a rotated key changes none of them.
"""

import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from keqiao.kernel.files.ciphers import NONCE
from keqiao.kernel.files.file_errors import CorruptData
from keqiao.kernel.files.keys import Key, current_key, field_secret, key_by_uid

SALT = 32
UID = 16  # bytes of a key's name, first in what is stored
PLACE = "kernel_payload|sealed"


class Opened(NamedTuple):
    salt: bytes
    body: str


def seal(*, entry_id: int, enterprise_id: int | None, salt: bytes, body: bytes) -> bytes:
    """What is stored for this entry, and opens for no other."""
    key = current_key(enterprise_id=enterprise_id)
    nonce = secrets.token_bytes(NONCE)
    data = key.suite.seal(
        key=field_secret(key.uid, PLACE), nonce=nonce, data=salt + body, ad=_ad(entry_id, key)
    )
    return bytes.fromhex(key.uid) + nonce + data


def open_sealed(*, entry_id: int, sealed: bytes) -> Opened:
    """Raises CorruptData for what was changed or belongs to another entry, MissingKey when its key is gone."""
    uid, nonce = sealed[:UID].hex(), sealed[UID : UID + NONCE]
    key = key_by_uid(uid)
    try:
        plain = key.suite.open(
            key=field_secret(uid, PLACE), nonce=nonce, data=sealed[UID + NONCE :], ad=_ad(entry_id, key)
        )
        return Opened(plain[:SALT], plain[SALT:].decode())
    except (InvalidTag, ValueError) as error:
        raise CorruptData(where=f"{PLACE}|{entry_id}") from error


def enterprise_of(sealed: bytes) -> int | None:
    """Whose key it is sealed with."""
    return key_by_uid(sealed[:UID].hex()).enterprise_id


def _ad(entry_id: int, key: Key) -> bytes:
    return f"{PLACE}|{entry_id}|{key.owner}".encode()
