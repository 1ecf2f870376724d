"""Payloads no longer lie in the clear. Those written before are sealed under the institution's own key: which
enterprise a case belongs to is nothing the kernel's tables say.
"""

from django.db import migrations, models

from keqiao.kernel.record import append_only, sealed_payload

TABLE = ["kernel_payload"]


def lift(_apps, schema_editor):
    append_only.remove(schema_editor.connection, tables=TABLE)


def lay(_apps, schema_editor):
    append_only.install(schema_editor.connection, tables=TABLE)


def seal(apps, _schema_editor):
    rows = apps.get_model("kernel", "Payload").objects.filter(body__isnull=False)
    for row in rows.iterator(chunk_size=1000):
        sealed = sealed_payload.seal(
            entry_id=row.pk, enterprise_id=None, salt=bytes(row.salt), body=row.body.encode()
        )
        rows.filter(pk=row.pk).update(sealed=sealed)


def unseal(apps, _schema_editor):
    rows = apps.get_model("kernel", "Payload").objects.filter(sealed__isnull=False)
    for row in rows.iterator(chunk_size=1000):
        opened = sealed_payload.open_sealed(entry_id=row.pk, sealed=bytes(row.sealed))
        rows.filter(pk=row.pk).update(salt=opened.salt, body=opened.body)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_search")]
    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.AddField(
            "payload", "sealed", models.BinaryField(null=True, verbose_name="sealed content")
        ),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField("payload", "salt"),
        migrations.RemoveField("payload", "body"),
        migrations.RunPython(lay, lift),
    ]
