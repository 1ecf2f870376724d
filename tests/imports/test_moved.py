"""Imports that were made while they belonged to enterprises: they keep what they hold and can be read and undone."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.enterprises.conftest import code
from tests.factories.lists import check, table, write

from keqiao.enterprises.models import Enterprise
from keqiao.imports.models import Import
from keqiao.imports.operations.turns import undo_import
from keqiao.imports.states import ImportState
from keqiao.kernel.files import vault

BEFORE = ("enterprises", "0004_levels_of_trade_secrets")


@pytest.fixture
def whole_again(transactional_db):
    """What is taken back goes with all that depends on it; the next test finds everything there."""
    yield
    migrate_all()


def migrate_all() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_what_was_imported_before_is_kept(whole_again, person, enterprise):
    actor = person()
    there = enterprise(1, name="旧名", owner=actor)
    source = write(check(table(f"甲,{code(1)},,,,,", f"乙,{code(2)},,,,,"), actor), actor)
    new = Enterprise.objects.get(uscc=code(2)).pk
    MigrationExecutor(connection).migrate([BEFORE])
    kept = "SELECT enterprise_id, version_after FROM enterprises_importedrow ORDER BY id"
    assert rows(kept) == [(new, 1), (there.pk, 2)]
    migrate_all()
    moved = Import.objects.get(pk=source.pk)
    assert (moved.list_slug, moved.state, moved.rows, moved.new, moved.changed) == (
        "enterprises",
        ImportState.APPLIED,
        2,
        1,
        1,
    )
    with vault.open_blob(moved.blob) as content:
        assert "统一社会信用代码" in content.read().decode()
    undo_import(source=moved, actor=actor)
    assert list(Enterprise.objects.values_list("name", "version")) == [("旧名", 3)]
