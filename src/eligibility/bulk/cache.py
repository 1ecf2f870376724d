"""Where compiled machine code is kept between runs."""

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """The user's cache folder, or the one ELIGIBILITY_CACHE names."""
    named = os.environ.get("ELIGIBILITY_CACHE")
    if named:
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "eligibility"
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "eligibility"
