"""Locks held until the transaction ends, for work that only one process may do at a time."""

from django.db import connection

SEALING = 6962


def hold(lock: int) -> None:
    """On SQLite an IMMEDIATE transaction is alone already; PostgreSQL takes an advisory lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
