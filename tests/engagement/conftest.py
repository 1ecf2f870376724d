"""For clause 6.2: words in English, the clock at noon of 2026-03-02, files in a folder of the test's own."""

import pytest
from django.utils import translation
from tests.factories.contracts import NOON

from keqiao.kernel.platform import clock


@pytest.fixture
def noon():
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def store(settings, tmp_path):
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.MASTER_KEY_FILE = str(tmp_path / "master.key")
    return settings.VAULT_ROOT


@pytest.fixture
def site(db, noon, store, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with translation.override("en"):
        yield settings
