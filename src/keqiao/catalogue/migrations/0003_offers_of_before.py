"""What could be commissioned until now was on offer since it was there: the institution says what it ends."""

from datetime import timedelta

from django.db import migrations
from django.utils.timezone import localdate


def offer(apps, _schema_editor):
    offers = apps.get_model("catalogue", "Offer").objects
    for item in apps.get_model("catalogue", "ServiceItem").objects.order_by("pk"):
        since = localdate(item.created_at)
        until = item.retired_on - timedelta(days=1) if item.retired_on else None
        if until is None or until >= since:
            offers.create(item=item, since=since, until=until)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_offers")]
    operations = [migrations.RunPython(offer, migrations.RunPython.noop)]
