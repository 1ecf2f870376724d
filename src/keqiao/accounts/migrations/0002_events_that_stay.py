"""What is taken out of the house is an event too, and the database itself keeps events from change."""

from django.db import migrations, models

from keqiao.kernel.record import append_only

TABLE = ["accounts_securityevent"]


def lay(_apps, schema_editor):
    append_only.install(schema_editor.connection, tables=TABLE)


def lift(_apps, schema_editor):
    append_only.remove(schema_editor.connection, tables=TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('kernel', '0002_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='securityevent',
            name='event',
            field=models.CharField(choices=[('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('sign_in_failed', 'Sign-in failed'), ('code_failed', 'Wrong second-factor code'), ('locked', 'Locked after failed sign-ins'), ('confirmed', 'Confirmed again before a sensitive step'), ('password_changed', 'Password changed'), ('reset_asked', 'Password reset asked for'), ('factor_enrolled', 'Second factor enrolled'), ('factor_removed', 'Second factor removed'), ('codes_renewed', 'New recovery codes made'), ('invited', 'Invited'), ('invitation_used', 'Invitation used'), ('enabled', 'Account enabled'), ('disabled', 'Account disabled'), ('role_granted', 'Role granted'), ('role_revoked', 'Role revoked'), ('clearance_set', 'Clearance set'), ('token_made', 'API token made'), ('token_revoked', 'API token revoked'), ('calendar_made', 'Calendar address made'), ('sessions_ended', 'Other sessions ended'), ('data_exported', 'Own data exported'), ('file_fetched', 'File fetched'), ('list_exported', 'List exported')], max_length=20, verbose_name='what happened'),
        ),
        migrations.RunPython(lay, lift),
    ]
