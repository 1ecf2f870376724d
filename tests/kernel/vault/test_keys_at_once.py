"""Many first uses at the same moment make one key, and one key file."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from keqiao.kernel.files import keys, vault
from keqiao.kernel.files.master_key import read_master_keys
from keqiao.kernel.models import EnterpriseKey


def store(turn):
    try:
        return vault.store(
            file=io.BytesIO(f"示例{turn % 4}".encode()), name="a.txt", enterprise_id=1, level=1, actor_id=None
        )
    finally:
        connection.close()


@pytest.mark.usefixtures("committing")
def test_first_uses_at_the_same_moment_agree_on_the_keys():
    with ThreadPoolExecutor(8) as pool:
        blobs = list(pool.map(store, range(16)))
    assert sorted(EnterpriseKey.objects.values_list("purpose", "version")) == [("data", 1), ("index", 1)]
    assert len(read_master_keys()) == 1
    keys.forget_keys()
    for turn, blob in enumerate(blobs):
        with vault.open_blob(blob) as content:
            assert content.read().decode() == f"示例{turn % 4}"
