"""The models of the catalogue, whose tables engagement/0013 has named already: nothing is made or moved here."""

import django.db.models.deletion
import keqiao.kernel.platform.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('engagement', '0016_catalogue_tables'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='ServiceFamily',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('created_at', models.DateTimeField(default=keqiao.kernel.platform.clock.now, editable=False, verbose_name='created at')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                        ('code', models.CharField(max_length=8, unique=True, verbose_name='clause')),
                        ('name', models.CharField(max_length=80, verbose_name='service family')),
                    ],
                    options={
                        'verbose_name': 'service family',
                        'verbose_name_plural': 'service families',
                    },
                ),
                migrations.CreateModel(
                    name='ServiceItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('created_at', models.DateTimeField(default=keqiao.kernel.platform.clock.now, editable=False, verbose_name='created at')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                        ('code', models.CharField(max_length=12, unique=True, verbose_name='clause')),
                        ('name', models.CharField(max_length=120, verbose_name='service item')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('usual_days', models.PositiveIntegerField(default=60, verbose_name='usual days')),
                        ('contract_kind', models.CharField(choices=[('none', 'Not a technical contract'), ('development', 'Technology development'), ('transfer', 'Technology transfer'), ('licence', 'Technology licence'), ('consulting', 'Technology consulting'), ('service', 'Technology service')], default='none', max_length=12, verbose_name='technical contract kind')),
                        ('objectives', models.TextField(blank=True, help_text='One a line.', verbose_name='objectives of the plan')),
                        ('retired_on', models.DateField(blank=True, editable=False, null=True, verbose_name='retired on')),
                        ('competences', models.ManyToManyField(blank=True, related_name='items', to='organisation.competence', verbose_name='competences wanted')),
                        ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='catalogue.servicefamily', verbose_name='service family')),
                    ],
                    options={
                        'verbose_name': 'service item',
                        'verbose_name_plural': 'service catalogue',
                    },
                ),
                migrations.CreateModel(
                    name='MilestoneTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('created_at', models.DateTimeField(default=keqiao.kernel.platform.clock.now, editable=False, verbose_name='created at')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('retired_on', models.DateField(blank=True, editable=False, null=True, verbose_name='retired on')),
                        ('day', models.PositiveIntegerField(default=30, help_text='Days after the plan begins.', verbose_name='day')),
                        ('result', models.CharField(blank=True, max_length=160, verbose_name='staged result')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='catalogue.serviceitem', verbose_name='service item')),
                    ],
                    options={
                        'verbose_name': 'plan step',
                        'verbose_name_plural': 'plan template',
                    },
                ),
                migrations.CreateModel(
                    name='MaterialKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('created_at', models.DateTimeField(default=keqiao.kernel.platform.clock.now, editable=False, verbose_name='created at')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('retired_on', models.DateField(blank=True, editable=False, null=True, verbose_name='retired on')),
                        ('proves', models.CharField(blank=True, max_length=200, verbose_name='what it proves')),
                        ('nature', models.CharField(choices=[('technical', 'Technical'), ('proof', 'Proof'), ('finance', 'Finance'), ('legal', 'Legal'), ('other', 'Other')], default='other', max_length=10, verbose_name='nature')),
                        ('required', models.BooleanField(default=True, verbose_name='required')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='catalogue.serviceitem', verbose_name='service item')),
                    ],
                    options={
                        'verbose_name': 'checklist line',
                        'verbose_name_plural': 'material checklist',
                    },
                ),
                migrations.CreateModel(
                    name='DeliverableKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('created_at', models.DateTimeField(default=keqiao.kernel.platform.clock.now, editable=False, verbose_name='created at')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('retired_on', models.DateField(blank=True, editable=False, null=True, verbose_name='retired on')),
                        ('form', models.CharField(blank=True, max_length=40, verbose_name='form')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='catalogue.serviceitem', verbose_name='service item')),
                    ],
                    options={
                        'verbose_name': 'kind of deliverable',
                        'verbose_name_plural': 'kinds of deliverable',
                    },
                ),
            ],
        ),
    ]
