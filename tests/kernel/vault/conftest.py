"""Each test has a vault folder and a master key of its own, and no key left in memory from another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from keqiao.kernel.files import keys


@pytest.fixture(autouse=True)
def site(settings, tmp_path) -> Iterator[Path]:
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.MASTER_KEY_FILE = str(tmp_path / "secrets" / "master.key")
    keys.forget_keys()
    yield tmp_path
    keys.forget_keys()


@pytest.fixture(params=["AES-256-GCM", "SM4-GCM"])
def suite(request, settings) -> str:
    settings.VAULT_SUITE = request.param
    return request.param
