"""6.1: commission, material, review, feasibility."""

from tests.every_operation.example import CLIENT, IN_CHARGE, STAFF, example
from tests.factories import engagements as e
from tests.factories import files

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


example(
    "create_commission", by="client", allowed=STAFF | {"client"}, invalid_to=frozenset({"other client"}),
    form_opens_to=STAFF | {"client", "other client"},
    values=lambda w, s: {
        "enterprise": w.ours, "item": w.cast.item, "title": "示例新委托", "need": "示例需求", "contact_name": "示例联系人",
    },
)  # fmt: skip
example("declare_truthful", by="client", allowed=CLIENT)
example("submit_commission", by="client", allowed=BOTH)
example("request_material", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"name": "示例补充资料"})
example("provide_material", by="client", allowed=BOTH, values=lambda w, s: {"file": files.pdf(mark="given")})
example(
    "review_material", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"verdict": Verdict.TO_CORRECT, "reason": "看不清"},
    ends={MaterialState.PROVIDED: MaterialState.TO_CORRECT},
)  # fmt: skip
example(
    "waive_material", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "已包含在年报中"}
)
example(
    "request_correction",
    by="consultant",
    allowed=IN_CHARGE,
    subject=to_correct,
    values=lambda w, s: {"note": "请重新扫描"},
)
example("resubmit_commission", by="client", allowed=BOTH, subject=corrected)
example("finish_review", by="consultant", allowed=IN_CHARGE, subject=provided)
example(
    "record_site_visit", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"visited_on": clock.today(), "place": "示例厂区", "people": "示例联系人", "findings": "生产线在用"},
)  # fmt: skip
example(
    "decide_feasibility",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"feasible": True, "grounds": "条件具备"},
)
example("accept_commission", by="consultant", allowed=IN_CHARGE, subject=judged(True), values=notice)
example(
    "decline_commission",
    by="consultant",
    allowed=IN_CHARGE,
    subject=judged(False),
    values=lambda w, s: {"reasons": "不在服务范围内"},
)
