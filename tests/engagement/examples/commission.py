"""6.1: commission, material, review, feasibility."""

from tests.engagement.lacking import NO_INSTITUTION, move, still_to_come
from tests.every_operation.example import CLIENT, IN_CHARGE, STAFF, example
from tests.every_operation.lacking import lacks
from tests.factories import engagements as e
from tests.factories import files

from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.material import Verdict
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Engagement
from keqiao.kernel.platform import clock

BOTH = IN_CHARGE | CLIENT


def provided(world, state):
    """A commission in which everything that is asked for was given."""
    one = world.of(Engagement, state)
    one.materials.exclude(state=MaterialState.PROVIDED).update(state=MaterialState.WAIVED)
    one.materials.update(state=MaterialState.ACCEPTED)
    return one


def to_correct(world, state):
    one = world.of(Engagement, state)
    one.materials.filter(state=MaterialState.PROVIDED).update(state=MaterialState.TO_CORRECT)
    return one


def corrected(world, state):
    one = world.of(Engagement, state)
    one.materials.filter(state=MaterialState.TO_CORRECT).update(state=MaterialState.PROVIDED)
    return one


def judged(feasible):
    def subject(world, state):
        from keqiao.engagement.intake.operations.review import decide_feasibility

        one = world.of(Engagement, state)
        decide_feasibility(
            engagement=one, actor=world.person("consultant"), feasible=feasible, grounds="示例理由"
        )
        return e.fresh(one)

    return subject


def notice(world, _subject):
    return {
        "content": "示例服务内容", "time_limit": e.days(60), "client_rights": "知情", "client_duties": "配合", "our_rights": "收费",
        "our_duties": "保密",
    }  # fmt: skip


REVIEW_OVER = lacks(
    "The review of this commission is over.",
    "6.1.2",
    settled=True,
    rows=lambda w, s: move(s.engagement, Stage.REVIEWED),
)
UNDECIDED = lacks(
    "Feasibility is not decided.",
    "6.1.3",
    "Decide it, with grounds.",
    rows=lambda w, s: s.feasibilities.all().delete(),
)


def first(engagement, **fields):
    """The first piece of the checklist, as it is then."""
    engagement.materials.filter(name="营业执照").update(**fields)


example(
    "create_commission", by="client", allowed=STAFF | {"client"}, invalid_to=frozenset({"other client"}),
    form_opens_to=STAFF | {"client", "other client"},
    values=lambda w, s: {
        "enterprise": w.ours, "item": w.cast.item, "title": "示例新委托", "need": "示例需求", "contact_name": "示例联系人",
    },
    lacking=(
        lacks("You commission for your own enterprise.", field="enterprise", by="other client"),
        lacks(
            "This service isn't offered today.", "", "Choose one that is on offer.", field="item",
            rows=lambda w, s: w.cast.item.offers.all().delete(),
        ),
    ),
)  # fmt: skip
example("declare_truthful", by="client", allowed=CLIENT)
example(
    "submit_commission",
    by="client",
    allowed=BOTH,
    lacking=(
        lacks(
            "The client has not declared the material lawful, true and valid.",
            "6.1.1",
            "The client declares it on the commission's page.",
            rows=lambda w, s: Engagement.objects.filter(pk=s.pk).update(truthful_at=None),
        ),
    ),
)
example("request_material", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"name": "示例补充资料"})
example(
    "provide_material",
    by="client",
    allowed=BOTH,
    values=lambda w, s: {"file": files.pdf(mark="given")},
    lacking=(REVIEW_OVER,),
)
example(
    "review_material", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"verdict": Verdict.TO_CORRECT, "reason": "看不清"},
    ends={MaterialState.PROVIDED: MaterialState.TO_CORRECT},
    lacking=(
        REVIEW_OVER,
        lacks("Say what is wrong, so that the client can put it right.", field="reason", values={"reason": " "}),
        lacks(
            "Say what is wrong, so that the client can put it right.", field="reason",
            values={"verdict": Verdict.REJECTED, "reason": ""},
        ),
    ),
)  # fmt: skip
example(
    "waive_material",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"reason": "已包含在年报中"},
    lacking=(REVIEW_OVER,),
)
example(
    "request_correction",
    by="consultant",
    allowed=IN_CHARGE,
    subject=to_correct,
    values=lambda w, s: {"note": "请重新扫描"},
    lacking=(
        lacks(
            "No material is marked to correct.",
            "6.1.2",
            "Mark what has to be corrected first.",
            rows=lambda w, s: s.materials.update(state=MaterialState.ACCEPTED),
        ),
    ),
)
example(
    "resubmit_commission",
    by="client",
    allowed=BOTH,
    subject=corrected,
    lacking=(
        lacks(
            "“营业执照” is not corrected yet.",
            "6.1.2",
            "The client provides it, or it is waived.",
            rows=lambda w, s: first(s, state=MaterialState.TO_CORRECT),
        ),
    ),
)
example(
    "finish_review",
    by="consultant",
    allowed=IN_CHARGE,
    subject=provided,
    values=lambda w, s: {"site_visit_needed": False, "no_visit_reason": "材料足以判断"},
    lacking=(
        lacks(
            "Say why no site visit is needed.",
            "6.1.2",
            field="no_visit_reason",
            values={"no_visit_reason": ""},
        ),
        lacks(
            "“营业执照” is not reviewed.",
            "6.1.2",
            "Review it.",
            rows=lambda w, s: first(s, state=MaterialState.PROVIDED),
        ),
        lacks(
            "“营业执照”: Requested.",
            "6.1.2",
            "The client provides it, or it is waived.",
            rows=lambda w, s: first(s, state=MaterialState.REQUESTED),
        ),
        lacks(
            "The site visit is not recorded yet.",
            "6.1.2",
            "Record it first.",
            field="site_visit_needed",
            values={"site_visit_needed": True},
            rows=lambda w, s: s.sitevisits.all().delete(),
        ),
    ),
)
example(
    "record_site_visit", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"visited_on": clock.today(), "place": "示例厂区", "people": "示例联系人", "findings": "生产线在用"},
    lacking=(still_to_come("visited_on", "A visit that is still to come can't be recorded."),),
)  # fmt: skip
example(
    "decide_feasibility",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"feasible": True, "grounds": "条件具备"},
)
example(
    "accept_commission",
    by="consultant",
    allowed=IN_CHARGE,
    subject=judged(True),
    values=notice,
    lacking=(
        UNDECIDED,
        lacks(
            "The service was judged not feasible.",
            "6.1.3",
            "Decide anew where that has changed.",
            subject=judged(False),
        ),
        lacks(
            "The time limit lies in the past.",
            field="time_limit",
            values=lambda w, s: {"time_limit": e.days(-1)},
        ),
        NO_INSTITUTION,
    ),
)
example(
    "decline_commission",
    by="consultant",
    allowed=IN_CHARGE,
    subject=judged(False),
    values=lambda w, s: {"reasons": "不在服务范围内"},
    lacking=(
        UNDECIDED,
        lacks(
            "The service was judged feasible.",
            "6.1.3",
            "Decide anew where that has changed.",
            subject=judged(True),
        ),
        NO_INSTITUTION,
    ),
)
