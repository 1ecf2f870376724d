"""The job that applies an import: watched, stopped, killed, delivered twice, its right taken back. All or nothing."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.enterprises.conftest import code
from tests.factories.lists import table, write

from keqiao.accounts.models import Role
from keqiao.accounts.operations.roles import revoke_role
from keqiao.enterprises.models import Enterprise
from keqiao.imports.models import Import, ImportedRow, StagedRow
from keqiao.imports.operations import applying
from keqiao.imports.operations.laying import tidy
from keqiao.imports.operations.turns import apply_import, stop_import, undo_import
from keqiao.imports.states import ImportState
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.models.search import SearchDocument
from keqiao.kernel.platform import clock, outbox
from keqiao.kernel.platform.errors import Conflict, NotAllowed, WrongState

pytestmark = pytest.mark.django_db
CHECKED, QUEUED, APPLIED = ImportState.CHECKED, ImportState.QUEUED, ImportState.APPLIED


def rows(count: int):
    return table(*(f"示例{n},{code(n)},,,,," for n in range(1, count + 1)))


@pytest.fixture
def queued(check, person):
    """2,500 rows, waiting for the worker: two full batches and a half."""
    actor = person()
    source = check(rows(2500), actor)
    apply_import(source=source, actor=actor)
    return source


def begun(source):
    """A worker that holds the import and has made nothing ready yet."""
    holder = applying.take(pk=source.pk, now=clock.now())
    held = Import.objects.get(pk=source.pk)
    return held, holder, applying.stage(source=held, holder=holder)


def left():
    """What there is: enterprises, what imports did to them, rows made ready, enterprises that the search finds."""
    there = Enterprise.objects.values("pk")
    found = SearchDocument.objects.filter(model="enterprises.Enterprise", object_id__in=there)
    return (
        there.count(),
        ImportedRow.objects.filter(object_id__in=there).count(),
        StagedRow.objects.count(),
        found.count(),
    )


def rest():
    """What is laid for rows that are not there: what undo would need, and words for the search."""
    there = Enterprise.objects.values("pk")
    words = SearchDocument.objects.filter(model="enterprises.Enterprise")
    return (
        ImportedRow.objects.exclude(object_id__in=there).count(),
        words.exclude(object_id__in=there).count(),
    )


def steps():
    entries = Entry.objects.filter(subject_type="imports.import").order_by("pk")
    return [(entry.operation, entry.by) for entry in entries]


def test_asking_writes_nothing_and_leaves_a_job(queued):
    assert (queued.state, left()) == (QUEUED, (0, 0, 0, 0))
    assert list(Outbox.objects.values_list("topic", "payload")) == [("import", {"import": queued.pk})]


def test_the_worker_applies_it_and_the_record_says_for_whom(queued):
    assert outbox.run_due(now=clock.now()) == (1, 0)
    queued.refresh_from_db()
    counts = (queued.rows, queued.done, queued.new, queued.changed, queued.unchanged)
    assert (queued.state, counts) == (APPLIED, (2500, 2500, 2500, 0, 0))
    assert left() == (2500, 2500, 0, 2500)
    name = queued.asked_by.name
    assert steps() == [
        ("check_import_of_enterprises", name),
        ("apply_import", name),
        ("finish_import_of_enterprises", name),
    ]


def test_progress_is_counted_by_the_batch_and_shown(queued, seen_by):
    browser = seen_by(queued.asked_by)
    page = f"/imports/{queued.pk}/progress/"
    assert "等待后台处理。" in browser.get(page).content.decode()
    _source, _holder, flow = begun(queued)
    told = []
    for done in flow:
        told.append((done, left()))
        assert f'max="2500" value="{done}"' in browser.get(page).content.decode()
    assert told == [(1000, (0, 0, 1000, 0)), (2000, (0, 0, 2000, 0)), (2500, (0, 0, 2500, 0))]
    whole = browser.get(f"/imports/{queued.pk}/").content.decode()
    assert f'hx-get="{page}" hx-trigger="every 2s"' in whole
    assert "已准备 2500／2500 行" in whole


def test_once_it_is_over_the_page_loads_anew(queued, seen_by, person):
    applying.run_import(pk=queued.pk)
    answer = seen_by(queued.asked_by).get(f"/imports/{queued.pk}/progress/")
    assert (answer.headers["HX-Refresh"], answer.content) == ("true", b"")
    assert seen_by(person()).get(f"/imports/{queued.pk}/progress/").status_code == 404


def test_stopped_half_way_it_leaves_nothing_and_can_be_applied_again(queued):
    _source, _holder, flow = begun(queued)
    assert next(flow) == 1000
    stop_import(source=queued, actor=queued.asked_by)
    assert (queued.state, queued.problem, left(), rest()) == (
        CHECKED,
        "已停止。",
        (0, 0, 1000, 0),
        (1000, 1000),
    )
    with pytest.raises(applying.Let):
        next(flow)
    tidy(pk=queued.pk)
    assert (left(), rest()) == ((0, 0, 0, 0), (0, 0))
    write(queued, queued.asked_by)
    assert (queued.state, queued.problem, left()) == (APPLIED, "", (2500, 2500, 0, 2500))
    assert [name for name, _by in steps()] == [
        "check_import_of_enterprises",
        "apply_import",
        "stop_import",
        "apply_import",
        "finish_import_of_enterprises",
    ]


def test_stopped_before_it_began_the_job_does_nothing(queued):
    stop_import(source=queued, actor=queued.asked_by)
    assert outbox.run_due(now=clock.now()) == (1, 0)
    queued.refresh_from_db()
    assert (queued.state, left()) == (CHECKED, (0, 0, 0, 0))


def test_stopped_between_the_last_batch_and_the_writing(queued):
    source, holder, flow = begun(queued)
    assert list(flow)[-1] == 2500
    stop_import(source=queued, actor=queued.asked_by)
    with pytest.raises(applying.Let):
        applying.write(source=source, holder=holder)
    applying.run_import(pk=queued.pk)  # the job comes again
    assert (left(), rest()) == ((0, 0, 0, 0), (0, 0))


def test_what_is_applied_is_stopped_no_more(queued):
    applying.run_import(pk=queued.pk)
    with pytest.raises(WrongState):
        stop_import(source=queued, actor=queued.asked_by)
    assert left() == (2500, 2500, 0, 2500)


def lose_role(user, administrator):
    revoke_role(user=user, actor=administrator, role=Role.CONSULTANT)


def disable(user, _administrator):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("lose", [lose_role, disable])
def test_a_right_taken_back_after_asking_stops_the_job(queued, person, lose):
    lose(queued.asked_by, person(Role.SYSTEM_ADMIN))
    applying.run_import(pk=queued.pk)
    given_up(queued)


@pytest.mark.parametrize("lose", [lose_role, disable])
def test_a_right_taken_back_half_way_stops_the_job(queued, person, lose):
    source, holder, flow = begun(queued)
    assert next(flow) == 1000
    lose(queued.asked_by, person(Role.SYSTEM_ADMIN))
    with pytest.raises(NotAllowed):
        next(flow)
    with pytest.raises(NotAllowed):
        applying.write(source=source, holder=holder)
    Import.objects.update(beat_at=None)
    applying.run_import(pk=queued.pk)
    given_up(queued)


def given_up(source):
    source.refresh_from_db()
    name = source.asked_by.name
    assert source.problem == f"“{name}”已无批量导入权限。 由有权限的人员重新写入；未写入任何内容。"
    assert (source.state, left(), rest()) == (CHECKED, (0, 0, 0, 0), (0, 0))
    assert steps()[-1] == ("give_up_import", "系统")


def test_delivered_twice_it_is_applied_once(queued):
    for _ in range(2):
        applying.run_import(pk=queued.pk)
    assert left() == (2500, 2500, 0, 2500)
    assert [name for name, _by in steps()].count("finish_import_of_enterprises") == 1


def test_a_second_worker_leaves_it_to_the_first(queued):
    _source, _holder, flow = begun(queued)
    next(flow)
    with pytest.raises(applying.Busy):
        applying.run_import(pk=queued.pk)
    assert outbox.run_due(now=clock.now()) == (0, 1)
    assert Outbox.objects.get().state == "waiting"
    assert left() == (0, 0, 1000, 0)


def test_after_a_silence_another_worker_takes_over_and_the_first_lets_go(queued):
    source, holder, flow = begun(queued)
    assert next(flow) == 1000
    with clock.at(clock.now() + timedelta(minutes=3)):
        applying.run_import(pk=queued.pk)
    assert left() == (2500, 2500, 0, 2500)
    with pytest.raises(applying.Let):
        next(flow)
    with pytest.raises(applying.Let):
        applying.write(source=source, holder=holder)
    assert (left(), rest()) == ((2500, 2500, 0, 2500), (0, 0))


@pytest.mark.parametrize("touch", ["changed", "merged", "handed over", "added"])
def test_what_changed_while_rows_were_made_ready_takes_all_of_it_back(check, person, enterprise, touch):
    actor = person()
    there = enterprise(1, name="旧名", owner=actor)
    source = check(rows(1500), actor)
    apply_import(source=source, actor=actor)
    source, holder, flow = begun(source)
    assert list(flow) == [1000, 1500]
    if touch == "added":
        enterprise(1500, name="别人刚加的")
    elif touch == "changed":
        Enterprise.objects.filter(pk=there.pk).update(version=2)
    elif touch == "merged":
        Enterprise.objects.filter(pk=there.pk).update(merged_into=enterprise(9999))
    else:
        Enterprise.objects.filter(pk=there.pk).update(owner=person())
    before = Enterprise.objects.count()
    Import.objects.update(beat_at=None)
    with pytest.raises(Conflict, match=code(1500 if touch == "added" else 1)):
        applying.write(source=source, holder=holder)
    assert left()[:2] == (before, 0)
    assert Import.objects.get().state == QUEUED
    Import.objects.update(beat_at=None)
    applying.run_import(pk=source.pk)  # what now refuses the list is said, or it is applied as it now is
    assert (StagedRow.objects.count(), rest()) == (0, (0, 0))


def test_undo_after_a_job(queued):
    applying.run_import(pk=queued.pk)
    queued.refresh_from_db()
    undo_import(source=queued, actor=queued.asked_by)
    assert (queued.state, left()) == (ImportState.UNDONE, (0, 0, 0, 0))


def test_by_its_button_and_by_the_api(check, person, seen_by):
    actor = person()
    browser = seen_by(actor)
    for number, take in enumerate(("page", "api"), start=1):
        source = check(table(f"示例,{code(number)},,,,,"), actor)
        if take == "page":
            browser.post(f"/imports/{source.pk}/do/apply_import/", {"expected_version": source.version})
        else:
            address = f"/api/v1/imports/{source.pk}/apply-import/"
            assert browser.post(address, "{}", content_type="application/json").json()["state"] == "queued"
        applying.run_import(pk=source.pk)
        found = browser.get(f"/api/v1/imports/{source.pk}/").json()
        assert (found["state"], found["done"], found["new"]) == ("applied", 1, 1)


KILLED = """
import os, sys
import django
django.setup()
from django.db import connection
from keqiao.config import urls
from keqiao.imports.operations import applying
from keqiao.imports.operations.laying import tidy

def dying(execute, sql, params, many, context):
    answer = execute(sql, params, many, context)
    if sys.argv[2] in sql:
        os._exit(9)
    return answer

with connection.execute_wrapper(dying):
    applying.run_import(pk=int(sys.argv[1]))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", ['INSERT INTO "imports_stagedrow"', 'INSERT INTO "enterprises_enterprise"'])
def test_a_worker_killed_half_way_leaves_nothing_and_another_finishes(queued, at):
    """The first dies while rows are made ready, the second while they are written."""
    dead = subprocess.run([sys.executable, "-c", KILLED, str(queued.pk), at], env=outside(), check=False)
    connection.close()
    assert dead.returncode == 9
    assert (left()[:2], left()[3]) == ((0, 0), 0)
    assert Import.objects.get().state == QUEUED
    with clock.at(clock.now() + timedelta(minutes=3)):
        applying.run_import(pk=queued.pk)
    assert (left(), rest()) == ((2500, 2500, 0, 2500), (0, 0))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_while_it_tidies_up_the_job_comes_again_and_does(queued):
    dead = subprocess.run(
        [sys.executable, "-c", KILLED, str(queued.pk), 'DELETE FROM "imports_stagedrow"'],
        env=outside(),
        check=False,
    )
    connection.close()
    assert dead.returncode == 9
    assert (Import.objects.get().state, left()) == (APPLIED, (2500, 2500, 2500, 2500))
    applying.run_import(pk=queued.pk)
    assert (left(), rest()) == ((2500, 2500, 0, 2500), (0, 0))


def test_the_rows_are_those_of_the_list_and_have_what_every_row_has(check, person):
    actor = person()
    source = check(table(f"示例甲,{code(1)},4403,39,小型,2016-08-01,示例路1号"), actor)
    apply_import(source=source, actor=actor)
    applying.run_import(pk=source.pk)
    firm = Enterprise.objects.get()
    assert (firm.name, firm.uscc, firm.region, firm.industry) == ("示例甲", code(1), "4403", "39")
    assert (firm.size, firm.registered_on, firm.address) == ("small", date(2016, 8, 1), "示例路1号")
    assert (firm.owner, firm.version, firm.merged_into, firm.representative) == (actor, 1, None, "")
    assert firm.created_at <= firm.updated_at <= clock.now()
    assert Enterprise.objects.create(name="下一个", uscc=code(2)).pk > firm.pk


def outside():
    """The environment of a process that sees this test's database and files."""
    from django.conf import settings

    values = connection.settings_dict
    host = f"{values['HOST']}:{values['PORT']}" if values.get("PORT") else values.get("HOST", "")
    address = (
        f"sqlite://{values['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{values['USER']}:{values['PASSWORD']}@{host}/{values['NAME']}"
    )
    return {
        **os.environ,
        "KEQIAO_VAR": str(settings.VAR),
        "KEQIAO_DATABASE": address,
        "KEQIAO_MASTER_KEY_FILE": str(settings.MASTER_KEY_FILE),
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
