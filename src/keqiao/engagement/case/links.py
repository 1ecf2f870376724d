"""Secret links for people without an account. Only the hash of the secret is kept."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

QUESTIONNAIRE, SURVEY = "questionnaire-link", "survey-link"  # names of the two pages


def new_secret() -> tuple[str, str]:
    """A secret of 256 bits for the address, and its hash for the table."""
    secret = secrets.token_urlsafe(32)
    return secret, hashed(secret)


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def address(page: str, secret: str) -> str:
    """The whole address, under the site's configured origin and never under one a request named."""
    return f"{settings.SITE_ORIGIN.rstrip('/')}{reverse(page, args=[secret])}"
