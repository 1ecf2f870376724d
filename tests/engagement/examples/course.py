"""6.2 i and 6.3.1: suspended, resumed, ended early, cancelled, handed over; 6.5: archived."""

from decimal import Decimal

from tests.engagement.lacking import STILL_KEPT, TOO_FINE, TOO_SMALL
from tests.every_operation.example import CLIENT, IN_CHARGE, NOBODY, example
from tests.every_operation.lacking import lacks
from tests.factories import engagements as e

from keqiao.accounts.models import User
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.operations.complaint import file_complaint
from keqiao.engagement.models import Archive, ArchiveSummary, ComplaintKind, Engagement
from keqiao.kernel.platform.levels import Level


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


def complain(world, engagement):
    file_complaint(
        engagement=engagement, actor=world.person("client"), kind=ComplaintKind.COMPLAINT, text="进度慢"
    )


def unwritten(name):
    """One of the five stands empty in the summary."""
    return lambda w, s: ArchiveSummary.objects.filter(engagement=s).update(**{name: " "})


FIVE = {
    "time": "Time",
    "content": "Content",
    "process": "Process",
    "effect": "Effect",
    "evaluation": "Evaluation",
}
CANT_TAKE_IT = "This person can't take it over."
ANOTHER = "Choose another active consultant whose clearance reaches the classification."


def cant_take(key, **as_is):
    """The new consultant is this person, who is so."""

    def rows(world, _engagement):
        User.objects.filter(pk=world.person(key).pk).update(**as_is) if as_is else None

    return lacks(CANT_TAKE_IT, "", ANOTHER, field="to", rows=rows, values=lambda w, s: {"to": w.person(key)})


def pack(world, _subject):
    from keqiao.kernel.models import Blob

    inner, clients = Blob.objects.order_by("pk")[:2]
    return {"blob": inner, "client_blob": clients, "seal": 1}


example(
    "suspend_engagement", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "客户停产"},
)  # fmt: skip
example(
    "resume_engagement", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "已复产"},
    ends={Stage.SUSPENDED: Stage.CONTRACTED},
    lacking=(
        lacks(
            "The state before the suspension is not known.", "6.2.i", "End the engagement early instead.",
            rows=lambda w, s: Engagement.objects.filter(pk=s.pk).update(suspended_from=""),
        ),
    ),
)  # fmt: skip
example(
    "end_engagement_early", by="consultant", allowed=IN_CHARGE, subject=nothing_in_custody,
    values=lambda w, s: {"reason": "客户要求", "work_done": "调研", "fee_settled": Decimal("100.00"), "data_returned": "已退还"},
    lacking=(
        STILL_KEPT,
        lacks(
            "There is no signed contract to end.", "", "Cancel the engagement instead.",
            rows=lambda w, s: s.contracts.update(state=ContractState.SENT),
        ),
        lacks(
            "The settled fee is above the contract's total.", field="fee_settled",
            values={"fee_settled": Decimal("50000.51")},  # of 50000.50
        ),
        lacks(TOO_SMALL, field="fee_settled", values={"fee_settled": Decimal("-0.01")}),  # 0: nothing is owed
        lacks(TOO_FINE, field="fee_settled", values={"fee_settled": Decimal("0.001")}),
    ),
)  # fmt: skip
example(
    "cancel_engagement",
    by="client",
    allowed=IN_CHARGE | CLIENT,
    values=lambda w, s: {"reason": "不再需要"},
    lacking=(STILL_KEPT,),
)
example(
    "transfer_engagement", by="manager", allowed=IN_CHARGE,
    values=lambda w, s: {"to": w.person("outsider"), "reason": "专业更对口"},
    lacking=(
        cant_take("consultant"),  # who has it already
        cant_take("manager"),
        cant_take("expert"),
        cant_take("outsider", is_active=False),
        cant_take("outsider", clearance=Level.PUBLIC),
    ),
)  # fmt: skip
example("write_archive_summary", by="consultant", allowed=IN_CHARGE, values=five)
example(
    "archive_engagement",
    by="consultant",
    allowed=IN_CHARGE,
    subject=summarised,
    lacking=(
        *(
            lacks(f"“{label}” is missing.", "6.5", "Write the archive summary.", rows=unwritten(name))
            for name, label in FIVE.items()
        ),
        STILL_KEPT,
        lacks("A complaint or suggestion is not answered.", "6.4.2", "Answer it.", rows=complain),
        lacks(
            "No satisfaction survey was sent.",
            "6.4.2",
            "It goes out by itself on acceptance.",
            rows=lambda w, s: s.surveys.all().delete(),
        ),
        lacks(
            # ten working days from Monday, 2 March 2026
            "The satisfaction survey is not answered; it is waited for until 2026-03-16.",
            "6.4.2",
            "Remind the client.",
            rows=lambda w, s: s.surveys.update(answered_at=None),
        ),
    ),
)
example(
    "keep_archive_pack", by="system", allowed=NOBODY, subject=not_packed, values=pack,
    not_exposed="the worker ties the packs to their archive, right after it made them",
    lacking=(
        lacks(
            "The packs are made already.", "6.5", settled=True,
            rows=lambda w, s: Archive.objects.filter(pk=s.pk).update(client_blob=pack(w, s)["client_blob"]),
        ),
    ),
)  # fmt: skip
