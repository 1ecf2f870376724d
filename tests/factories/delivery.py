"""6.4: what was delivered and accepted."""

from django.utils import timezone

from keqiao.engagement.models import Deliverable, Engagement, Survey
from keqiao.engagement.operations.steps import move_on
from keqiao.engagement.states import DeliverableState, Stage
from keqiao.kernel import clock
from keqiao.kernel.numbering import next_number


def deliver(one: Engagement, cast) -> None:
    """One deliverable accepted; the survey sent and answered."""
    Deliverable.objects.create(
        engagement=one, number=next_number(kind="deliverable", on=clock.today()), name="申报书", due_on=clock.today(),
        state=DeliverableState.ACCEPTED, handed_over_on=clock.today(),
    )  # fmt: skip
    move_on(one, Stage.DELIVERED)
    Survey.objects.create(
        engagement=one, token_sha256=f"{one.pk:064d}", answered_at=timezone.now(), scores={"image": 9}
    )
