"""What the database or a model forbids comes back from `run` as words beside the field that is meant, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils import translation
from tests.factories import contracts as make
from tests.factories import enterprises

from keqiao.accounts.models import Role, RoleGrant, User
from keqiao.engagement.models import Contract, FeeLine, Plan
from keqiao.enterprises.models import Contact, Enterprise, Tag
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.errors import Invalid, NotFound, Refusal
from keqiao.kernel.steps.operation import get, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def step(body, *, like="create_tag"):
    """An operation of the registry with another body: what it asks for stays."""
    return replace(get(like), handler=body)


def refused(body, *, like="create_tag", **values):
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as raised:
        run(step(body, like=like), actor=SYSTEM, **(values or {"name": "示例标签"}))
    assert Entry.objects.count() == entries
    return raised.value


def test_a_value_that_is_there_already_is_said_beside_its_field():
    Tag.objects.create(name="示例标签")
    found = refused(lambda *, actor, name: Tag.objects.create(name=name))
    assert found.fields == {"name": ("Tag with this Tag already exists.",)}


def test_a_value_that_is_there_already_and_was_not_asked_for_is_said_of_the_whole():
    enterprise = enterprises.enterprise()
    found = refused(lambda *, actor, name: Enterprise.objects.create(name=name, uscc=enterprise.uscc))
    said = "An enterprise with this credit code is recorded already."
    assert (found.message, found.fields) == (said, {})


def test_a_named_constraint_speaks_its_own_words():
    contract = make.bare()
    found = refused(
        lambda *, actor, name: FeeLine.objects.create(
            contract=contract, engagement=contract.engagement, name=name, amount=0, due_on=date(2026, 4, 1)
        )
    )
    assert (found.message, found.fields) == ("A fee must be above zero.", {})


def test_a_constraint_over_two_fields_that_are_asked_for_marks_neither_alone():
    contract = make.bare()

    def swap(*, contract, actor, begins_on, ends_on, **_given):
        Contract.objects.filter(pk=contract.pk).update(begins_on=ends_on, ends_on=begins_on)

    days = {"begins_on": date(2026, 3, 2), "ends_on": date(2026, 9, 1)}
    found = refused(
        swap, like="set_contract_terms", contract=contract, technical_kind="service", place="", **days
    )
    assert (found.message, found.fields) == ("The contract ends before it begins.", {})


def test_an_index_over_an_expression_is_known_by_its_name():
    User.objects.create_user("Anna", "x", kind="staff", name="示例")
    found = refused(lambda *, actor, name: User.objects.create(username="anna", kind="staff", name=name))
    assert found.message == "This user name is taken."


def test_the_field_in_an_expression_is_the_one_that_is_meant():
    User.objects.create_user("Anna", "x", kind="staff", name="示例")
    found = refused(
        lambda *, actor, username, **given: User.objects.create(username=username, kind="staff", name="示例"),
        like="invite_user",
        username="ANNA", name="示例", email="a@example.com", kind="staff", phone="",
    )  # fmt: skip
    assert found.fields == {"username": ("This user name is taken.",)}


def test_several_columns_without_words_of_their_own_are_named():
    engagement = make.engagement()
    Plan.objects.create(engagement=engagement, number="FA-1", edition=1, begins_on=date(2026, 3, 2))
    found = refused(
        lambda *, actor, name: Plan.objects.create(
            engagement=engagement, number="FA-2", edition=1, begins_on=date(2026, 3, 2)
        )
    )
    assert found.message == "Service plan with this Engagement and Plan version already exists."


def test_a_constraint_with_a_condition_speaks_too():
    one = make.staff(Role.SYSTEM_ADMIN)
    found = refused(lambda *, actor, name: RoleGrant.objects.create(user=one, role=Role.SECURITY_ADMIN))
    assert found.message == "One person holds only one of the three administrations."


def test_a_value_that_must_be_there_is_asked_for_where_the_step_asks():
    found = refused(lambda *, actor, name: Tag.objects.create(name=None))
    assert found.fields == {"name": ("This field cannot be null.",)}


def test_a_value_that_the_program_left_out_is_no_refusal():
    with pytest.raises(DatabaseError):
        run(step(lambda *, actor, name: Enterprise.objects.create(uscc=None)), actor=SYSTEM, name="示例标签")


def test_a_guard_of_the_record_is_no_refusal():
    run(get("create_tag"), actor=SYSTEM, name="示例标签")

    def forget(*, actor, name):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kernel_entry")

    with pytest.raises(DatabaseError):
        run(step(forget), actor=SYSTEM, name="示例标签二")


def test_what_is_still_used_stays():
    enterprise = make.engagement().enterprise

    def remove(*, actor, name):
        enterprise.delete()

    found = refused(remove)
    assert found.message == "This is still used elsewhere and can't be removed."


@pytest.mark.django_db(transaction=True)
def test_what_a_row_refers_to_and_is_gone_is_noticed_at_the_end():
    found = refused(lambda *, actor, name: Contact.objects.create(name=name, enterprise_id=10**9))
    assert found.message == "Something this step refers to is no longer there."
    assert not Contact.objects.exists()


def test_a_models_own_check_names_its_fields():
    def check(*, actor, name):
        raise ValidationError({"name": ["too short"]})

    found = refused(check)
    assert (type(found), found.fields) == (Invalid, {"name": ("too short",)})


def test_a_check_of_no_field_is_said_of_the_whole():
    def check(*, actor, name):
        raise ValidationError(["not today", "not here"])

    assert (refused(check).message, refused(check).fields) == ("not today；not here", {})


def test_an_object_that_is_gone_is_not_found():
    tag = Tag.objects.create(name="示例标签")
    Tag.objects.all().delete()
    tag.pk = 1
    with pytest.raises(NotFound):
        run(get("update_tag"), actor=SYSTEM, tag=tag, name="示例")
