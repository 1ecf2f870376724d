"""Where the database stands against the migrations of this version."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader


def waiting() -> set[str]:
    """Apps with a migration that this database has not had yet; all of a new one."""
    loader = MigrationLoader(connection)
    return {app for app, _name in loader.graph.nodes.keys() - (loader.applied_migrations or {}).keys()}


def unknown() -> list[str]:
    """Migrations that this database has had and this version doesn't know: a newer version was here."""
    loader = MigrationLoader(connection)
    known = {*loader.graph.nodes, *loader.disk_migrations, *loader.replacements}
    ours = {app for app, _name in known}
    return sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations or {}
        if app in ours and (app, name) not in known
    )
