"""Lay the triggers that keep the record append-only; the app lays them again after every migration."""

from django.db import migrations

from keqiao.kernel import append_only


def lay(_apps, schema_editor):
    append_only.install(schema_editor.connection)


def lift(_apps, schema_editor):
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
