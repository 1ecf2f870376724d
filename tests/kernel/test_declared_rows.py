"""Services received, holdings and ties: rows by declaration, as far as the reader sees them."""

from datetime import date

import pytest
from django.db.models import Q
from tests.factories import enterprises, people
from tests.factories.declarations import taken_back

from keqiao.accounts.models import Role, User
from keqiao.enterprises.models import Contact, Enterprise, EnterpriseFile
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform.actors import SYSTEM, Reader
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.holdings import held_by, holdings_of
from keqiao.kernel.steps.pack_parts import cases_of, documents_of, pack_part
from keqiao.kernel.steps.served import ServiceLine, served, services_of
from keqiao.kernel.steps.ties import tie, ties_between, ties_of


@pytest.fixture(autouse=True)
def _declarations():
    with taken_back():
        yield


def line(contact, _actor):
    """A call with a contact, as if it were a service."""
    return ServiceLine(
        title=contact.name,
        item="5.1.1",
        began_on=date(2026, 3, contact.pk % 2 + 1),
        ended_on=date(2026, 4, 1) if contact.title else None,
        time="三月",
        content="答疑",
        process=" ",
        effect="",
        evaluation="满意",
    )


@pytest.fixture
def called(db):
    enterprise = enterprises.enterprise()
    Contact.objects.create(enterprise=enterprise, name="张样", title="主任")
    Contact.objects.create(enterprise=enterprise, name="李样")
    Contact.objects.create(enterprise=enterprise, name="密样", level=Level.CORE_TRADE_SECRET)
    served(Contact, enterprise="enterprise", line=line)
    return enterprise


def test_services_are_those_the_reader_sees(called):
    manager = people.staff(Role.MANAGER, clearance=Level.INTERNAL)
    auditor = people.staff(Role.AUDITOR, clearance=Level.CORE_TRADE_SECRET)
    found = [{one.line.title for one in services_of(called, actor=who)} for who in (manager, auditor)]
    assert found == [{"张样", "李样"}, {"张样", "李样", "密样"}]


def test_of_the_five_only_what_has_ended_can_lack_one(called):
    lacking = {one.line.title: one.line.lacking for one in services_of(called, actor=SYSTEM)}
    assert lacking == {"张样": ("process", "effect"), "李样": (), "密样": ()}


def test_what_a_person_holds_is_listed_by_kind_and_day(db):
    consultant = people.staff(Role.CONSULTANT)
    manager = people.staff(Role.MANAGER, clearance=Level.INTERNAL)
    mine = enterprises.enterprise(name="一号（虚构）")
    merged = enterprises.enterprise(name="二号（虚构）")
    secret = enterprises.enterprise(name="三号（虚构）", level=Level.CORE_TRADE_SECRET)
    Enterprise.objects.filter(pk__in=[mine.pk, merged.pk, secret.pk]).update(owner=consultant)
    Enterprise.objects.filter(pk=merged.pk).update(merged_into=mine)
    held = holdings_of(consultant.pk, actor=manager)
    assert [(one.kind.person, [row.name for row in one.rows]) for one in held] == [
        ("owner_id", ["一号（虚构）"])
    ]
    assert holdings_of(manager.pk, actor=manager) == []


def test_ties_of_a_person_and_between_two(db):
    enterprise, other = enterprises.enterprise(), enterprises.enterprise()
    client, colleague = people.client(enterprise_id=enterprise.pk), people.client(enterprise_id=enterprise.pk)
    contact = Contact.objects.create(enterprise=other, name="张样")
    [found] = ties_of(client, actor=SYSTEM)
    assert (found.kind, found.a, found.b, found.until) == (
        "client_account",
        ("accounts.user", client.pk),
        ("enterprises.enterprise", enterprise.pk),
        None,
    )
    assert [[one.kind for one in way] for way in ties_between(client, enterprise, actor=SYSTEM)] == [
        ["client_account"]
    ]
    assert ties_between(client, other, actor=SYSTEM) == []
    assert [[one.kind for one in way] for way in ties_between(client, colleague, actor=SYSTEM)] == [
        ["client_account", "client_account"]
    ]
    assert [one.kind for one in ties_of(contact, actor=SYSTEM)] == ["contact"]
    assert {one.kind for one in ties_of(other, actor=SYSTEM)} == {"contact"}


def test_a_tie_is_shown_to_who_sees_the_row_that_says_so(db):
    enterprise = enterprises.enterprise()
    Contact.objects.create(enterprise=enterprise, name="密样", level=Level.CORE_TRADE_SECRET)
    manager = people.staff(Role.MANAGER, clearance=Level.INTERNAL)
    assert [len(ties_of(enterprise, actor=who)) for who in (SYSTEM, manager)] == [1, 0]


def test_a_pack_carries_each_case_once(db):
    enterprise = enterprises.enterprise()
    pack_part(of=Enterprise, name="Own", cases=lambda one: [f"enterprise:{one.pk}", "patent:1"])
    pack_part(of=Enterprise, name="Rights", cases=lambda _one: ["patent:1"])
    pack_part(of=Enterprise, name="Cover", documents=lambda _one, reader: [(f"{reader.name}.txt", b"x")])
    assert cases_of(enterprise) == [f"enterprise:{enterprise.pk}", "patent:1"]
    reader = Reader(kind="client", clearance=0, name="client")
    assert documents_of(enterprise, reader=reader) == [("client.txt", b"x")]


@pytest.mark.once
@pytest.mark.parametrize(
    ("declare", "said"),
    [
        (lambda: served(Contact, enterprise="company", line=line), "a field of enterprises.Contact"),
        (lambda: served(Outbox, enterprise="pk", line=line), "a model with a policy"),
        (
            lambda: held_by(EnterpriseFile, person="keeper_id", label=""),
            "a field of enterprises.EnterpriseFile",
        ),
        (
            lambda: held_by(Enterprise, person="owner_id", label=""),
            "one declaration for each way to hold a row",
        ),
        (
            lambda: held_by(Enterprise, person="owner_id", label="", when=Q(), day="due"),
            "a field of enterprises.Enterprise",
        ),
        (
            lambda: tie(
                "contact", label="", model=Contact, ends=((Contact, "pk"), (Enterprise, "enterprise_id"))
            ),
            "a kind of its own",
        ),
        (
            lambda: tie(
                "rival", label="", model=Contact, ends=((User, "user_id"), (Enterprise, "enterprise_id"))
            ),
            "a field of enterprises.Contact",
        ),
        (lambda: pack_part(of=Enterprise, name="Nothing"), "cases or documents"),
    ],
)
def test_a_declaration_that_can_not_stand_is_refused(declare, said):
    with pytest.raises(DeclarationError) as refused:
        declare()
    assert f": expected {said}, came" in str(refused.value)
    assert str(refused.value).startswith("kernel/test_declared_rows.py, line ")


@pytest.mark.once
def test_two_kinds_of_line_for_one_model_are_refused():
    served(Contact, enterprise="enterprise", line=line)
    with pytest.raises(DeclarationError):
        served(Contact, enterprise="enterprise", line=line)
