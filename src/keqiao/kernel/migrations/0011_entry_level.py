from django.db import migrations, models

LEVELS = [(0, "Public"), (1, "Internal"), (2, "Ordinary trade secret"), (3, "Core trade secret")]


class Migration(migrations.Migration):
    dependencies = [("kernel", "0010_search_in_order")]

    operations = [
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
    ]
