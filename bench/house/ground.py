"""Databases of the bench: made empty, each for one part or one size of it, so that nothing is ever emptied again (the
guards of the record would refuse)."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from keqiao.catalogue.operations.load import load_catalogue
from keqiao.engagement.case.operations.limits import load_limits


def fresh(name: str) -> None:
    """From now on this process, and what `address` is given to, works on a new database of this name."""
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    values = connections.settings["default"]
    if connection.vendor == "postgresql":
        connections.close_all()
        values["NAME"] = "postgres"
        _create(database := f"bench_{name}")
    else:
        database = str(Path(settings.VAR) / f"{name}.sqlite3")
    connections.close_all()
    values["NAME"] = database
    call_command("migrate", verbosity=0, skip_checks=True)
    load_catalogue()
    load_limits()


def _create(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{database}"')


def address() -> str:
    """The database as another process is told of it."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{values['NAME']}"
    return f"postgresql://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def cores() -> int:
    return len(os.sched_getaffinity(0))


def settle() -> None:
    """What a database that has been running a while knows of its tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
