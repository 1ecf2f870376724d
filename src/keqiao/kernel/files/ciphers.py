"""The two cipher suites data may be sealed with. SM4 here is the algorithm, not a certified module."""

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
TAG = 16


@dataclass(frozen=True)
class Suite:
    """AES-256-GCM with SHA-256. Opening raises InvalidTag when a bit or the associated data differs."""

    name: str
    key_bytes: int
    digest: hashes.HashAlgorithm

    def derive(self, *, secret: bytes, salt: bytes, info: str, length: int | None = None) -> bytes:
        hkdf = HKDF(algorithm=self.digest, length=length or self.key_bytes, salt=salt, info=info.encode())
        return hkdf.derive(secret)

    def seal(self, *, key: bytes, nonce: bytes, data: bytes, ad: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, data, ad)

    def open(self, *, key: bytes, nonce: bytes, data: bytes, ad: bytes) -> bytes:
        return AESGCM(key).decrypt(nonce, data, ad)


class Sm4Suite(Suite):
    def seal(self, *, key: bytes, nonce: bytes, data: bytes, ad: bytes) -> bytes:
        sealer = Cipher(SM4(key), GCM(nonce)).encryptor()
        sealer.authenticate_additional_data(ad)
        return sealer.update(data) + sealer.finalize() + sealer.tag

    def open(self, *, key: bytes, nonce: bytes, data: bytes, ad: bytes) -> bytes:
        opener = Cipher(SM4(key), GCM(nonce, data[-TAG:], min_tag_length=TAG)).decryptor()
        opener.authenticate_additional_data(ad)
        return opener.update(data[:-TAG]) + opener.finalize()


AES = Suite("AES-256-GCM", 32, hashes.SHA256())
SUITES: dict[str, Suite] = {AES.name: AES, "SM4-GCM": Sm4Suite("SM4-GCM", 16, hashes.SM3())}
