"""Lay the triggers that keep the record append-only; the app lays them again after every migration."""

from django.db import migrations

from keqiao.kernel.record import append_only


# Entries and payloads are not among them: 0011 and 0005 change their columns, and lay their guards.
TABLES = [
    "kernel_sealkey",
    "kernel_tile",
    "kernel_casecounter",
    "kernel_entryfile",
    "kernel_seal",
]


def lay(_apps, schema_editor):
    append_only.install(schema_editor.connection, tables=TABLES)


def lift(_apps, schema_editor):
    append_only.remove(schema_editor.connection, tables=TABLES)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
