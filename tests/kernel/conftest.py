"""People and rows for the record's tests, and a database that can be emptied after a test that commits."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from tests.kernel.packs import FILE, NOTICE, SHA

from keqiao.kernel.models import Entry
from keqiao.kernel.record import append_only, seal_keys
from keqiao.kernel.record.journal import erase_payload, record
from keqiao.kernel.record.pack import write_pack
from keqiao.kernel.record.sealing import seal

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


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
def committing(transactional_db) -> None:
    """Real commits."""


@pytest.fixture
def unguarded(db) -> Iterator[None]:
    """What someone who owns the database can do."""
    append_only.remove(connection)
    yield
    append_only.install(connection)


@pytest.fixture
def write(subject, person):
    def write(count=1, case="engagement:12", files=(), at=NOW):
        facts = {"operation": "report_progress", "clause": "6.3.4", "actor": person, "subject": subject}
        return [
            record(case=case, payload={"步骤": step}, files=files, at=at, **facts) for step in range(count)
        ]

    return write


@pytest.fixture
def log(write, person):
    """Two cases, three seals, two keys, one erased payload, one file."""
    write(3, files=[SHA])
    write(2, case="engagement:13")
    seal(now=NOW)
    seal_keys.rotate_seal_key(now=NOW + MINUTE)
    write(4)
    seal(now=NOW + 2 * MINUTE)
    erase_payload(
        entry=Entry.objects.get(case="engagement:12", case_n=2), actor=person, reason="依法删除", at=NOW
    )
    seal(now=NOW + 3 * MINUTE)


@pytest.fixture
def make(tmp_path):
    def make(name="archive-示例.zip", case="engagement:12", **changed):
        parts = {
            "title": "示例档案",
            "records": Entry.objects.filter(case=case),
            "files": [(SHA, "服务合同.pdf", lambda: io.BytesIO(FILE))],
            "documents": [("受理通知.pdf", NOTICE, hashlib.sha256(NOTICE).hexdigest())],
            "index_html": b"<!doctype html><title>x</title>",
            "facts": {"enterprise": "示例科技有限公司"},
        }
        return write_pack(target=tmp_path / name, **{**parts, **changed})

    return make


@pytest.fixture
def pack(log, make):
    return make()
