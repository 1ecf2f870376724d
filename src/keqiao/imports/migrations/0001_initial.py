"""The tables of imports, which `enterprises.0005_imports_leave` gave away with what they hold; it also says which old name
means which new one. Rows made ready begin empty.
"""

import django.db.models.deletion
import keqiao.imports.lists
import keqiao.kernel.platform.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('enterprises', '0005_imports_leave'),
        ('kernel', '0006_entry_news'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('created_at', models.DateTimeField(default=keqiao.kernel.platform.clock.now, editable=False, verbose_name='created at')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                        ('list_slug', models.CharField(choices=keqiao.imports.lists.list_choices, max_length=60, verbose_name='list')),
                        ('name', models.CharField(max_length=160, verbose_name='file')),
                        ('state', models.CharField(choices=[('checked', 'Checked, nothing written'), ('queued', 'Being applied'), ('applied', 'Applied'), ('undone', 'Undone')], default='checked', max_length=8, verbose_name='state')),
                        ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                        ('new', models.PositiveIntegerField(default=0, verbose_name='new')),
                        ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                        ('unchanged', models.PositiveIntegerField(default=0, verbose_name='unchanged')),
                        ('wrong', models.PositiveIntegerField(default=0, verbose_name='rows with errors')),
                        ('unknown_columns', models.CharField(blank=True, max_length=400, verbose_name='columns passed over')),
                        ('errors', models.JSONField(default=list, verbose_name='errors')),
                        ('notes', models.JSONField(default=list, verbose_name='notes')),
                        ('errors_found', models.PositiveIntegerField(default=0)),
                        ('notes_found', models.PositiveIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                        ('problem', models.TextField(blank=True, verbose_name='why it was not applied')),
                        ('holder', models.CharField(blank=True, max_length=32)),
                        ('beat_at', models.DateTimeField(null=True)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='applied for')),
                        ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.blob', verbose_name='content')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ],
                    options={
                        'verbose_name': 'import',
                        'verbose_name_plural': 'imports',
                    },
                ),
                migrations.CreateModel(
                    name='ImportedRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('object_id', models.BigIntegerField(verbose_name='row')),
                        ('before', models.JSONField(null=True)),
                        ('version_after', models.PositiveIntegerField()),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='imports.import', verbose_name='import')),
                    ],
                    options={
                        'verbose_name': 'imported row',
                        'verbose_name_plural': 'imported rows',
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name='StagedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.JSONField(verbose_name='key')),
                ('object_id', models.BigIntegerField(null=True, verbose_name='row')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('values', models.JSONField(verbose_name='values')),
                ('words', models.TextField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staged', to='imports.import', verbose_name='import')),
            ],
            options={
                'verbose_name': 'row made ready',
                'verbose_name_plural': 'rows made ready',
            },
        ),
    ]
