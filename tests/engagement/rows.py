"""Of every stateful part of an engagement a row in every state, and one row of every other model of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.engagement import delivered_rows
from tests.factories import engagements as e
from tests.factories import files
from tests.factories.engagements import Cast, engagement, fresh

from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations import (
    amendment_turns,
    contract_amendment,
    contract_approval,
    contract_custody,
    contract_money,
)
from keqiao.engagement.contracting.states import AmendmentState, ContractState
from keqiao.engagement.intake.operations import material, review
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Contract, Engagement, Letter, Material, Plan, QuestionKind
from keqiao.engagement.preparation.operations import group, plan, plan_turns, questionnaire
from keqiao.engagement.preparation.states import PlanState, QuestionnaireState
from keqiao.kernel.platform import clock


def fill(world: Any) -> None:
    cast = world.cast
    contracts(world, cast)
    amendments(world, cast)
    materials(world, cast)
    plans(world, cast)
    investigation(world, cast)
    single(world, cast)
    delivered_rows.fill(world)
    delivered_rows.reference(world)


NEEDED = (Stage.SUBMITTED, Stage.CONTRACTED, Stage.INVESTIGATING, Stage.IMPLEMENTING, Stage.ARCHIVED)


def fill_lean(world: Any) -> None:
    """The same models, in one state each: for another client, whose rows only have to be there."""
    cast = world.cast
    for stage in NEEDED:
        world.put(engagement(cast, state=stage), stage)
    world.put(contract_of(world, Stage.CONTRACTED), ContractState.SIGNED)
    amendment(world, cast, AmendmentState.DRAFT, Stage.INVESTIGATING)
    materials(world, cast)
    confirmed_plan(world)
    investigation(world, cast)
    single(world, cast)
    delivered_rows.fill_lean(world)
    late = world.of(Engagement, Stage.SUBMITTED)  # something to be told of where only what is late is shown
    Engagement.objects.filter(pk=late.pk).update(stage_due_on=clock.today() - timedelta(days=1))


def contracts(world: Any, cast: Cast) -> None:
    world.put(returned_contract(cast), ContractState.DRAFTING)
    steps = {ContractState.IN_APPROVAL: 1, ContractState.APPROVED: 2, ContractState.SENT: 3}
    for state, count in steps.items():
        made = e.draft_contract(engagement(cast, state=Stage.ACCEPTED), cast)
        for step in (e.submit_contract, e.approve_contract, e.send_contract)[:count]:
            step(fresh(made), cast)
        world.put(made, state)
    world.put(contract_of(world, Stage.CONTRACTED), ContractState.SIGNED)
    world.put(contract_of(world, Stage.ENDED_EARLY), ContractState.ENDED)


def returned_contract(cast: Cast) -> Contract:
    """Written once, and given back with a reason."""
    made = e.draft_contract(engagement(cast, state=Stage.ACCEPTED), cast)
    e.submit_contract(fresh(made), cast)
    contract_approval.return_contract(contract=fresh(made), actor=cast.manager, reason=f"示例理由{cast.mark}")
    return fresh(made)


def contract_of(world: Any, stage: str) -> Contract:
    return world.of(Engagement, stage).contracts.get()


def amendments(world: Any, cast: Cast) -> None:
    for state, stage in {
        AmendmentState.DRAFT: Stage.INVESTIGATING,
        AmendmentState.APPROVED: Stage.PLANNING,
        AmendmentState.SIGNED: Stage.IMPLEMENTING,
        AmendmentState.RETURNED: Stage.DELIVERED,
        AmendmentState.WITHDRAWN: Stage.SUSPENDED,
    }.items():
        amendment(world, cast, state, stage)


def amendment(world: Any, cast: Cast, state: str, stage: str) -> None:
    row = contract_amendment.ChangeRow(letter=Letter.A, after="增加一次现场辅导")
    made = contract_amendment.draft_amendment(
        contract=contract_of(world, stage),
        actor=cast.consultant,
        reason=f"服务内容增加{cast.mark}",
        changes=[row],
    )
    if state == AmendmentState.RETURNED:
        amendment_turns.return_amendment(amendment=made, actor=cast.manager, reason=f"示例理由{cast.mark}")
    elif state != AmendmentState.DRAFT:
        contract_amendment.approve_amendment(amendment=made, actor=cast.manager)
    if state == AmendmentState.WITHDRAWN:
        amendment_turns.withdraw_amendment(
            amendment=fresh(made), actor=cast.consultant, reason=f"示例理由{cast.mark}"
        )
    if state == AmendmentState.SIGNED:
        copy = files.pdf("补充协议.pdf", mark=f"amendment {made.pk}")
        contract_amendment.sign_amendment(
            amendment=fresh(made), actor=cast.consultant, signed_copy=copy, signed_on=clock.today()
        )
    world.put(made, state)
    world.put(made.changes.get())


def materials(world: Any, cast: Cast) -> None:
    """Six pieces of one commission under review, each in its state."""
    one = world.of(Engagement, Stage.SUBMITTED)
    for state in MaterialState.values:
        piece = request(one, cast, f"示例资料 {state}")
        if state not in {MaterialState.REQUESTED, MaterialState.WAIVED}:
            e.provide(piece, cast)
        if state == MaterialState.WAIVED:
            material.waive_material(material=fresh(piece), actor=cast.consultant, reason="已包含在年报中")
        if state in material.Verdict.values:
            e.judge(fresh(piece), cast, material.Verdict(state), reason="示例理由")
        world.put(piece, state)


def request(one: Engagement, cast: Cast, name: str) -> Material:
    from keqiao.engagement.intake.operations.commission import request_material

    return request_material(engagement=one, actor=cast.consultant, name=name, required=False)


def plans(world: Any, cast: Cast) -> None:
    world.put(e.draft_plan(engagement(cast, state=Stage.PLANNING), cast), PlanState.DRAFT)
    for state in (PlanState.SENT, PlanState.REJECTED, PlanState.SUPERSEDED, PlanState.WITHDRAWN):
        one = engagement(cast, state=Stage.PLANNING)
        made = e.send_plan(e.draft_plan(one, cast), cast)
        if state == PlanState.WITHDRAWN:
            plan_turns.recall_plan(plan=fresh(made), actor=cast.consultant, reason=f"示例理由{cast.mark}")
        elif state != PlanState.SENT:
            plan.reject_plan(plan=fresh(made), actor=cast.client, reason="再早两周")
        if state == PlanState.SUPERSEDED:
            e.agree_plan(one, cast)
        world.put(made, state)
    confirmed_plan(world)


def confirmed_plan(world: Any) -> None:
    confirmed = Plan.objects.get(engagement=world.of(Engagement, Stage.IMPLEMENTING))
    world.put(confirmed, PlanState.CONFIRMED)
    world.put(confirmed.milestones.get())


def investigation(world: Any, cast: Cast) -> None:
    one = world.of(Engagement, Stage.INVESTIGATING)
    for state in QuestionnaireState.values:
        made = build_questionnaire(one, cast)
        if state != QuestionnaireState.DRAFT:
            made = send_questionnaire(made, cast)
            link = made.links.get()
            world.put(link, "open" if state == QuestionnaireState.OPEN else "answered")
        if state == QuestionnaireState.CLOSED:
            answer(made.links.get())
            questionnaire.close_questionnaire(
                questionnaire=fresh(made), actor=cast.consultant, summary="总体满意"
            )
        world.put(made, state)
        world.put(made.questions.get())


def build_questionnaire(one: Engagement, cast: Cast) -> Any:
    row = questionnaire.QuestionRow(text="研发投入占比？", kind=QuestionKind.TEXT)
    return questionnaire.build_questionnaire(
        engagement=one, actor=cast.consultant, title="示例问卷", questions=[row]
    )


def send_questionnaire(made: Any, cast: Cast) -> Any:
    to = [questionnaire.Recipient(person="示例答卷人", email="answers@example.com")]
    return questionnaire.send_questionnaire(questionnaire=fresh(made), actor=cast.consultant, people=to)


def answer(link: Any) -> None:
    from keqiao.kernel.platform.actors import VISITOR

    questionnaire.answer_questionnaire(questionnairelink=link, actor=VISITOR, answers='{"1": "5%"}')


def single(world: Any, cast: Cast) -> None:
    one = world.of(Engagement, Stage.INVESTIGATING)
    world.put(receive(one, cast))
    world.put(visit_site(world.of(Engagement, Stage.SUBMITTED), cast))
    world.put(one.members.get(user=cast.member))
    new = world.person("other expert")
    world.put(e.join(one, cast, new, e.MemberRole.EXPERT), "unsigned")
    world.put(
        group.assign_task(
            engagement=one,
            actor=cast.consultant,
            title="示例任务",
            member=one.members.get(user=cast.member),
            due_on=e.days(5),
        )
    )
    fees = contract_of(world, Stage.CONTRACTED).fees.order_by("due_on")
    world.put(fees[1])
    contract_money.record_payment(
        fee=fees[0], actor=cast.consultant, amount=Decimal("30000.00"), paid_on=clock.today()
    )
    world.put(fees[0], "paid")
    world.put(contract_of(world, Stage.CONTRACTED).elements.get(letter="a"))
    world.put(world.of(Engagement, Stage.ARCHIVED).archives.get())


def visit_site(one: Engagement, cast: Cast) -> Any:
    return review.record_site_visit(
        engagement=one,
        actor=cast.consultant,
        visited_on=clock.today(),
        place="示例厂区",
        people="示例联系人",
        findings="生产线在用",
    )


def receive(one: Engagement, cast: Cast) -> Any:
    return contract_custody.receive_custody(
        engagement=one, actor=cast.consultant, what="示例样品", quantity="2 件", kept_at="样品柜", received_from="示例客户",
        received_on=clock.today(),
    )  # fmt: skip
