"""6.3.1 to 6.3.3: group, investigation, questionnaire, plan."""

from datetime import timedelta

from tests.engagement import rows
from tests.engagement.lacking import NO_INSTITUTION, still_to_come, while_in
from tests.every_operation.example import AT_WORK, CLIENT, IN_CHARGE, VISITOR, example
from tests.every_operation.lacking import lacks
from tests.factories import engagements as e

from keqiao.accounts.models import User
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import (
    Engagement,
    Material,
    Member,
    MemberRole,
    Plan,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireLink,
    Task,
)
from keqiao.engagement.preparation.operations.plan import MilestoneRow
from keqiao.engagement.preparation.operations.questionnaire import QuestionRow, Recipient
from keqiao.engagement.preparation.states import QuestionnaireState
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
    made = world.of(Questionnaire, state)
    rows.answer(made.links.get())
    return made


def plan_values(world, _subject):
    row = MilestoneRow(name="材料初稿", due_on=clock.today() + timedelta(days=20))
    return {"objectives": "示例目标", "content": "示例方法", "begins_on": clock.today(), "milestones": [row]}


def is_so(**as_is):
    """The row itself has these values, each given by a function."""

    def rows(_world, row):
        type(row).objects.filter(pk=row.pk).update(**{name: value() for name, value in as_is.items()})

    return rows


def of_another(world, _subject):
    """A member of another engagement's group."""
    return {"member": world.of(Member)}


def competent_no_more(world, engagement):
    skill = engagement.item.competences.get()
    type(skill).objects.update(name="示例能力")
    skill.holders.update(valid_until=e.days(-1))


def draft_another(world, engagement):
    Plan.objects.create(
        engagement=engagement,
        number="FA-示例-1",
        edition=3,
        objectives="示例",
        content="示例",
        begins_on=e.days(0),
    )


STOPPED = while_in(Stage.SUSPENDED, "6.3.3")
EARLY = lacks(
    "“材料初稿” is due before the plan begins.",
    field="milestones",
    values=lambda w, s: {"begins_on": e.days(21)},  # the milestone is due on the twentieth
)
NO_FIT = "This role doesn't fit this person."
CONFIRMS_OWN = "This is not the version you were sent. Open the plan again."


def answers(says, text, kind=QuestionKind.TEXT, field="1"):
    """To a question of this kind."""

    def rows(world, link):
        Question.objects.filter(questionnaire=link.questionnaire).update(kind=kind, choices="是；否")

    return lacks(says, field=field, values={"answers": text}, rows=rows)


def choices(text):
    """One question with these to choose from."""
    return {"questions": [QuestionRow(text="有无研发台账？", kind=QuestionKind.CHOICE, choices=text)]}


example(
    "add_member", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"user": w.person("outsider"), "role": MemberRole.CONSULTANT, "duty": "示例分工"},
    lacking=(
        lacks(NO_FIT, field="role", values={"role": MemberRole.EXPERT}),
        lacks(NO_FIT, field="role", values=lambda w, s: {"user": w.person("client")}),
        lacks(
            "This person's clearance is below the classification of the engagement.", field="user",
            rows=lambda w, s: User.objects.filter(pk=w.person("outsider").pk).update(clearance=0),
        ),
        lacks(
            "This person is already in the group.", field="user",
            rows=lambda w, s: e.join(s, w.cast, w.person("outsider"), MemberRole.CONSULTANT),
        ),
    ),
)  # fmt: skip
example(
    "remove_member",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"reason": "调岗"},
    lacking=(
        lacks(
            "This person has left the group already.",
            "6.3.1",
            settled=True,
            rows=is_so(left_on=clock.today),
        ),
    ),
)
example(
    "sign_undertaking", by="other expert", allowed=frozenset({"other expert"}), subject=lambda w, _state: w.of(Member, "unsigned"),
    lacking=(
        lacks(
            "The undertaking is signed already.", "4.1.5", settled=True,
            rows=is_so(undertaking_at=clock.now),
        ),
    ),
)  # fmt: skip
example(
    "assign_task", by="consultant", allowed=IN_CHARGE, subject=with_member,
    values=lambda w, s: {"title": "示例任务", "member": s.members.get(user=w.person("member")), "due_on": e.days(5)},
    lacking=(
        lacks("This person is not in the group of this engagement.", field="member", values=of_another),
        lacks(
            "This person is not in the group of this engagement.", field="member",
            rows=lambda w, s: s.members.update(left_on=clock.today()),
        ),
    ),
)  # fmt: skip
example(
    "finish_task",
    by="member",
    allowed=AT_WORK,
    subject=lambda w, _state: w.of(Task),
    values=lambda w, s: {"note": "完成"},
    lacking=(
        lacks(
            "This task is done already.",
            "6.3.1",
            settled=True,
            rows=is_so(done_on=clock.today),
        ),
    ),
)
example(
    "form_group",
    by="consultant",
    allowed=IN_CHARGE,
    subject=able_group,
    lacking=(
        lacks(
            "The group has no leader.",
            "6.3.1",
            "Add a member as leader.",
            rows=lambda w, s: s.members.filter(role=MemberRole.LEADER).update(role=MemberRole.CONSULTANT),
        ),
        lacks(
            "Nobody in the group validly has the competence “示例能力”.",
            "4.2.3",
            "Add someone who has it, or record the competence with its proof.",
            rows=competent_no_more,
        ),
        lacks(
            "示例专家 has not signed the confidentiality undertaking.",
            "4.1.5",
            "Each signs for themselves.",
            rows=lambda w, s: s.members.filter(user=w.person("expert")).update(undertaking_at=None),
        ),
    ),
)
example(
    "record_interview", by="expert", allowed=AT_WORK,
    values=lambda w, s: {"held_on": clock.today(), "people": "示例受访人", "questions": "现状？", "answers": "良好"},
    lacking=(still_to_come("held_on", "An interview that is still to come can't be recorded."),),
)  # fmt: skip
example(
    "analyse_material",
    by="member",
    allowed=AT_WORK,
    values=lambda w, s: {"what": "营业执照", "result": "真实有效"},
    lacking=(
        lacks(
            "This material belongs to another engagement.",
            field="material",
            values=lambda w, s: {"material": w.of(Material, "accepted")},
        ),
    ),
)
example("record_finding", by="member", allowed=AT_WORK, values=lambda w, s: {"text": "研发费用归集不全"})
example(
    "finish_investigation",
    by="consultant",
    allowed=IN_CHARGE,
    subject=with_work_done,
    lacking=(
        lacks(
            "No material was analysed.",
            "6.3.2",
            "Record an analysis.",
            rows=lambda w, s: s.material_analyses.all().delete(),
        ),
        lacks(
            "Nobody was asked: no interview, no closed questionnaire.",
            "6.3.2",
            "Record an interview or close a questionnaire.",
            rows=lambda w, s: (
                s.interviews.all().delete(),
                s.questionnaires.update(state=QuestionnaireState.OPEN),
            ),
        ),
        lacks(
            "No finding is recorded.",
            "6.3.2",
            "Record what was found.",
            rows=lambda w, s: s.findings.all().delete(),
        ),
    ),
)
example(
    "build_questionnaire", by="member", allowed=AT_WORK,
    values=lambda w, s: {"title": "示例问卷", "questions": [QuestionRow(text="研发投入？", kind=QuestionKind.TEXT)]},
    lacking=(
        lacks(
            "Question 1: give at least two choices, a semicolon between.", field="questions",
            values=choices("有；"),
        ),
    ),
)  # fmt: skip
example(
    "send_questionnaire", by="member", allowed=AT_WORK, values=lambda w, s: {"people": [Recipient(person="示例答卷人")]},
    lacking=(
        while_in(Stage.SUSPENDED, "6.3.2"),
        lacks(
            "Row 2: this is no e-mail address.", field="people",
            values={"people": [Recipient(person="示例答卷人"), Recipient(person="示例二人", email="示例二人")]},
        ),
    ),
)  # fmt: skip
example(
    "answer_questionnaire", by="visitor", allowed=VISITOR, subject=lambda w, _state: w.of(QuestionnaireLink, "open"),
    values=lambda w, s: {"answers": '{"1": "5%"}'},
    not_exposed="the page behind the secret link takes it, for someone without an account",
    lacking=(
        lacks(
            "This link has been answered.", "6.3.2", settled=True,
            rows=is_so(answered_at=clock.now),
        ),
        lacks(
            "This questionnaire is closed.", "6.3.2", settled=True,
            rows=lambda w, s: Questionnaire.objects.filter(pk=s.questionnaire_id).update(state="closed"),
        ),
        answers('Answers come as JSON: {"1": "…"}.', "5%", field="answers"),
        answers('Answers come as JSON: {"1": "…"}.', '["5%"]', field="answers"),
        answers("Please answer question 1.", '{"1": " "}'),
        answers("Question 1: give a number from 1 to 10.", '{"1": "11"}', QuestionKind.SCALE),
        answers("Question 1: give a number from 1 to 10.", '{"1": "0"}', QuestionKind.SCALE),
        answers("Question 1: choose one of the answers offered.", '{"1": "也许"}', QuestionKind.CHOICE),
    ),
)  # fmt: skip
example(
    "close_questionnaire",
    by="member",
    allowed=AT_WORK,
    subject=answered,
    values=lambda w, s: {"summary": "总体满意"},
    lacking=(
        lacks(
            "Nobody has answered yet.",
            "6.3.2",
            "Wait for an answer, or record an interview instead.",
            rows=lambda w, s: s.links.update(answered_at=None),
        ),
    ),
)
example(
    "draft_plan",
    by="member",
    allowed=AT_WORK,
    values=plan_values,
    lacking=(
        lacks(
            "Version 3 is still open.",
            "6.3.3",
            "Rewrite or send it; one that was sent waits for the client's answer, or is withdrawn.",
            rows=draft_another,
        ),
        EARLY,
    ),
)
example("rewrite_plan", by="member", allowed=AT_WORK, values=plan_values, lacking=(STOPPED, EARLY))
example(
    "recall_plan",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"reason": "里程碑有误"},
    lacking=(STOPPED,),
)
example("send_plan", by="consultant", allowed=IN_CHARGE, lacking=(STOPPED, NO_INSTITUTION))
example(
    "confirm_plan",
    by="client",
    allowed=CLIENT,
    values=lambda w, s: {"sha256": s.sha256},
    lacking=(STOPPED, lacks(CONFIRMS_OWN, field="sha256", values={"sha256": "0" * 64})),
)
example(
    "reject_plan",
    by="client",
    allowed=CLIENT,
    values=lambda w, s: {"reason": "再早两周"},
    lacking=(STOPPED,),
)
