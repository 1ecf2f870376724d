"""Whether a credit code is that of an enterprise too secret for whoever enters it, nobody learns by entering it."""

import pytest
from tests.factories import enterprises, people
from tests.factories.lists import table

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Contact, Enterprise, Tag, YearlyFigure
from keqiao.enterprises.operations import merging
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.deadlines import reading

pytestmark = pytest.mark.django_db
CORE = Level.CORE_TRADE_SECRET


@pytest.fixture
def hidden():
    return enterprises.enterprise(name="示例涉密企业（虚构）", level=CORE)


@pytest.fixture
def consultant():
    return people.staff(Role.CONSULTANT, clearance=Level.INTERNAL)


def new_code():
    return enterprises.credit_code(7_000_001)


def create(actor, code):
    """What is said, in words or as the columns that a person reads."""
    try:
        row = operation.get("create_enterprise")(actor=actor, name="示例甲（虚构）", uscc=code)
    except Refusal as refusal:
        return str(refusal), dict(refusal.fields)
    return row.name, row.owner_id, row.level, row.version


def test_creating_says_of_a_hidden_code_what_it_says_of_a_new_one(hidden, consultant):
    assert create(consultant, hidden.uscc) == create(consultant, new_code())


def test_so_does_changing_to_it(hidden, consultant):
    firms = [enterprises.enterprise(owner=consultant) for _turn in range(2)]
    update = operation.get("update_enterprise")
    for firm, code in zip(firms, (hidden.uscc, new_code()), strict=True):
        assert update(actor=consultant, enterprise=firm, name=firm.name, uscc=code).version == 2


def test_one_that_is_open_is_said_to_be_there(consultant):
    there = enterprises.enterprise()
    text, fields = create(consultant, there.uscc.lower())
    assert ("已有使用" in text, list(fields)) == (True, ["uscc"])


def test_what_was_merged_into_a_hidden_one_is_hidden_too(hidden, consultant):
    former = enterprises.enterprise()
    Enterprise.objects.filter(pk=former.pk).update(merged_into=hidden)
    assert create(consultant, former.uscc) == create(consultant, new_code())


@pytest.mark.parametrize("which", ["hidden", "merged into it"])
def test_a_list_counts_it_as_new(hidden, consultant, which):
    former = enterprises.enterprise()
    Enterprise.objects.filter(pk=former.pk).update(merged_into=hidden)
    code = hidden.uscc if which == "hidden" else former.uscc
    found = [
        operation.get("check_import_of_enterprises")(
            actor=consultant, file=table(f"示例乙（虚构）,{one}", head="企业名称,统一社会信用代码")
        )
        for one in (code, new_code())
    ]
    assert [(one.new, one.wrong, one.errors, one.notes) for one in found] == [(1, 0, [], [])] * 2


def test_who_sees_both_is_asked_to_make_them_one_and_nobody_else(hidden, consultant):
    create(consultant, hidden.uscc)
    twin = Enterprise.objects.get(uscc=hidden.uscc, same_code=1)
    cleared = people.staff(Role.MANAGER, clearance=CORE)

    def asked(actor):
        return [wait.pk for wait in reading.waiting_for(actor) if wait.deadline.key == "same-code"]

    assert asked(cleared) == [twin.pk]
    assert asked(people.staff(Role.MANAGER, clearance=Level.TRADE_SECRET)) == asked(consultant) == []
    merging.merge_enterprises(enterprise=twin, actor=cleared, into=hidden, reason="同一代码")
    assert asked(cleared) == []


def test_the_second_of_one_code_is_seen_by_its_makers_colleagues(hidden, consultant):
    create(consultant, hidden.uscc)
    assert "已有使用" in create(people.staff(Role.CONSULTANT, clearance=Level.INTERNAL), hidden.uscc)[0]


def test_the_hidden_one_can_still_be_changed_by_who_sees_it(hidden, consultant):
    create(consultant, hidden.uscc)
    cleared = people.staff(Role.MANAGER, clearance=CORE)
    changed = operation.get("update_enterprise")(
        actor=cleared, enterprise=hidden, name=hidden.name, uscc=hidden.uscc, address="新址"
    )
    assert (changed.address, changed.same_code) == ("新址", 0)


def test_a_figure_too_secret_is_not_told_by_its_year():
    """The plain step says what is closed to the writer before it says what is taken."""
    firm = enterprises.enterprise(level=Level.PUBLIC)
    low = people.staff(Role.MANAGER, clearance=Level.PUBLIC)
    enterprises.figure(enterprise=firm, year=2024)
    said = set()
    for year in (2023, 2024):
        with pytest.raises(NotAllowed) as refused:
            operation.get("create_yearly_figure")(
                actor=low,
                enterprise=firm,
                year=year,
                kind="sales",
                amount="1.00",
                source="x",
                source_date="2026-01-31",
            )
        said.add(str(refused.value))
    assert len(said) == 1


# Rows of these kinds are the institution's own, and open to everyone who may enter one.
OPEN_TO_ITS_WRITERS = {
    "Competence", "ContractText", "DueRhythm", "Expert", "Holiday", "HolidayYear", "NumberFormat", "Post",
    "ServiceFamily", "ServiceItem", "StaffCompetence", "StaffProfile", "StageLimit", "User",
}  # fmt: skip
JUDGED = {Enterprise: "by codes.plain_code", YearlyFigure: "closed is said first", Tag: "open to all staff"}


def test_every_unique_column_that_a_form_fills_in_was_looked_at():
    reached = {
        op.model
        for op in operation.operations()
        if (op.creates or op.name.startswith("update_"))
        and unique_names(op.model) & {param.name for param in op.params}
    }
    known = {model.__name__ for model in JUDGED} | OPEN_TO_ITS_WRITERS
    assert {model.__name__ for model in reached} - known == set()
    assert Contact not in reached


def unique_names(model):
    alone = {field.name for field in model._meta.fields if field.unique}
    return alone.union(*(constraint.fields for constraint in model._meta.total_unique_constraints))


def test_a_wrong_code_is_refused_whatever_is_there(consultant):
    with pytest.raises(Invalid):
        operation.get("create_enterprise")(actor=consultant, name="示例", uscc="91330100MA0000000X")
