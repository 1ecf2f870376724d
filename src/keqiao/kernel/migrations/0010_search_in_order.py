"""Indexed rows are numbered by kind and object; SQLite's table gets an index of beginnings, PostgreSQL a column of words."""

from importlib import import_module

from django.db import migrations, models

SHIFT = 40
before = import_module("keqiao.kernel.migrations.0004_search")
TABLE = (
    "CREATE VIRTUAL TABLE kernel_search_fts USING fts5("
    "tokens, content='kernel_searchdocument', content_rowid='id', prefix='2 3 4')"
)
REBUILD = "INSERT INTO kernel_search_fts(kernel_search_fts) VALUES ('rebuild')"
WORDS = [
    "ALTER TABLE kernel_searchdocument ADD COLUMN words tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', tokens)) STORED",
    "CREATE INDEX kernel_search_words ON kernel_searchdocument USING gin (words)",
]
# What has no content type yet is indexed again under its name of now, when the site is prepared.
NUMBER = f"""UPDATE kernel_searchdocument SET id = object_id + (SELECT type.id FROM django_content_type AS type
    WHERE lower(kernel_searchdocument.model) = type.app_label || '.' || type.model) * {1 << SHIFT}"""
DROP_UNKNOWN = """DELETE FROM kernel_searchdocument WHERE NOT EXISTS (SELECT 1 FROM django_content_type AS type
    WHERE lower(kernel_searchdocument.model) = type.app_label || '.' || type.model)"""


def lift(apps, schema_editor):
    before.lift(apps, schema_editor)


def number(_apps, schema_editor):
    schema_editor.execute(DROP_UNKNOWN)
    schema_editor.execute(NUMBER)


def lay(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statements = [TABLE, *before.SQLITE[1:], REBUILD]
    else:
        statements = WORDS
    for statement in statements:
        schema_editor.execute(statement)


def lift_again(apps, schema_editor):
    """The way back; a row keeps its number, which stands for nothing there."""
    before.lift(apps, schema_editor)
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("ALTER TABLE kernel_searchdocument DROP COLUMN words")


def lay_as_before(apps, schema_editor):
    before.lay(apps, schema_editor)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(REBUILD)


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0009_shared_note"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(lift, lay_as_before),
        migrations.AlterField("searchdocument", "id", models.BigIntegerField(primary_key=True, serialize=False)),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.RunPython(lay, lift_again),
    ]
