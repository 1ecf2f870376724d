"""Time limits belong to a stage, and what an item's plan begins from are milestone templates."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0010_survey_due_on")]

    operations = [
        migrations.RemoveIndex("Engagement", "engagement_state_due"),
        migrations.RemoveIndex("Engagement", "engagement_due"),
        migrations.RenameModel("StepLimit", "StageLimit"),
        migrations.RenameModel("PlanStep", "MilestoneTemplate"),
        migrations.RenameField("Engagement", "step_due_on", "stage_due_on"),
        migrations.RenameField("Engagement", "step_since", "stage_since"),
        migrations.AddIndex(
            "Engagement", models.Index(fields=["state", "stage_due_on"], name="engagement_state_due")
        ),
        migrations.AddIndex("Engagement", models.Index(fields=["stage_due_on", "id"], name="engagement_due")),
    ]
