"""The web process dies, the disk is full, the database goes away, all in the middle of a request: what was answered
with yes is there, of the rest nothing, and whoever waited is told so.
"""

from contextlib import contextmanager

import pytest
from django.db import connection
from tests.patience import wait_until

from keqiao.enterprises.models import EnterpriseFile, Tag
from keqiao.kernel.models import Blob, Entry, IdempotencyKey
from keqiao.kernel.record.audit import verify_log

CREATE = "/api/v1/tags/create-tag/"
# Long enough for anyone: the process is killed in the midst of it.
SLOW = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000) SELECT count(*) FROM c"


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def at_the_last_write(*, sqlite, postgresql):
    """What the database does when all of a step is written but the row that remembers its key."""
    on = "INSERT ON kernel_idempotencykey"
    if connection.vendor == "sqlite":
        run(f"CREATE TRIGGER fault BEFORE {on} BEGIN {sqlite}; END")
    else:
        run(
            f"CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {postgresql}; RETURN NEW; END $$",
            f"CREATE TRIGGER fault BEFORE {on} FOR EACH ROW EXECUTE FUNCTION fault()",
        )
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            run("DROP TRIGGER IF EXISTS fault")
        else:
            run(
                "DROP TRIGGER IF EXISTS fault ON kernel_idempotencykey",
                "DROP FUNCTION IF EXISTS fault CASCADE",
            )


def inside():
    """Whether a request holds the database: on SQLite no other may write, on PostgreSQL one of ours is asleep."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
            return cursor.fetchone()[0] == 1
    return locked()


def locked():
    import sqlite3

    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        other.close()
    return False


def notice_the_loss():
    """PostgreSQL sees that the other end is gone when it next looks; asleep in our trigger it doesn't look."""
    if connection.vendor == "postgresql":
        run("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")


def names():
    return set(Tag.objects.values_list("name", flat=True))


def recorded():
    return Entry.objects.filter(operation="create_tag").count()


@pytest.mark.slow
def test_killed_in_mid_request(serve):
    web = serve()
    assert web.api(CREATE, {"name": "已确认"}, key="one").status == 200
    with at_the_last_write(sqlite=SLOW, postgresql="PERFORM pg_sleep(600)"):
        web.later(CREATE, {"name": "半途"}, key="two")
        wait_until(inside)
        web.kill()
        notice_the_loss()
        wait_until(lambda: not inside())
    assert (names(), recorded()) == ({"已确认"}, 1)

    again = serve()
    assert [again.api(CREATE, {"name": "半途"}, key="two").status for _ in range(2)] == [200, 200]
    assert (names(), recorded()) == ({"已确认", "半途"}, 2)
    assert IdempotencyKey.objects.filter(operation="create_tag").count() == 2
    assert verify_log() == []


@pytest.mark.slow
def test_the_database_goes_away_in_mid_request(serve):
    """On PostgreSQL the connection is cut by the server; on SQLite the file can't be written any more."""
    web = serve()
    assert web.api(CREATE, {"name": "已确认"}, key="one").status == 200
    gone = "PERFORM pg_terminate_backend(pg_backend_pid())"
    if connection.vendor == "sqlite":
        web.limit_files(0)
        answer = web.api(CREATE, {"name": "半途"}, key="two")
        web.limit_files(2**40)
    else:
        with at_the_last_write(sqlite="", postgresql=gone):
            answer = web.api(CREATE, {"name": "半途"}, key="two")
    assert (answer.status, answer.kind) == (503, "application/problem+json")
    assert (answer.json["status"], len(answer.json["request_id"])) == (503, 16)
    assert (names(), recorded()) == ({"已确认"}, 1)
    assert web.api(CREATE, {"name": "半途"}, key="two").status == 200
    assert (names(), recorded()) == ({"已确认", "半途"}, 2)
    assert verify_log() == []


@pytest.mark.slow
def test_no_room_for_a_file(serve, firm, tmp_path):
    """Small or large: an upload is held in memory, and the vault is the first to write it."""
    web = serve()
    address = f"/enterprises/{firm.pk}/do/add_enterprise_file/"
    values = {"note": "执照", "level": "1", "idempotency_key": "file"}
    for size in (1_900_000, 2_600_000):
        web.limit_files(1_500_000)
        answer = web.upload(address, values, b"0123456789" * (size // 10))
        web.limit_files(2**40)
        assert (answer.status, "文件库空间已满" in answer.body) == (503, True), answer.body
        assert (EnterpriseFile.objects.count(), Blob.objects.count()) == (0, 0)
    assert [path for path in (tmp_path / "vault").rglob("*") if path.is_file()] == []
    assert web.upload(address, values, b"0123456789" * 190_000).status == 302
    assert EnterpriseFile.objects.get().blob.size == 1_900_000
