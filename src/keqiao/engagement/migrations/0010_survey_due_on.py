from datetime import date

from django.db import migrations, models
from django.utils.timezone import localdate

from keqiao.engagement.delivery.models.delivery import SURVEY_DAYS, awaited_until
from keqiao.kernel.platform import calendar


def from_when_they_were_sent(apps, schema_editor):
    for survey in apps.get_model("engagement", "Survey").objects.all():
        sent = localdate(survey.sent_at)
        survey.due_on = calendar.add_working_days(start=sent, days=SURVEY_DAYS)
        survey.save(update_fields=["due_on"])


def column(default):
    return migrations.AddField(
        model_name="survey",
        name="due_on",
        field=models.DateField(default=default, editable=False, verbose_name="answer due on"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0009_open_parts_due"),
        ("kernel", "0006_entry_news"),
    ]

    # The database gets a plain day at first: reckoning one needs the calendar, which no table need hold yet.
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[column(date(2026, 1, 1))], state_operations=[column(awaited_until)]
        ),
        migrations.RunPython(from_when_they_were_sent, migrations.RunPython.noop),
    ]
