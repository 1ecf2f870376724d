"""The words of the text index: an FTS5 table kept by triggers on SQLite, a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE kernel_search_fts USING fts5(tokens, content='kernel_searchdocument', content_rowid='id')",
    """CREATE TRIGGER search_added AFTER INSERT ON kernel_searchdocument BEGIN
        INSERT INTO kernel_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER search_removed AFTER DELETE ON kernel_searchdocument BEGIN
        INSERT INTO kernel_search_fts(kernel_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER search_changed AFTER UPDATE ON kernel_searchdocument BEGIN
        INSERT INTO kernel_search_fts(kernel_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO kernel_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
]
POSTGRESQL = [
    "CREATE INDEX kernel_search_words ON kernel_searchdocument USING gin (to_tsvector('simple', tokens))",
]


def lay(_apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def lift(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("search_added", "search_removed", "search_changed"):
            schema_editor.execute(f"DROP TRIGGER {name}")
        schema_editor.execute("DROP TABLE kernel_search_fts")
    else:
        schema_editor.execute("DROP INDEX kernel_search_words")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_seed_calendar")]
    operations = [migrations.RunPython(lay, lift)]
