"""What the clock does for engagements. Importing this registers it."""

from datetime import datetime

from keqiao.engagement.archive.packing import make_packs
from keqiao.engagement.case.operations.reckoning import reckon_steps_anew
from keqiao.engagement.delivery.operations.reckoning import reckon_answers_anew
from keqiao.engagement.models import Archive
from keqiao.kernel.platform.jobs import every


@every(hours=1)
def reckon_provisional_days(_now: datetime) -> None:
    """Provisional days, once the table of their year was entered."""
    reckon_steps_anew()
    reckon_answers_anew()


@every(minutes=60)
def make_lacking_packs(now: datetime) -> None:
    """Archives closed when there was one pack for all get the client's own, which leaves out what is not the client's."""
    del now
    for archive in Archive.objects.filter(blob__isnull=False, client_blob__isnull=True).order_by("pk"):
        make_packs(archive.engagement)
