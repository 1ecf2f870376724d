"""A system font with rare characters; `make test` sets up the CJK fonts the browser tests need too."""

from pathlib import Path

import pytest

NOTO_CJK = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")


@pytest.fixture
def extra_font():
    if not NOTO_CJK.exists():
        pytest.skip("the Debian package fonts-noto-cjk is not installed")
    return NOTO_CJK
