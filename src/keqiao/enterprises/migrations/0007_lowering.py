import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import keqiao.kernel.platform.clock

LEVELS = [(0, "Public"), (1, "Internal"), (2, "Ordinary trade secret"), (3, "Core trade secret")]
STATES = [("proposed", "Proposed"), ("confirmed", "Confirmed"), ("declined", "Declined")]


def person(label):
    return models.ForeignKey(
        editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
        to=settings.AUTH_USER_MODEL, verbose_name=label,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enterprises", "0006_imports_left"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lowering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=keqiao.kernel.platform.clock.now, editable=False, verbose_name="created at"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "level",
                    models.PositiveSmallIntegerField(choices=LEVELS, default=1, verbose_name="classification"),
                ),
                (
                    "record_kind",
                    models.CharField(editable=False, max_length=80, verbose_name="kind of record"),
                ),
                ("record_id", models.BigIntegerField(editable=False, verbose_name="number of the record")),
                ("lower_to", models.PositiveSmallIntegerField(choices=LEVELS, verbose_name="lower to")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=STATES, db_index=True, default="proposed", max_length=10, verbose_name="state"
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                ("proposed_by", person("proposed by")),
                ("decided_by", person("decided by")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss",
                        to="enterprises.enterprise", verbose_name="enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal to lower a classification",
                "verbose_name_plural": "proposals to lower a classification",
            },
        ),
    ]  # fmt: skip
