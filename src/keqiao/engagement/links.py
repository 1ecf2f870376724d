"""Secret links for people without an account. Only the hash of the secret is kept."""

import secrets
from hashlib import sha256


def new_secret() -> tuple[str, str]:
    """A secret of 256 bits for the address, and its hash for the table."""
    secret = secrets.token_urlsafe(32)
    return secret, hashed(secret)


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
