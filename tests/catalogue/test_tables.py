"""The tables of the catalogue left engagement for an app of their own, with what is in them; and there is a way back."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.factories import catalogue, contracts, organisation

from keqiao.catalogue.models import MilestoneTemplate, Offer, ServiceItem
from keqiao.engagement.models import Engagement
from keqiao.kernel.platform import clock

BEFORE = ("engagement", "0012_levels_of_trade_secrets")


@pytest.fixture
def forwards(transactional_db):
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_back_and_forth_everything_is_there(forwards):
    with clock.at(datetime(2026, 3, 2, 4, tzinfo=UTC)):
        skill = organisation.competence()
        item, gone = (catalogue.service_item(competence=skill) for _ in range(2))
        ServiceItem.objects.filter(pk=gone.pk).update(retired_on=date(2026, 3, 9))
        engagement = contracts.engagement(item=item)
        MigrationExecutor(connection).migrate([BEFORE])
        assert rows("SELECT id, code FROM engagement_serviceitem ORDER BY id") == [
            (item.pk, item.code),
            (gone.pk, gone.code),
        ]
        assert len(rows("SELECT competence_id FROM engagement_serviceitem_competences")) == 2
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    found = Engagement.objects.get(pk=engagement.pk).item
    assert (found, list(found.competences.all())) == (item, [skill])
    assert [row.name for row in found.checklist] == ["营业执照", "产品照片"]
    assert MilestoneTemplate.objects.count() == 2
    offers = Offer.objects.order_by("item_id").values_list("item_id", "since", "until")
    assert list(offers) == [(item.pk, date(2026, 3, 2), None), (gone.pk, date(2026, 3, 2), date(2026, 3, 8))]
