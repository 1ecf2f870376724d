"""What an item wants can be taken out of the catalogue again, and be put back; what was asked stays asked."""

import pytest
from django.core.exceptions import ValidationError
from tests.factories import contracts as make

from keqiao.accounts.models import Role
from keqiao.catalogue.models import DeliverableKind, MaterialKind, MilestoneTemplate
from keqiao.engagement.delivery.operations.delivery import usual_deliverables
from keqiao.engagement.intake.operations.commission import ask_for_checklist
from keqiao.engagement.models import Material
from keqiao.engagement.preparation.operations.plan import template_steps
from keqiao.kernel.platform.errors import NotAllowed
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def boss():
    return make.staff(Role.MANAGER)


def lines(item, model, *names):
    model.objects.filter(item=item).delete()
    return [model.objects.create(item=item, name=name, position=n) for n, name in enumerate(names)]


def test_a_retired_line_is_no_longer_asked_for_and_earlier_material_stays(boss):
    one = make.engagement()
    _first, wrong, _last = lines(one.item, MaterialKind, "营业执照", "误填资料", "审计报告")
    ask_for_checklist(one)
    get("retire_material_kind")(actor=boss, materialkind=wrong)
    later = make.engagement(item=one.item)
    ask_for_checklist(later)
    asked = [[row.name for row in Material.objects.filter(engagement=e).order_by("pk")] for e in (one, later)]
    assert asked == [["营业执照", "误填资料", "审计报告"], ["营业执照", "审计报告"]]
    get("reuse_material_kind")(actor=boss, materialkind=wrong)
    assert [row.name for row in one.item.checklist] == ["营业执照", "误填资料", "审计报告"]


def test_plan_and_deliverables_start_from_what_is_not_retired(boss):
    one = make.engagement()
    [step, _next] = lines(one.item, MilestoneTemplate, "误填步骤", "编写")
    [kind, _other] = lines(one.item, DeliverableKind, "误填成果", "申报书")
    get("retire_milestone_template")(actor=boss, milestonetemplate=step)
    get("retire_deliverable_kind")(actor=boss, deliverablekind=kind)
    assert [row.name for row in template_steps(one)] == ["编写"]
    assert [row.name for row in usual_deliverables(one)] == ["申报书"]


def test_what_is_retired_is_not_retired_again_and_what_is_in_use_not_put_back(boss):
    [line] = lines(make.item(), MaterialKind, "营业执照")
    with pytest.raises(NotAllowed, match="This is in use"):
        get("reuse_material_kind")(actor=boss, materialkind=line)
    get("retire_material_kind")(actor=boss, materialkind=line)
    assert MaterialKind.objects.get().retired_on == make.TODAY
    with pytest.raises(NotAllowed, match="This is retired already"):
        get("retire_material_kind")(actor=boss, materialkind=line)


def test_a_contract_starts_from_the_wording_of_its_item_and_else_of_its_family(boss):
    item = make.item("5.3")
    before = make.drafted(make.engagement(item=item)).elements.get(letter="h").text
    mine = {"item": item, "letter": "h", "text": "成果经{enterprise}书面确认即为验收合格，最迟{end}。"}
    own = get("create_contract_text")(actor=boss, **mine)
    one = make.engagement(item=item)
    contract = make.drafted(one)
    assert (
        contract.elements.get(letter="h").text == f"成果经{one.enterprise}书面确认即为验收合格，最迟{{end}}。"
    )
    assert contract.elements.get(letter="g").text == make.drafted().elements.get(letter="g").text
    get("retire_contract_text")(actor=boss, contracttext=own)
    assert make.drafted(make.engagement(item=item)).elements.get(letter="h").text == before


def test_a_name_that_nothing_fills_is_refused_with_those_that_are_known(boss):
    with pytest.raises(ValidationError) as refused:
        get("create_contract_text")(actor=boss, item=make.item(), letter="d", text="费用{price}元")
    [said] = refused.value.message_dict["text"]
    assert said.startswith("Nothing fills “{price}”. Known names: {")
    assert "{fee}" in said
