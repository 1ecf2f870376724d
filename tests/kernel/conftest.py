"""People and rows for the record's tests, and a database that can be emptied after a test that commits."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from keqiao.kernel import append_only


@dataclass(frozen=True)
class Person:
    pk: int = 7
    name: str = "示例顾问"
    kind: str = "staff"
    roles: frozenset[str] = frozenset({"consultant"})
    enterprise_id: int | None = None
    clearance: int = 1


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def subject(db) -> Group:
    return Group.objects.create(name="示例委托")


@pytest.fixture(autouse=True)
def seal_key_file(settings, tmp_path) -> Path:
    settings.SEAL_KEY_FILE = str(tmp_path / "seal.key")
    return tmp_path / "seal.key"


@pytest.fixture
def committing(transactional_db) -> Iterator[None]:
    """Real commits. The guards would refuse the emptying afterwards; migrating's signal lays them again."""
    yield
    append_only.remove(connection)


@pytest.fixture
def unguarded(db) -> Iterator[None]:
    """What someone who owns the database can do."""
    append_only.remove(connection)
    yield
    append_only.install(connection)
