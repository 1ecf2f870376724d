"""Which database and which site's files this process works on."""

from pathlib import Path

from django.conf import settings as site
from django.db import connection, connections

NOWHERE = "none"  # the name of no database: before the first copy there is none


def stand_on(database: str, folder: Path) -> None:
    if connection.in_atomic_block:
        raise RuntimeError("A fixture holds a transaction open on the database that this test would leave")
    connections.close_all()
    connections.settings["default"]["NAME"] = database
    site.VAR = folder
    site.VAULT_ROOT = folder / "vault"
    site.MASTER_KEY_FILE = str(folder / "master.key")
    site.SEAL_KEY_FILE = str(folder / "seal.key")
    site.ERASURES_FILE = str(folder / "erasures.txt")
    site.EMAIL_FILE_PATH = folder / "mail"
