"""The command line leaves its mark, and what confirms or approves asks the person there."""

import argparse
import getpass
import json
import os
import pwd

import pytest
from tests.factories.contracts import enterprise, staff

from keqiao.accounts.models import Event, Role, SecurityEvent, User
from keqiao.accounts.permissions import is_someone_else
from keqiao.engagement.case.permissions import approves
from keqiao.faces import history
from keqiao.faces.cli import run as command
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.channel import Channel, entered, os_user
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.steps.operation import get, operations

pytestmark = pytest.mark.django_db
PASSWORD = "示例口令-很长的一个"


@pytest.fixture
def parser():
    made = argparse.ArgumentParser(prog="keqiao")
    command.add_parser(made.add_subparsers(), lambda username: User.objects.get(username=username))
    return made


@pytest.fixture
def admin():
    person = staff(Role.SYSTEM_ADMIN)
    person.set_password(PASSWORD)
    person.save()
    return person


def typed(monkeypatch, *answers):
    waiting = list(answers)

    def answer(_prompt):
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    monkeypatch.setattr(getpass, "getpass", answer)


def disable(parser, admin, whom):
    args = parser.parse_args(
        ["run", "--as", admin.username, "disable-user", str(whom.pk), "--reason", "示例"]
    )
    return args.call(args)


def test_the_entry_names_channel_and_user_of_the_system():
    person = staff()
    with entered(Channel.COMMAND, os_user=os_user()):
        get("create_tag")(actor=person, name="示例")
    entry = Entry.objects.get(operation="create_tag")
    header = json.loads(entry.header)
    assert (header["channel"], header["os_user"]) == ("command", pwd.getpwuid(os.getuid()).pw_name)
    assert entry.by_way == f"{person.name}（命令行，系统用户 {header['os_user']}）"
    assert verify_log() == []


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.PORTAL, Channel.JOB, Channel.PROGRAM, Channel.API])
def test_other_ways_are_named_without_a_user(channel):
    person = staff()
    with entered(channel):
        get("create_tag")(actor=person, name="示例")
    entry = Entry.objects.get(operation="create_tag")
    header = json.loads(entry.header)
    assert (header["channel"], "os_user" in header) == (str(channel), False)
    assert entry.by_way == (f"{person.name}（接口）" if channel == Channel.API else person.name)


def test_staff_read_it_in_the_timeline_and_clients_do_not():
    person, one = staff(Role.MANAGER), enterprise()
    with entered(Channel.COMMAND, os_user="root"):
        get("create_contact")(actor=person, enterprise=one, name="示例联系人")
    lines = history.timeline(one, actor=person)
    assert f"{person.name}（命令行，系统用户 root）" in {line.actor for line in lines}


def test_without_the_password_nothing_is_done(parser, admin, monkeypatch, capsys):
    whom = staff()
    for answers in ((), ("",), ("falsch",)):
        typed(monkeypatch, *answers)
        assert disable(parser, admin, whom) == 1
        assert "终端" in capsys.readouterr().err
    whom.refresh_from_db()
    assert whom.is_active
    assert (
        SecurityEvent.objects.filter(user=admin, event=Event.SIGN_IN_FAILED, detail="terminal").count() == 3
    )


def test_with_the_password_it_is_done_and_written_down(parser, admin, monkeypatch):
    whom = staff()
    typed(monkeypatch, PASSWORD)
    assert disable(parser, admin, whom) == 0
    whom.refresh_from_db()
    assert not whom.is_active
    assert SecurityEvent.objects.filter(user=admin, event=Event.CONFIRMED, detail="terminal").count() == 1


def test_where_a_second_factor_is_asked_of_staff_the_password_alone_will_not_do(
    parser, admin, monkeypatch, settings
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    typed(monkeypatch, PASSWORD)
    assert disable(parser, admin, staff()) == 1


def test_after_many_failures_the_right_one_is_refused_too(parser, admin, monkeypatch):
    whom = staff()
    for _turn in range(30):
        SecurityEvent.objects.create(user=admin, event=Event.SIGN_IN_FAILED, detail="terminal")
    typed(monkeypatch, PASSWORD)
    assert disable(parser, admin, whom) == 1


def test_what_is_there_so_that_two_decide_is_marked_by_its_rule():
    assert approves.second_person
    assert (policy.by_system | approves).second_person
    assert not policy.by_system.second_person
    assert not is_someone_else.second_person
    asked = {op.name for op in operations() if op.permission.second_person}
    assert {"approve_contract", "approve_amendment"} <= asked
