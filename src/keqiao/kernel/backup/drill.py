"""A drill: back up, restore beside the site as on an empty machine, verify, throw away."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from keqiao.kernel.backup import databases
from keqiao.kernel.backup.making import Made, back_up
from keqiao.kernel.backup.manifest import BackupError
from keqiao.kernel.backup.restoring import Restored

OWN = ("KEQIAO_MASTER_KEY_FILE", "KEQIAO_SEAL_KEY_FILE", "KEQIAO_ERASURES_FILE", "KEQIAO_DEMO")


@dataclass(frozen=True, kw_only=True)
class Drill:
    made: Made
    restored: Restored


def hold(*, folder: Path, now: datetime, site: str, command: Sequence[str]) -> Drill:
    """`command` is how this program is called. Needs room in `folder` for the data twice; nothing of it is left."""
    name = f"keqiao_drill_{secrets.token_hex(4)}"
    aside = folder / name
    try:
        made = back_up(folder=aside / "backup", now=now, site=site, keys=aside / "keys")
        (aside / "site").mkdir(mode=0o700)
        with databases.beside(name, aside / "site") as address:
            restored = _restored(
                made, [*command, "restore"], {"KEQIAO_VAR": str(aside / "site"), "KEQIAO_DATABASE": address}
            )
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Drill(made=made, restored=restored)


def _restored(made: Made, command: Sequence[str], site: dict[str, str]) -> Restored:
    """In a process of its own, which is told nothing of this site but what a backup has."""
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    done = subprocess.run(  # noqa: S603 - our own program
        [*command, str(made.folder), "--keys", str(made.keys), "--json"],
        env={**inherited, "KEQIAO_BUILT": str(settings.BUILT), **site},
        capture_output=True,
        check=False,
    )
    if not done.stdout.strip():
        raise BackupError(
            f"The drill could not restore its backup: {done.stderr.decode(errors='replace').strip()}"
        )
    stated = json.loads(done.stdout.splitlines()[-1])
    return Restored(**{**stated, "findings": tuple(stated["findings"])})
