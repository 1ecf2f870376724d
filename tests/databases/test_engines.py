"""A prepared database is copied and dropped whoever still holds a connection to it."""

import sqlite3
from contextlib import closing

import psycopg
import pytest
from tests.databases.engines import PostgreSQL, engine
from tests.databases.templates import MIGRATED, template


def left_open(kind, name):
    """A connection that nobody in this process knows of any more, as a thread of a test may leave one."""
    if isinstance(kind, PostgreSQL):
        return psycopg.connect(dbname=name, **kind.where)
    return sqlite3.connect(name)


def count_of_migrations(kind, name):
    with closing(left_open(kind, name)) as connection:
        return connection.execute("SELECT COUNT(*) FROM django_migrations").fetchone()[0]


@pytest.mark.django_db
def test_a_database_somebody_is_still_connected_to_is_dropped_and_made_again(tmp_path):
    kind, source = engine(), template(MIGRATED).database
    name = kind.name(tmp_path, "left_open")
    kind.copy(source, name)
    with closing(left_open(kind, name)) as forgotten:
        applied = forgotten.execute("SELECT COUNT(*) FROM django_migrations").fetchone()[0]
        kind.drop(name)
        kind.copy(source, name)
        assert (applied > 50, count_of_migrations(kind, name)) == (True, applied)
    kind.drop(name)
