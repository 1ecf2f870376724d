"""Reactions: what follows from a step, in its transaction or after it, named in the record; circles are refused."""

import json

import pytest
from django.utils import timezone
from tests.factories import enterprises, people
from tests.factories.declarations import taken_back

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Enterprise, Tag
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform import outbox
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.record import audit
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.held_together import check
from keqiao.kernel.steps.reactions import UndeclaredStepError, reaction


@pytest.fixture(autouse=True)
def _declarations():
    with taken_back():
        yield


@pytest.fixture
def tagged(db):
    """An enterprise and two tags; `tagged()` gives it the first."""
    manager = people.staff(Role.MANAGER)
    enterprise = enterprises.enterprise()
    first, second = (Tag.objects.create(name=name) for name in ("甲", "乙"))

    def tag():
        return operation.get("tag_enterprise")(enterprise=enterprise, actor=manager, tag=first)

    tag.enterprise, tag.first, tag.second = enterprise, first, second
    return tag


def names(enterprise):
    return list(Enterprise.objects.get(pk=enterprise.pk).tags.order_by("pk").values_list("name", flat=True))


def untag(enterprise):
    operation.get("untag_enterprise")(enterprise=enterprise, actor=SYSTEM, tag=Tag.objects.get(name="甲"))


def test_within_the_transaction_and_named_in_the_record(tagged):
    reaction(name="untag", after="tag_enterprise", do=untag, takes=("untag_enterprise",), within=True)
    tagged()
    cause, effect = Entry.objects.order_by("pk")
    assert names(tagged.enterprise) == []
    assert (cause.operation, cause.caused_by) == ("tag_enterprise", None)
    assert (effect.operation, effect.caused_by) == (
        "untag_enterprise",
        {"case": cause.case, "case_n": 1, "operation": "tag_enterprise", "reaction": "untag"},
    )
    assert audit.verify_log() == []


def test_an_entry_of_a_person_names_no_cause(tagged):
    tagged()
    assert sorted(json.loads(Entry.objects.get().header)) == [
        "actor_id", "actor_label", "at", "case", "case_n", "channel", "clause", "files", "kind", "level", "operation",
        "payload", "rows", "subject_id", "subject_type",
    ]  # fmt: skip


def test_a_refusal_within_refuses_the_whole_step(tagged):
    def refuse(_enterprise):
        raise Refusal("Not today.")

    reaction(name="refuse", after="tag_enterprise", do=refuse, takes=("untag_enterprise",), within=True)
    with pytest.raises(Refusal):
        tagged()
    assert (names(tagged.enterprise), Entry.objects.count()) == ([], 0)


def test_through_the_outbox_after_the_step(tagged):
    reaction(name="untag", after="tag_enterprise", do=untag, takes=("untag_enterprise",), within=False)
    tagged()
    assert (names(tagged.enterprise), Outbox.objects.get().topic) == (["甲"], "untag")
    assert outbox.run_due(now=timezone.now()).done == 1
    assert names(tagged.enterprise) == []
    assert Entry.objects.order_by("-pk").first().caused_by["case_n"] == 1


def test_only_where_it_is_wanted(tagged):
    reaction(
        name="untag",
        after="tag_enterprise",
        do=untag,
        takes=("untag_enterprise",),
        within=True,
        when=lambda enterprise: enterprise.tags.count() > 1,
    )
    tagged()
    assert names(tagged.enterprise) == ["甲"]


def test_a_step_that_the_reaction_does_not_name_is_a_fault(tagged):
    reaction(name="untag", after="tag_enterprise", do=untag, takes=("update_tag",), within=True)
    with pytest.raises(UndeclaredStepError) as fault:
        tagged()
    assert str(fault.value).endswith("the reaction untag takes untag_enterprise; name it in takes=")
    assert Entry.objects.count() == 0


@pytest.mark.once
def test_one_that_reacts_to_itself_is_refused_at_start():
    reaction(name="again", after="tag_enterprise", do=untag, takes=("tag_enterprise",), within=True)
    with pytest.raises(DeclarationError) as refused:
        check()
    assert "came 'tag_enterprise → tag_enterprise'. It reacts to itself" in str(refused.value)


@pytest.mark.once
def test_a_circle_of_two_is_refused_at_start():
    reaction(name="one", after="tag_enterprise", do=untag, takes=("untag_enterprise",), within=True)
    check()
    reaction(name="other", after="untag_enterprise", do=untag, takes=("tag_enterprise",), within=False)
    with pytest.raises(DeclarationError) as refused:
        check()
    assert "came 'tag_enterprise → untag_enterprise → tag_enterprise'" in str(refused.value)


def test_a_circle_that_no_declaration_shows_ends_at_once(tagged):
    """The handler of a step may take another step by itself; no declaration says so."""

    def tag_again(enterprise):
        operation.get("tag_enterprise")(enterprise=enterprise, actor=SYSTEM, tag=tagged.second)

    reaction(name="one", after="tag_enterprise", do=tag_again, takes=("tag_enterprise",), within=True)
    with pytest.raises(UndeclaredStepError) as fault:
        tagged()
    assert str(fault.value).endswith("one → one comes round to itself")


@pytest.mark.once
@pytest.mark.parametrize("where", ["after", "takes"])
def test_a_step_that_is_none_is_refused_at_start(where):
    steps = {"after": "tag_enterprise", "takes": ("untag_enterprise",)}
    steps[where] = ("tag_enterprize",)
    reaction(name="misspelt", do=untag, within=True, **steps)
    with pytest.raises(DeclarationError) as refused:
        check()
    assert "expected the name of a step, came 'tag_enterprize'" in str(refused.value)


@pytest.mark.once
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"takes": ()}, "the steps that the reaction takes"),
        ({"name": "archive-pack"}, "a name of its own"),
        ({"name": "n" * 41}, "a name of 1 to 40 characters"),
        ({"within": True, "external": True}, "within=False for what runs outside any transaction"),
    ],
)
def test_a_reaction_that_can_not_stand_is_refused(changed, said):
    right = {
        "name": "untag",
        "after": "tag_enterprise",
        "do": untag,
        "takes": ("untag_enterprise",),
        "within": False,
    }
    with pytest.raises(DeclarationError) as refused:
        reaction(**right | changed)
    assert f"expected {said}" in str(refused.value)
