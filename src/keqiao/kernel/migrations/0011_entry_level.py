"""An entry says how secret it is; its guard, which names every column, is laid again."""

from django.db import migrations, models

from keqiao.kernel.record import append_only

TABLE = ["kernel_entry"]
LEVELS = [(0, "Public"), (1, "Internal"), (2, "Ordinary trade secret"), (3, "Core trade secret")]


def lift(_apps, schema_editor):
    append_only.remove(schema_editor.connection, tables=TABLE)


def lay(_apps, schema_editor):
    append_only.install(schema_editor.connection, tables=TABLE)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0010_search_in_order")]

    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.AddField(
            model_name="entry",
            name="level",
            field=models.PositiveSmallIntegerField(choices=LEVELS, default=0, verbose_name="classification"),
        ),
        migrations.RemoveIndex(model_name="entry", name="entry_news"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["case", "id", "actor_id", "subject_type", "level"], name="entry_news"
            ),
        ),
        migrations.RunPython(lay, lift),
    ]
