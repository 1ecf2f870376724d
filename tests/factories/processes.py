"""A process of the site that a test stands on: what it must be told."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection


def environment(var: Path) -> dict[str, str]:
    """Folders, keys, database and settings of this test's site, whose files lie in `var`."""
    secrets = var / "secrets"
    secrets.mkdir(exist_ok=True)
    (secrets / "django.key").write_text(settings.SECRET_KEY)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("KEQIAO_")},
        "KEQIAO_VAR": str(var),
        "KEQIAO_BUILT": os.environ.get("KEQIAO_BUILT", str(var)),
        "KEQIAO_DEMO": "1",  # no second factor for these few
        "KEQIAO_DATABASE": database_url(),
        "KEQIAO_MASTER_KEY_FILE": settings.MASTER_KEY_FILE,
        "KEQIAO_SEAL_KEY_FILE": settings.SEAL_KEY_FILE,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{values['NAME']}"
    return f"postgresql://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
