"""What the clock does for engagements. Importing this registers it."""

from datetime import datetime

from keqiao.engagement.case.operations.reckoning import reckon_steps_anew
from keqiao.engagement.delivery.operations.reckoning import reckon_answers_anew
from keqiao.kernel.platform.jobs import every


@every(hours=1)
def reckon_provisional_days(_now: datetime) -> None:
    """Provisional days, once the table of their year was entered."""
    reckon_steps_anew()
    reckon_answers_anew()
