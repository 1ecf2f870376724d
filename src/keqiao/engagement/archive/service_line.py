"""An engagement as a service received: the five of its archive summary, or what is known of it before that is written."""

from keqiao.engagement.archive import archive_words
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.states import BEFORE_CONTRACT, Stage
from keqiao.engagement.delivery.models.delivery import ArchiveSummary
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.served import FIVE, ServiceLine

NOT_SERVED = (*BEFORE_CONTRACT, Stage.DECLINED, Stage.CANCELLED)
ENDED = (Stage.DELIVERED, Stage.ARCHIVED, Stage.ENDED_EARLY)


def service_line(engagement: Engagement, actor: Actor) -> ServiceLine:
    summary = policy.visible(ArchiveSummary, actor).filter(engagement=engagement).first()
    said = {name: getattr(summary, name) for name in FIVE} if summary else known(engagement)
    ended_on = engagement.delivered_on or engagement.stage_since
    return ServiceLine(
        title=str(engagement),
        item=engagement.item.code,
        began_on=clock.day_of(engagement.created_at),
        ended_on=ended_on if engagement.state in ENDED else None,
        **said,
    )


def known(engagement: Engagement) -> dict[str, str]:
    """What can be said without anyone's judgement; process and evaluation are for who was there to say."""
    return {
        "time": archive_words.time(engagement),
        "content": f"{engagement.item.name}：{engagement.need}",
        "process": "",
        "effect": archive_words.effect(engagement),
        "evaluation": archive_words.evaluation(engagement),
    }
