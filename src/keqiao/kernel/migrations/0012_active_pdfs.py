"""PDFs that people sent before active ones were told apart are saved and no longer shown in a page; ours stay as they are."""

from django.db import migrations


def save_only(apps, _schema_editor):
    apps.get_model("kernel", "Blob").objects.filter(kind="pdf", created_by_id__isnull=False).update(kind="pdf+")


def as_before(apps, _schema_editor):
    apps.get_model("kernel", "Blob").objects.filter(kind="pdf+").update(kind="pdf")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0011_entry_level")]

    operations = [migrations.RunPython(save_only, as_before)]
