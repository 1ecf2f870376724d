"""The master key file: one key a line, the last in use, earlier ones for what they wrapped."""

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from keqiao.kernel.files.file_errors import DamagedMasterKey, MissingMasterKey, WrongMasterKey
from keqiao.kernel.files.vault_disk import sync_folder

SIZE = 32


@dataclass(frozen=True)
class MasterKey:
    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Names the key without telling anything of it."""
        return hashlib.sha256(b"keqiao master key id" + self.secret).hexdigest()[:16]


def new_master_key() -> MasterKey:
    return MasterKey(secrets.token_bytes(SIZE))


def read_master_keys() -> list[MasterKey]:
    path = _path()
    try:
        return _parsed(path.read_bytes(), path)
    except FileNotFoundError as error:
        raise MissingMasterKey(path=path) from error


def ids_of(content: bytes) -> set[str]:
    """The numbers of the keys in the content of a key file."""
    return {key.id for key in _parsed(content, _path())}


def find_master_key(*, key_id: str) -> MasterKey:
    for key in read_master_keys():
        if key.id == key_id:
            return key
    raise WrongMasterKey(id=key_id)


def create_master_key() -> None:
    """Made whole under another name and then linked: no process reads half a key, and two never make two."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(path, [new_master_key()])
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        draft.unlink()


def write_master_keys(keys: list[MasterKey]) -> None:
    path = _path()
    _draft(path, keys).replace(path)
    sync_folder(path.parent)


def _parsed(content: bytes, path: Path) -> list[MasterKey]:
    try:
        keys = [MasterKey(base64.b64decode(line, validate=True)) for line in content.decode("ascii").split()]
    except (UnicodeDecodeError, binascii.Error) as error:
        raise DamagedMasterKey(path=path) from error
    if not keys or any(len(key.secret) != SIZE for key in keys):
        raise DamagedMasterKey(path=path)
    return keys


def _path() -> Path:
    return Path(settings.MASTER_KEY_FILE)


def _draft(path: Path, keys: list[MasterKey]) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(b"".join(base64.b64encode(key.secret) + b"\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return draft
