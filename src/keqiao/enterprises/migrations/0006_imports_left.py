"""Enterprises forget the imports, which `imports.0001_initial` holds now; the tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0005_imports_leave"),
        ("imports", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="ImportedRow"),
                migrations.DeleteModel(name="Import"),
            ],
        ),
    ]
