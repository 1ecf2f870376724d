"""Jobs of engagements: primitive arguments, one call. Importing this registers them."""

from collections.abc import Mapping
from typing import Any

from keqiao.engagement.archive.packing import make_pack
from keqiao.engagement.delivery.operations.survey import TOPIC, send_survey
from keqiao.engagement.models import Engagement
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.outbox import handles


@handles(TOPIC)
def send_survey_of(*, payload: Mapping[str, Any], key: str) -> None:
    """Delivered twice, it sends once."""
    del key
    engagement = Engagement.objects.get(pk=payload["engagement"])
    if not engagement.surveys.exists():
        send_survey(engagement=engagement, actor=SYSTEM)


@handles("archive-pack", external=True)  # it seals, and a seal stands outside every transaction
def archive_pack(*, payload: Mapping[str, Any], key: str) -> None:
    """Delivered twice, it packs once."""
    del key
    make_pack(int(payload["archive"]))
