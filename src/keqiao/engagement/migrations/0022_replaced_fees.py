"""An amendment names the lines that it replaces; of those still open, the lines that are unpaid now."""

from django.db import migrations, models

FINAL = ("signed", "withdrawn")


def name_lines(apps, _editor):
    amendments = apps.get_model("engagement", "Amendment").objects.exclude(state__in=FINAL).exclude(new_fees=[])
    for amendment in amendments:
        amendment.replaced_fees = [
            {"id": line.pk, "name": line.name, "amount": str(line.amount), "due_on": line.due_on.isoformat()}
            for line in amendment.contract.fees.filter(paid=0).order_by("due_on", "pk")
        ]
        amendment.save(update_fields=["replaced_fees"])


class Migration(migrations.Migration):
    dependencies = [("engagement", "0021_provisional_days")]

    operations = [
        migrations.AddField(
            model_name="amendment",
            name="replaced_fees",
            field=models.JSONField(default=list, editable=False, verbose_name="replaced fees"),
        ),
        migrations.RunPython(name_lines, migrations.RunPython.noop),
    ]
