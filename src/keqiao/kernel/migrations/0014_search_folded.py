"""Words of the search are folded (wide letters are narrow ones): everything is indexed anew when the site is prepared."""

from django.db import migrations


def forget(apps, _editor):
    apps.get_model("kernel", "SearchDocument").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("kernel", "0013_entry_rows")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
