"""Engagements begun before their enterprise was raised take its level, with all their parts."""

from django.db import migrations, models

LEVELS = [(0, "Public"), (1, "Internal"), (2, "Ordinary trade secret"), (3, "Core trade secret")]


def follow(apps, _schema_editor):
    for model in apps.get_app_config("engagement").get_models():
        names = {field.name for field in model._meta.fields}
        if {"enterprise", "level"} <= names:
            for level, _label in LEVELS[1:]:
                model.objects.filter(enterprise__level=level, level__lt=level).update(level=level)


class Migration(migrations.Migration):
    dependencies = [("engagement", "0019_archive_for_client"), ("enterprises", "0007_lowering")]

    operations = [
        migrations.AlterField(
            model_name="engagement",
            name="level",
            field=models.PositiveSmallIntegerField(
                choices=LEVELS, default=1, editable=False, verbose_name="classification"
            ),
        ),
        migrations.RunPython(follow, migrations.RunPython.noop),
    ]
