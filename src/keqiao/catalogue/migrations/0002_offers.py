import django.db.models.deletion
import keqiao.kernel.platform.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_initial'),
        ('engagement', '0017_catalogue_leaves'),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=keqiao.kernel.platform.clock.now, editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('since', models.DateField(verbose_name='offered since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='offered until')),
                ('scope', models.CharField(blank=True, max_length=400, verbose_name='scope')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='catalogue.serviceitem', verbose_name='service item')),
            ],
            options={
                'verbose_name': 'service on offer',
                'verbose_name_plural': 'services on offer',
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='offer_ends_after_it_begins', violation_error_message='“Offered until” lies before “offered since”.'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('item',), name='one_open_offer_an_item', violation_error_message='This item is offered already.')],
            },
        ),
    ]
