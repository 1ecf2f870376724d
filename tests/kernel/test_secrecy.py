"""How secret an entry is, and who reads it."""

from dataclasses import dataclass
from typing import Annotated

import pytest
from django.db import connection
from tests.factories import enterprises, people

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.enterprises.operations.files import add_enterprise_file
from keqiao.faces import history
from keqiao.kernel.models import Blob, Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.record import journal
from keqiao.kernel.steps.params import Prompt, params_of
from keqiao.kernel.steps.secrecy import secrecy


@dataclass(frozen=True)
class Line:
    name: Annotated[str, Prompt(label="name")]
    level: Annotated[Level, Prompt(label="level")]


def step(
    *,
    level: Annotated[Level, Prompt(label="level")] = Level.INTERNAL,
    clearance: Annotated[Level, Prompt(label="clearance")] = Level.PUBLIC,
    rows: Annotated[list[Line], Prompt(label="rows")] = (),
    contact: Annotated[Contact | None, Prompt(label="contact")] = None,
    many: Annotated[list[Contact], Prompt(label="contacts")] = (),
):
    """Stands for one."""


PARAMS = params_of(step, without=frozenset())


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({}, 0),
        ({"level": Level.TRADE_SECRET}, 2),
        ({"level": "2"}, 2),  # as a form or a program sends it
        ({"clearance": Level.CORE_TRADE_SECRET}, 0),  # of a person, no secret
        ({"rows": [Line("x", Level.INTERNAL), Line("y", Level.TRADE_SECRET)]}, 2),
        ({"rows": [{"name": "x", "level": 3}]}, 3),
        ({"contact": Contact(name="x", level=2, enterprise=Enterprise(level=1))}, 2),
        ({"many": [Contact(name="x", level=1, enterprise=Enterprise(level=3))]}, 3),
        ({"level": None}, 0),
    ],
)
def test_the_most_secret_of_the_values_counts(values, level):
    assert secrecy(PARAMS, values) == level


def test_so_do_the_rows_and_files_a_step_made():
    assert secrecy(PARAMS, {"level": Level.INTERNAL}, None, Blob(level=2)) == 2


@pytest.fixture
def firm(db):
    return enterprises.enterprise(level=Level.INTERNAL)


def manager(clearance):
    return people.staff(Role.MANAGER, clearance=clearance)


def test_the_note_of_a_secret_file_is_read_by_who_is_cleared_for_it(firm):
    from tests.factories import files

    add_enterprise_file(
        enterprise=firm, actor=manager(3), file=files.text(), note="三级说明", level=Level.CORE_TRADE_SECRET
    )
    read = {
        clearance: [line.detail for line in history.timeline(firm, actor=manager(clearance))]
        for clearance in (1, 2, 3)
    }
    assert (read[1], read[2]) == ([], [])
    assert "三级说明" in read[3][0]


def test_so_is_one_written_before_entries_had_a_level(firm, older):
    """Then the values alone tell."""
    older(firm, level=3)
    assert history.timeline(firm, actor=manager(2)) == []
    assert len(history.timeline(firm, actor=manager(3))) == 1


@pytest.fixture
def older():
    def write(firm, *, level):
        journal.record(
            operation="add_enterprise_file", clause="6.5", actor=manager(3), subject=firm, case=f"enterprise:{firm.pk}",
            payload={"note": "旧说明", "level": level},
        )  # fmt: skip
        assert Entry.objects.get().level == 0

    return write


def test_a_client_reads_of_its_own_enterprise_whatever_the_level(firm):
    client = people.client(enterprise_id=firm.pk)
    entry = journal.record(
        operation="note",
        clause="6.5",
        actor=None,
        subject=firm,
        case=f"enterprise:{firm.pk}",
        payload={},
        level=3,
    )
    assert list(policy.visible(Entry, client)) == [entry]
    assert list(policy.visible(Entry, manager(2))) == []


def test_the_level_is_under_the_seal_and_held_by_the_audit(firm, unguarded):
    from keqiao.kernel.record.audit import verify_log

    entry = journal.record(
        operation="note",
        clause="6.5",
        actor=None,
        subject=firm,
        case=f"enterprise:{firm.pk}",
        payload={},
        level=3,
    )
    with connection.cursor() as cursor:  # as who owns the database can
        cursor.execute("UPDATE kernel_entry SET level = 1 WHERE id = %s", [entry.pk])
    assert [(finding.code, finding.where) for finding in verify_log() if finding.code == "edited"] == [
        ("edited", str(entry))
    ]
