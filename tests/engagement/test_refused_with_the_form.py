"""A step refused inside its body is its form again: what was typed, the words beside their field, the true state."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.every_operation.html_forms import Controls
from tests.every_operation.refusing import nothing_written
from tests.factories import engagements as e
from tests.factories import files

from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.states import AmendmentState, ContractState
from keqiao.engagement.delivery.operations.delivery import check_to_fill
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.engagement.intake.operations.review import decide_feasibility
from keqiao.engagement.models import Amendment, Contract, Deliverable, Engagement, Plan
from keqiao.engagement.preparation.operations.plan import reject_plan
from keqiao.engagement.preparation.states import PlanState
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform.levels import Level

pytestmark = pytest.mark.django_db

ACCEPTANCE = {
    "content": "示例服务内容", "time_limit": "2026-03-01", "client_rights": "知情", "client_duties": "配合",
    "our_rights": "收费", "our_duties": "保密",
}  # fmt: skip
SETTLEMENT = {
    "reason": "客户要求",
    "work_done": "调研",
    "fee_settled": "99999999.00",
    "data_returned": "已退还",
}
PROGRAM = b"MZ" + bytes(200)


def refused(world, by, row, step, values):
    """The page that comes back, and what it says of its object."""
    slug = {"Engagement": "engagements", "Contract": "contracts", "Deliverable": "deliverables"}.get(
        type(row).__name__, f"{row._meta.model_name}s"
    )
    with nothing_written():
        answer = world.visit(by).post(f"/{slug}/{row.pk}/do/{step}/", {**values, "idempotency_key": "k"})
    page = Controls(answer.content.decode())
    assert answer.status_code == 422, page.texts
    typed = {name: [value] for name, value in values.items() if isinstance(value, str)}
    assert {name: page.typed[name] for name in typed} == typed
    return page, answer.context["item"].state


def test_an_acceptance_whose_time_limit_has_passed(world):
    one = world.of(Engagement, Stage.REVIEWED)
    decide_feasibility(engagement=one, actor=world.person("consultant"), feasible=True, grounds="条件具备")
    page, state = refused(world, "consultant", e.fresh(one), "accept_commission", ACCEPTANCE)
    assert (page.wrong, state) == ({"time_limit": "时限已过。"}, Stage.REVIEWED)


def test_a_hand_over_with_the_check_as_it_was_filled_in(world):
    one = world.of(Deliverable, DeliverableState.PLANNED)
    values = {"file": files.pdf("成果.pdf"), "quality_check": check_to_fill(one)}
    page, state = refused(world, "consultant", one, "hand_over_deliverable", values)
    assert (list(page.wrong), state) == (["quality_check"], DeliverableState.PLANNED)
    assert any("成果.pdf" in text for text in page.texts)


def test_a_signed_copy_that_is_no_document(world):
    one = world.of(Contract, ContractState.SENT)
    values = {"signed_copy": SimpleUploadedFile("示例.pdf", PROGRAM), "signed_on": "2026-03-02"}
    page, state = refused(world, "consultant", one, "store_signed_contract", values)
    assert (page.wrong, state) == (
        {"signed_copy": "这是程序文件，或其中含有程序：-。"},
        ContractState.SENT,
    )
    assert "程序文件一律不接收，请提交资料本身。" in page.texts
    assert e.fresh(one).signed_copy is None


def test_an_amendment_signed_before_its_contract(world):
    one = world.of(Amendment, AmendmentState.APPROVED)
    values = {"signed_copy": files.pdf("补充协议.pdf"), "signed_on": "2025-01-01"}
    page, state = refused(world, "consultant", one, "sign_amendment", values)
    assert (list(page.wrong), state) == (["signed_on"], AmendmentState.APPROVED)


def test_a_plan_confirmed_by_another_hash_on_the_clients_page(world):
    one = world.of(Plan, PlanState.SENT)
    page, state = refused(world, "client", one, "confirm_plan", {"sha256": "0" * 64})
    assert (list(page.wrong), state) == (["sha256"], PlanState.SENT)


def test_an_early_end_that_settles_more_than_the_contract(world):
    one = world.of(Engagement, Stage.PLANNING)
    page, state = refused(world, "consultant", one, "end_engagement_early", SETTLEMENT)
    assert (list(page.wrong), state) == (["fee_settled"], Stage.PLANNING)
    assert one.contracts.get().state == ContractState.SIGNED


def test_where_another_has_moved_it_the_true_state_is_said_and_what_was_typed_stays(world):
    one = world.of(Plan, PlanState.SENT)
    reject_plan(plan=e.fresh(one), actor=world.person("client"), reason="再早两周")
    values = {"reason": "写得很长的理由", "idempotency_key": "k"}
    answer = world.visit("client").post(f"/plans/{one.pk}/do/reject_plan/", values)
    page = Controls(answer.content.decode())
    assert (answer.status_code, answer.context["item"].state) == (409, PlanState.REJECTED)
    assert page.typed["reason"] == ["写得很长的理由"]
    assert "此操作适用于“待确认”状态；当前处于“服务对象已退回”状态。" in page.texts
    assert "data-main" not in answer.content.decode()  # it can be read and copied, and not sent


def test_on_many_rows_those_before_the_refused_one_are_shown_as_they_are(world):
    owner = world.person("low manager")
    Enterprise.objects.filter(pk=world.ours.pk).update(
        level=Level.PUBLIC
    )  # which this manager may see; the other not
    values = {"rows": [world.ours.pk, world.theirs.pk], "owner": str(owner.pk), "idempotency_key": "k"}
    with nothing_written():
        answer = world.visit("manager").post("/enterprises/bulk/assign_enterprise_owner/", values)
    page = Controls(answer.content.decode())
    assert (answer.status_code, list(page.wrong), page.typed["owner"]) == (422, ["owner"], [str(owner.pk)])
    assert [row.owner_id for row in answer.context["rows"]] == [world.ours.owner_id, world.theirs.owner_id]
