"""The portal at noon of 2026-03-02, its files in a folder of the test's own."""

import pytest
from django.utils import translation
from tests.factories.contracts import NOON

from keqiao.kernel.platform import clock


@pytest.fixture(autouse=True)
def _site(db, settings, tmp_path):
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.MASTER_KEY_FILE = str(tmp_path / "master.key")
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with clock.at(NOON), translation.override("en"):
        yield
