"""Database triggers that hold the record: what is written is not changed or removed, whoever asks.

They stop mistakes, injected SQL and careless scripts. Whoever owns the database can drop them; against that
stand the seals that left the building. They are laid again after every migration, since SQLite rebuilds a
table, and loses its triggers, for many a change of schema.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "the record is append-only"
# What a changed row must still satisfy. A table that is absent here is never changed at all.
MAY_CHANGE = {
    "kernel_entry": """NEW.n IS NOT NULL AND OLD.n IS NULL AND NEW.id = OLD.id AND NEW.header = OLD.header
        AND NEW.leaf = OLD.leaf AND NEW."case" = OLD."case" AND NEW.case_n = OLD.case_n AND NEW.at = OLD.at
        AND NEW.operation = OLD.operation AND NEW.clause = OLD.clause AND NEW.actor_label = OLD.actor_label
        AND NEW.subject_type = OLD.subject_type AND NEW.subject_id = OLD.subject_id AND NEW.level = OLD.level
        AND COALESCE(NEW.actor_id, -1) = COALESCE(OLD.actor_id, -1)""",
    "kernel_payload": "NEW.entry_id = OLD.entry_id AND NEW.sealed IS NULL",
    "kernel_sealkey": """OLD.until IS NULL AND NEW.until IS NOT NULL AND NEW.id = OLD.id
        AND NEW.key_id = OLD.key_id AND NEW.public = OLD.public AND NEW.since = OLD.since
        AND NEW.endorsement = OLD.endorsement""",
    "kernel_tile": """NEW.id = OLD.id AND NEW.level = OLD.level AND NEW.place = OLD.place
        AND length(NEW.hashes) >= length(OLD.hashes)
        AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes""",
    "kernel_casecounter": 'NEW."case" = OLD."case" AND NEW.last = OLD.last + 1',
}
REFUSE_ON_POSTGRES = f"""
    CREATE OR REPLACE FUNCTION kernel_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$"""
TABLES = [*MAY_CHANGE, "kernel_entryfile", "kernel_entryrow", "kernel_entryservice", "kernel_seal"]


def guard(table: str) -> None:
    """Hold a table of a module above as well; said when the app is loaded."""
    if table not in TABLES:
        TABLES.append(table)


def install(connection: BaseDatabaseWrapper, *, tables: Iterable[str] | None = None) -> None:
    """Lay the triggers, new or again, on these tables or on all that are there yet."""
    wanted = _there(connection) if tables is None else list(tables)
    remove(connection, tables=wanted)
    if connection.vendor == "postgresql":
        _run(connection, [REFUSE_ON_POSTGRES])
    _run(connection, [sql for table in wanted for sql in _create(connection.vendor, table).values()])


def remove(connection: BaseDatabaseWrapper, *, tables: Iterable[str] | None = None) -> None:
    """For migrating, and for emptying a test database."""
    wanted = _there(connection) if tables is None else list(tables)
    _run(connection, [sql for table in wanted for sql in _drop(connection.vendor, table)])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that stand without a guard of its name; on PostgreSQL one that is switched off is none."""
    laid = _laid(connection)
    return [table for table in _there(connection) if not set(_names(connection.vendor, table)) <= laid.keys()]


def changed(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables whose guards are missing, switched off or other than this version lays them."""
    laid, vendor = _laid(connection), connection.vendor
    return [
        table
        for table in _there(connection)
        if any(
            laid.get(name) != (table if vendor == "postgresql" else created)
            for name, created in _create(vendor, table).items()
        )
    ]


def _laid(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Each guard by its name: on SQLite how it was created; on PostgreSQL its table, where it is in force and refuses."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 6) = 'guard_'"
    if connection.vendor == "postgresql":
        query = f"""SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            JOIN pg_proc p ON p.oid = t.tgfoid WHERE left(t.tgname, 6) = 'guard_' AND t.tgenabled = 'O'
            AND p.prosrc = $body${REFUSE_ON_POSTGRES.split("$$")[1]}$body$"""  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def _there(connection: BaseDatabaseWrapper) -> list[str]:
    """Of the tables to hold, those made already: an app's tables come after the kernel's."""
    tables = set(connection.introspection.table_names())
    return [table for table in TABLES if table in tables]


def _names(vendor: str, table: str) -> list[str]:
    events = ["update", "delete"] if vendor == "sqlite" else ["update", "delete", "truncate"]
    return [f"guard_{table}_{event}" for event in events]


def _create(vendor: str, table: str) -> dict[str, str]:
    """The guards of a table by their names."""
    allowed = f"(({MAY_CHANGE.get(table, '1 = 0')}) IS NOT TRUE)"
    update, delete, *truncate = _names(vendor, table)
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        return {
            update: f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} WHEN {allowed} {refuse}",
            delete: f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {refuse}",
        }
    refuse = "EXECUTE FUNCTION kernel_refuse()"
    return {
        update: f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {allowed} {refuse}",
        delete: f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        truncate[0]: f"CREATE TRIGGER {truncate[0]} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    }


def _drop(vendor: str, table: str) -> list[str]:
    on = "" if vendor == "sqlite" else f" ON {table}"
    return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in _names(vendor, table)]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
