"""Imports become an app of their own, keeping what they hold. This takes them out of the tables of enterprises;
`imports.0001_initial` takes them over, `0006` forgets them here.

Sealed entries keep the names of before. What they mean today:

    models      enterprises.Import      → imports.Import
                enterprises.ImportedRow → imports.ImportedRow
                enterprises.StagedRow   → imports.StagedRow
    operations  check_import            → check_import_of_enterprises
                import_enterprises      → apply_import
                finish_import           → finish_import_of_enterprises

`aliases.py` of both apps says so to whoever reads the record. stop_import, give_up_import, undo_import and the case `import:…` are as they were. Rows made ready by a job that had not
written them are thrown away: the job, still queued, makes them ready again.
"""

from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0004_levels_of_trade_secrets"),
    ]

    operations = [
        migrations.DeleteModel(name="StagedRow"),
        migrations.AddField(
            model_name="import",
            name="list_slug",
            field=models.CharField(default="enterprises", max_length=60),
            preserve_default=False,
        ),
        # What was done to a row is remembered by its number: a list may be of any model.
        migrations.AlterField(
            model_name="importedrow",
            name="enterprise",
            field=models.BigIntegerField(db_column="enterprise_id"),
        ),
        migrations.RenameField(model_name="importedrow", old_name="enterprise", new_name="object_id"),
        migrations.AlterField(
            model_name="importedrow",
            name="object_id",
            field=models.BigIntegerField(),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name="import", table="imports_import"),
                migrations.AlterModelTable(name="importedrow", table="imports_importedrow"),
            ],
        ),
    ]
