"""What speaks of a service item speaks of the catalogue's; the tables are the same (decision 0051)."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

TO = "catalogue.serviceitem"
PARTS = ("MaterialKind", "MilestoneTemplate", "DeliverableKind")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("engagement", "0016_catalogue_tables")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "engagement",
                    "item",
                    models.ForeignKey(TO, PROTECT, related_name="engagements", verbose_name="service item"),
                ),
                migrations.AlterField(
                    "contracttext",
                    "item",
                    models.ForeignKey(TO, PROTECT, related_name="contracttexts", verbose_name="service item"),
                ),
                *(migrations.DeleteModel(name) for name in (*PARTS, "ServiceItem", "ServiceFamily")),
            ]
        )
    ]
