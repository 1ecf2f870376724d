from django.db import migrations, models

import keqiao.enterprises.models.enterprise


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0007_lowering")]

    operations = [
        migrations.AddField(
            model_name="enterprise",
            name="same_code",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="enterprise",
            name="uscc",
            field=models.CharField(
                max_length=18,
                validators=[keqiao.enterprises.models.enterprise.check_credit_code],
                verbose_name="unified social credit code",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.UniqueConstraint(
                fields=("uscc", "same_code"),
                name="one_record_a_code",
                violation_error_message="An enterprise with this credit code is recorded already.",
            ),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                condition=models.Q(same_code__gt=0), fields=["same_code"], name="enterprise_twin"
            ),
        ),
    ]
