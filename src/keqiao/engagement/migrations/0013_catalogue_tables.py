"""The tables of the catalogue take the names of its own app, with what is in them (decision 0051)."""

from django.db import migrations

MODELS = ("ServiceFamily", "ServiceItem", "MaterialKind", "MilestoneTemplate", "DeliverableKind")


class Migration(migrations.Migration):
    dependencies = [("engagement", "0012_levels_of_trade_secrets")]

    operations = [migrations.AlterModelTable(name, f"catalogue_{name.lower()}") for name in MODELS]
