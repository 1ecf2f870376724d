"""6.3.1 to 6.3.3: group, investigation, questionnaire, plan."""

from datetime import timedelta

from tests.engagement import rows
from tests.every_operation.example import AT_WORK, CLIENT, IN_CHARGE, VISITOR, example
from tests.factories import engagements as e

from keqiao.engagement.models import Engagement, Member, MemberRole, QuestionKind, QuestionnaireLink, Task
from keqiao.engagement.preparation.operations.plan import MilestoneRow
from keqiao.engagement.preparation.operations.questionnaire import QuestionRow, Recipient
from keqiao.kernel.platform import clock


def able_group(world, state):
    one = world.of(Engagement, state)
    from keqiao.engagement.preparation.operations.group import sign_undertaking

    member = e.join(one, world.cast, world.person("consultant"), MemberRole.LEADER)
    sign_undertaking(member=member, actor=world.person("consultant"))
    for key, role in {"member": MemberRole.CONSULTANT, "expert": MemberRole.EXPERT}.items():
        sign_undertaking(member=e.join(one, world.cast, world.person(key), role), actor=world.person(key))
    return e.fresh(one)


def with_member(world, state):
    one = world.of(Engagement, state)
    if not one.members.filter(user=world.person("member")).exists():
        e.join(one, world.cast, world.person("member"), MemberRole.CONSULTANT)
    return one


def with_work_done(world, state):
    one = world.of(Engagement, state)
    from keqiao.engagement.preparation.operations import investigation as steps

    consultant = world.person("consultant")
    steps.analyse_material(engagement=one, actor=consultant, what="营业执照", result="真实有效")
    steps.record_interview(
        engagement=one,
        actor=consultant,
        held_on=clock.today(),
        people="示例受访人",
        questions="现状？",
        answers="良好",
    )
    steps.record_finding(engagement=one, actor=consultant, text="研发费用归集不全")
    return e.fresh(one)


def answered(world, state):
    from keqiao.engagement.models import Questionnaire

    made = world.of(Questionnaire, state)
    rows.answer(made.links.get())
    return made


def plan_values(world, _subject):
    row = MilestoneRow(name="材料初稿", due_on=clock.today() + timedelta(days=20))
    return {"objectives": "示例目标", "content": "示例方法", "begins_on": clock.today(), "milestones": [row]}


example(
    "add_member", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"user": w.person("outsider"), "role": MemberRole.CONSULTANT, "duty": "示例分工"},
)  # fmt: skip
example("remove_member", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "调岗"})
example(
    "sign_undertaking", by="other expert", allowed=frozenset({"other expert"}), subject=lambda w, _state: w.of(Member, "unsigned"),
)  # fmt: skip
example(
    "assign_task", by="consultant", allowed=IN_CHARGE, subject=with_member,
    values=lambda w, s: {"title": "示例任务", "member": s.members.get(user=w.person("member")), "due_on": e.days(5)},
)  # fmt: skip
example(
    "finish_task",
    by="member",
    allowed=AT_WORK,
    subject=lambda w, _state: w.of(Task),
    values=lambda w, s: {"note": "完成"},
)
example("form_group", by="consultant", allowed=IN_CHARGE, subject=able_group)
example(
    "record_interview", by="expert", allowed=AT_WORK,
    values=lambda w, s: {"held_on": clock.today(), "people": "示例受访人", "questions": "现状？", "answers": "良好"},
)  # fmt: skip
example(
    "analyse_material",
    by="member",
    allowed=AT_WORK,
    values=lambda w, s: {"what": "营业执照", "result": "真实有效"},
)
example("record_finding", by="member", allowed=AT_WORK, values=lambda w, s: {"text": "研发费用归集不全"})
example("finish_investigation", by="consultant", allowed=IN_CHARGE, subject=with_work_done)
example(
    "build_questionnaire", by="member", allowed=AT_WORK,
    values=lambda w, s: {"title": "示例问卷", "questions": [QuestionRow(text="研发投入？", kind=QuestionKind.TEXT)]},
)  # fmt: skip
example(
    "send_questionnaire", by="member", allowed=AT_WORK, values=lambda w, s: {"people": [Recipient(person="示例答卷人")]},
)  # fmt: skip
example(
    "answer_questionnaire", by="visitor", allowed=VISITOR, subject=lambda w, _state: w.of(QuestionnaireLink, "open"),
    values=lambda w, s: {"answers": '{"1": "5%"}'},
    not_exposed="the page behind the secret link takes it, for someone without an account",
)  # fmt: skip
example(
    "close_questionnaire",
    by="member",
    allowed=AT_WORK,
    subject=answered,
    values=lambda w, s: {"summary": "总体满意"},
)
example("draft_plan", by="member", allowed=AT_WORK, values=plan_values)
example("rewrite_plan", by="member", allowed=AT_WORK, values=plan_values)
example("recall_plan", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "里程碑有误"})
example("send_plan", by="consultant", allowed=IN_CHARGE)
example("confirm_plan", by="client", allowed=CLIENT, values=lambda w, s: {"sha256": s.sha256})
example("reject_plan", by="client", allowed=CLIENT, values=lambda w, s: {"reason": "再早两周"})
