import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0018_due_and_amendment_indexes"), ("kernel", "0010_search_in_order")]

    operations = [
        migrations.AddField(
            model_name="archive",
            name="client_blob",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="kernel.blob", verbose_name="client's archive pack",
            ),
        ),
        migrations.AddField(
            model_name="archive",
            name="client_sha256",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=64, verbose_name="hash of the client's pack"
            ),
            preserve_default=False,
        ),
    ]  # fmt: skip
