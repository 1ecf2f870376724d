"""4.1.5: what copies the classification of an enterprise follows it; to lower one takes two people."""

import pytest
from tests.factories import enterprises, files, people

from keqiao.accounts.models import Role
from keqiao.engagement.models import Contract, Engagement, EngagementPart, Member
from keqiao.enterprises.levels import copies
from keqiao.enterprises.models import Enterprise, EnterpriseFile, Lowering, YearlyFigure
from keqiao.enterprises.operations import levels, merging
from keqiao.enterprises.operations.files import add_enterprise_file
from keqiao.enterprises.relations import pointers
from keqiao.faces import activity
from keqiao.kernel.models import Blob, Entry
from keqiao.kernel.platform import clock, policy, search
from keqiao.kernel.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.deadlines import reading
from keqiao.kernel.steps.deadlines.pending import Span
from keqiao.kernel.steps.file_owners import open_file
from keqiao.kernel.steps.secrecy import refuse_lowering

INTERNAL, SECRET, CORE = Level.INTERNAL, Level.TRADE_SECRET, Level.CORE_TRADE_SECRET


@pytest.fixture
def cleared(world):
    return people.staff(Role.MANAGER, name="示例高密级经理", clearance=CORE)


def raised(world, cleared, level=CORE):
    return levels.raise_level(
        enterprise=Enterprise.objects.get(pk=world.ours.pk), actor=cleared, level=level, reason="涉及核心技术"
    )


def shown(world, actor):
    """Kinds of row of our enterprise that are open to this person, the enterprise too."""
    kinds = [(model, name) for model, name in pointers() if model in policy.registered()]
    return {
        model.__name__
        for model, name in kinds
        if policy.visible(model, actor).filter(**{name: world.ours.pk}).exists()
    }


INSIDE = ("consultant", "member", "manager", "auditor", "expert")


def test_everything_closes_at_once_to_who_is_not_cleared(world, db, cleared):
    before = {key: shown(world, world.person(key)) for key in INSIDE}
    assert {"Engagement", "Contract", "Deliverable", "Contact", "EnterpriseFile"} <= before["consultant"]
    raised(world, cleared)
    accounts = {"User"}  # people of the client are named to who keeps accounts, and to nobody by this
    assert {key: shown(world, world.person(key)) - accounts for key in INSIDE} == {
        key: set() for key in INSIDE
    }
    assert shown(world, cleared) >= before["manager"]
    assert shown(world, world.person("client")) >= {"Engagement", "Contract", "Deliverable"}


def test_so_do_files_search_deadlines_news_and_calendars(world, db, cleared):
    consultant = world.person("consultant")
    span = Span(last=clock.today().replace(year=clock.today().year + 2), limit=500)
    [blob, *_rest] = Blob.objects.filter(
        pk__in=EnterpriseFile.objects.filter(enterprise=world.ours).values("blob_id")
    )
    number = Engagement.objects.filter(enterprise=world.ours, consultant=consultant).first().number

    def seen():
        found = dict(search.find(actor=consultant, text=number))
        return (
            bool(found),
            bool([wait for wait in reading.own(consultant, span) if wait.place.name == str(world.ours)]),
            bool(activity.latest(actor=consultant)),
        )

    assert seen()[0] is True
    assert open_file(consultant, blob.pk) == blob
    raised(world, cleared)
    assert seen() == (False, False, False)
    with pytest.raises(NotFound):
        open_file(consultant, blob.pk)


def test_every_copy_of_a_level_is_known_as_one(world, db, cleared):
    """Also those of modules to come: a table that points at an enterprise copies its level, or asks for both."""
    engagements = {model for model, _name in copies()}
    assert {Engagement, Contract, Member} <= engagements
    assert {model for model in engagements if not issubclass(model, Engagement | EngagementPart)} == set()
    raised(world, cleared)
    below = {
        model.__name__
        for model, name in copies()
        if model._default_manager.filter(**{name: world.ours.pk}, level__lt=CORE).exists()
    }
    assert below == set()


def test_what_begins_after_the_raise_begins_there(world, db, cleared):
    stale = Enterprise.objects.get(pk=world.ours.pk)
    raised(world, cleared)
    engagement = operation.get("create_commission")(
        actor=world.person("client"), enterprise=stale, item=world.cast.item, title="示例委托", need="示例需求",
        contact_name="示例联系人",
    )  # fmt: skip
    assert engagement.level == CORE
    assert set(engagement.materials.values_list("level", flat=True)) <= {CORE}


def test_a_merge_raises_what_stays_with_all_that_hangs_on_it(world, db, cleared):
    secret = enterprises.enterprise(level=SECRET)
    merging.merge_enterprises(
        enterprise=secret, actor=cleared, into=Enterprise.objects.get(pk=world.ours.pk), reason="同一企业"
    )
    assert set(Engagement.objects.filter(enterprise=world.ours).values_list("level", flat=True)) == {SECRET}


def test_nobody_lowers_alone(world, db):
    """Neither by the form of the row, whatever kind of row it is, nor by raising it downwards."""
    manager, firm = world.person("manager"), Enterprise.objects.get(pk=world.ours.pk)
    with pytest.raises(Invalid) as refused:
        levels.raise_level(enterprise=firm, actor=manager, level=Level.PUBLIC, reason="x")
    assert "两人" in str(refused.value)
    assert "level" not in {param.name for param in operation.get("update_enterprise").params}


def proposal(world, by, row=None, level=Level.PUBLIC):
    firm = Enterprise.objects.get(pk=world.ours.pk)
    return levels.propose_lower_level(
        enterprise=firm, actor=by, record=levels.key_of(row or firm), level=level, reason="已公开"
    )


def test_lowering_takes_a_second_person_and_stands_in_the_record(world, db, cleared):
    raised(world, cleared)
    lowering = proposal(world, cleared, level=INTERNAL)
    with pytest.raises(NotAllowed) as refused:
        levels.confirm_lower_level(lowering=lowering, actor=cleared)
    assert "知悉密级达到现有密级的经理" in str(refused.value)  # who may
    with pytest.raises(NotAllowed):
        levels.confirm_lower_level(lowering=lowering, actor=world.person("manager"))
    assert Enterprise.objects.get(pk=world.ours.pk).level == CORE
    second = people.staff(Role.MANAGER, clearance=CORE)
    levels.confirm_lower_level(lowering=lowering, actor=second)
    assert Enterprise.objects.get(pk=world.ours.pk).level == INTERNAL
    assert set(Engagement.objects.filter(enterprise=world.ours).values_list("level", flat=True)) == {INTERNAL}
    lowering.refresh_from_db()
    assert (lowering.state, lowering.proposed_by, lowering.decided_by) == ("confirmed", cleared, second)
    steps = (
        Entry.objects.filter(case=f"enterprise:{world.ours.pk}")
        .order_by("-pk")
        .values_list("operation", "actor_id")
    )
    assert list(steps[:2]) == [("confirm_lower_level", second.pk), ("propose_lower_level", cleared.pk)]


def test_a_file_has_a_level_of_its_own_and_keeps_it_through_both(world, db, cleared):
    file = add_enterprise_file(
        enterprise=Enterprise.objects.get(pk=world.ours.pk),
        actor=cleared,
        file=files.text(content="x"),
        level=SECRET,
    )
    raised(world, cleared)
    levels.confirm_lower_level(
        lowering=proposal(world, cleared, level=INTERNAL), actor=people.staff(Role.MANAGER, clearance=CORE)
    )
    file.refresh_from_db()
    assert file.level == SECRET
    levels.confirm_lower_level(
        lowering=proposal(world, world.person("consultant"), row=file, level=INTERNAL),
        actor=world.person("manager"),
    )
    file.refresh_from_db()
    assert file.level == INTERNAL


def test_one_that_was_raised_since_is_not_lowered_by_an_old_proposal(world, db, cleared):
    lowering = proposal(world, world.person("consultant"))
    raised(world, cleared)
    with pytest.raises(Conflict):
        levels.confirm_lower_level(lowering=lowering, actor=cleared)


def test_a_step_that_would_lower_its_row_is_refused(world, db):
    """The plain change of any kind of row, also of modules to come."""
    figure = YearlyFigure.objects.filter(enterprise=world.ours).first()
    assert figure.level == INTERNAL
    figure.level = Level.PUBLIC
    with pytest.raises(Invalid) as refused:
        refuse_lowering(figure, INTERNAL)
    assert ("level" in refused.value.fields, "确认" in str(refused.value.remedy)) == (True, True)
    figure.level = SECRET
    assert refuse_lowering(figure, INTERNAL) is None


def test_a_manager_is_asked_and_the_proposer_is_not(world, db):
    lowering = proposal(world, world.person("manager"))
    other = people.staff(Role.MANAGER, clearance=SECRET)

    def asked(actor):
        return {wait.pk for wait in reading.waiting_for(actor) if wait.deadline.model is Lowering}

    assert lowering.pk in asked(other)
    assert lowering.pk not in asked(world.person("manager"))
