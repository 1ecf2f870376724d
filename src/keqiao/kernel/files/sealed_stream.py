"""A file sealed in chunks, so that a large one streams.

Layout: magic, key uid (16 bytes), salt (16), then chunks of ciphertext and tag. Every file has its own key,
derived from the enterprise's key and the salt; a chunk's nonce is its index and whether it is the last, its
associated data is table|path|index|last|enterprise|version. So a chunk that is changed, moved, left out, or
taken from another file, enterprise or version does not open, and neither does a file whose end was cut off.
"""

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from keqiao.kernel.files.ciphers import TAG
from keqiao.kernel.files.file_errors import CorruptData
from keqiao.kernel.files.keys import Key, key_by_uid

MAGIC = b"KQV1"
SALT = 16
HEADER = len(MAGIC) + 16 + SALT
CHUNK = 64 * 1024
TABLE = "kernel_blob"


def sealed_size(size: int) -> int:
    return HEADER + size + TAG * -(-size // CHUNK)


def plain_size(sealed: int) -> int:
    """The inverse: each begun chunk carries one tag."""
    body = max(0, sealed - HEADER)
    return body - TAG * -(-body // (CHUNK + TAG))


def seal_stream(*, source: BinaryIO, target: BinaryIO, key: Key, path: str, salt: bytes) -> None:
    file_key = key.derive(info=f"file|{path}", salt=salt)
    target.write(MAGIC + bytes.fromhex(key.uid) + salt)
    index, chunk = 0, source.read(CHUNK)
    while chunk:
        following = source.read(CHUNK)
        nonce, ad = _place(key, path, index, last=not following)
        target.write(key.suite.seal(key=file_key, nonce=nonce, data=chunk, ad=ad))
        index, chunk = index + 1, following


class OpenedFile(io.RawIOBase):
    """The plaintext of a sealed file, chunk by chunk; none is given out before it was checked."""

    def __init__(self, *, sealed: BinaryIO, path: str, enterprise_id: int | None, version: int) -> None:
        super().__init__()
        self._sealed = sealed
        self._path = path
        header = sealed.read(HEADER)
        if len(header) < HEADER or not header.startswith(MAGIC):
            raise CorruptData(where=path)
        self._key = key_by_uid(header[len(MAGIC) : -SALT].hex())
        if (self._key.enterprise_id, self._key.version) != (enterprise_id, version):
            raise CorruptData(where=path)
        self._file_key = self._key.derive(info=f"file|{path}", salt=header[-SALT:])
        self._size = plain_size(sealed.seek(0, os.SEEK_END))
        self._at = 0
        self._begin(0)

    def _begin(self, index: int) -> None:
        self._index = index
        self._rest = b""
        self._sealed.seek(HEADER + index * (CHUNK + TAG))
        self._following = self._sealed.read(CHUNK + TAG)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """A chunk opens by itself, so that a part of a large file is read without the rest."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, min(base + offset, self._size))
        self._begin(self._at // CHUNK)
        if within := self._at % CHUNK:
            self._rest = self._next()[within:]
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = self._next()
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self._at += count
        return count

    def close(self) -> None:
        self._sealed.close()
        super().close()

    def _next(self) -> bytes:
        chunk, self._following = self._following, self._sealed.read(CHUNK + TAG) if self._following else b""
        if not chunk:
            return b""
        nonce, ad = _place(self._key, self._path, self._index, last=not self._following)
        self._index += 1
        try:
            return self._key.suite.open(key=self._file_key, nonce=nonce, data=chunk, ad=ad)
        except (InvalidTag, ValueError) as error:
            raise CorruptData(where=self._path) from error


def _place(key: Key, path: str, index: int, *, last: bool) -> tuple[bytes, bytes]:
    nonce = index.to_bytes(11, "big") + bytes([last])
    return nonce, f"{TABLE}|{path}|{index}|{int(last)}|{key.owner}".encode()
