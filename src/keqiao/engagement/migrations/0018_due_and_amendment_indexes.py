from django.db import migrations, models

BY_PHASE = ["stage_due_on", "id", "state", "suspended_from", "level"]


class Migration(migrations.Migration):
    dependencies = [("engagement", "0017_catalogue_leaves")]

    operations = [
        migrations.RemoveIndex(model_name="engagement", name="engagement_due"),
        migrations.AddIndex(
            model_name="amendment",
            index=models.Index(fields=["state", "engagement"], name="amendment_state"),
        ),
        migrations.AddIndex(
            model_name="engagement",
            index=models.Index(fields=BY_PHASE, name="engagement_due_phase"),
        ),
    ]
