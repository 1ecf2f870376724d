"""6.2 i and 6.3.1: suspended, resumed, ended early, cancelled, handed over; 6.5: archived."""

from decimal import Decimal

from tests.every_operation.example import CLIENT, IN_CHARGE, NOBODY, example
from tests.factories import engagements as e

from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Archive, Engagement


def nothing_in_custody(world, state):
    one = world.of(Engagement, state)
    one.custodies.update(returned_on=e.days(0))
    return one


def summarised(world, state):
    one = world.of(Engagement, state)
    e.summarise(one, world.cast)
    return e.fresh(one)


def five(world, _subject):
    return {
        "time": "三个月",
        "content": "示例内容",
        "process": "示例过程",
        "effect": "良好",
        "evaluation": "满意",
    }


def not_packed(world, _state):
    archive = world.of(Archive)
    assert archive.blob_id is None
    return archive


def pack(world, _subject):
    from keqiao.kernel.models import Blob

    return {"blob": Blob.objects.order_by("pk").first(), "seal": 1}


example(
    "suspend_engagement", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "客户停产"},
)  # fmt: skip
example(
    "resume_engagement", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "已复产"},
    ends={Stage.SUSPENDED: Stage.CONTRACTED},
)  # fmt: skip
example(
    "end_engagement_early", by="consultant", allowed=IN_CHARGE, subject=nothing_in_custody,
    values=lambda w, s: {"reason": "客户要求", "work_done": "调研", "fee_settled": Decimal("100.00"), "data_returned": "已退还"},
)  # fmt: skip
example(
    "cancel_engagement", by="client", allowed=IN_CHARGE | CLIENT, values=lambda w, s: {"reason": "不再需要"}
)
example(
    "transfer_engagement", by="manager", allowed=IN_CHARGE,
    values=lambda w, s: {"to": w.person("outsider"), "reason": "专业更对口"},
)  # fmt: skip
example("write_archive_summary", by="consultant", allowed=IN_CHARGE, values=five)
example("archive_engagement", by="consultant", allowed=IN_CHARGE, subject=summarised)
example(
    "keep_archive_pack", by="system", allowed=NOBODY, subject=not_packed, values=pack,
    not_exposed="the worker ties the pack to its archive, right after it made it",
)  # fmt: skip
