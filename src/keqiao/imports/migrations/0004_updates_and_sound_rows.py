from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_words_before")]

    operations = [
        migrations.AddField("import", "updates", models.JSONField(default=list, verbose_name="changes")),
        migrations.AddField("import", "updates_found", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "import",
            "sound_only",
            models.BooleanField(default=False, verbose_name="without the rows with errors"),
        ),
    ]
