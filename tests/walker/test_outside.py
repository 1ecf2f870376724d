"""Every address, walked by everyone outside, and by those on no case."""

import pytest
from tests.walker.walk import walk

OUTSIDE = ("visitor", "client", "other client", "expert", "other expert", "manager")


@pytest.mark.parametrize("key", OUTSIDE)
def test_reads_only_what_is_open(walked, db, key):
    assert walk(walked, key) == {}
