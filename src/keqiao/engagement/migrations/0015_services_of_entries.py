"""Steps of engagements recorded until now serve the item of their engagement: an index of theirs, for counting."""

from django.db import migrations

CASE = "engagement:"


def index(apps, schema_editor):
    tables = {
        "items": apps.get_model("engagement", "ServiceItem")._meta.db_table,
        "engagements": apps.get_model("engagement", "Engagement")._meta.db_table,
    }
    number = f"CAST(SUBSTR(entries.\"case\", {len(CASE) + 1}) AS BIGINT)"
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_entryservice (entry_id, code) "
            "SELECT entries.id, items.code FROM (SELECT id, \"case\" FROM kernel_entry WHERE \"case\" LIKE %s) AS entries "
            f"JOIN {tables['engagements']} AS engagements ON engagements.id = {number} "
            f"JOIN {tables['items']} AS items ON items.id = engagements.item_id "
            "WHERE NOT EXISTS (SELECT 1 FROM kernel_entryservice AS known WHERE known.entry_id = entries.id)",
            [f"{CASE}%"],
        )


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0014_waiting_effects"),
        ("kernel", "0008_entry_services"),
    ]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
