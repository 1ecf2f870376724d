"""Effects asked for before they became reactions are still had: their payload now names the engagement alone."""

from django.db import migrations


def name_the_engagement(apps, schema_editor):
    outbox = apps.get_model("kernel", "Outbox").objects.exclude(state="done")
    archives = apps.get_model("engagement", "Archive").objects
    for row in outbox.filter(topic__in=["send-survey", "archive-pack"]):
        said = row.payload
        if "model" in said:
            continue
        pk = said["engagement"] if row.topic == "send-survey" else archives.get(pk=said["archive"]).engagement_id
        # Which step asked for it was not written down then.
        row.payload = {"model": "engagement.engagement", "pk": pk, "step": {}, "chain": [row.topic]}
        row.save(update_fields=["payload"])


class Migration(migrations.Migration):
    dependencies = [("engagement", "0013_records_pointed_at"), ("kernel", "0006_entry_news")]
    operations = [migrations.RunPython(name_the_engagement, migrations.RunPython.noop)]
