"""The tables of the catalogue take the names of its own app, with what is in them (decision 0051)."""

from django.db import migrations

MODELS = ("ServiceFamily", "ServiceItem", "MaterialKind", "MilestoneTemplate", "DeliverableKind")


class Migration(migrations.Migration):
    dependencies = [("engagement", "0015_services_of_entries")]

    operations = [migrations.AlterModelTable(name, f"catalogue_{name.lower()}") for name in MODELS]
