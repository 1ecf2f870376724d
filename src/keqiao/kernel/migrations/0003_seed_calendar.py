"""The holidays every known year has, as a table the institution may edit."""

from django.db import migrations

from keqiao.kernel.platform.calendar_seed import seed_known_years


def seed(apps, schema_editor):
    seed_known_years(holiday=apps.get_model("kernel", "Holiday"), holiday_year=apps.get_model("kernel", "HolidayYear"))


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_append_only")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
