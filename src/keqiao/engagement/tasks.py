"""Archives closed when there was one pack for all get the client's own, which leaves out what is not the client's."""

from datetime import datetime

from keqiao.engagement.archive.packing import make_packs
from keqiao.engagement.models import Archive
from keqiao.kernel.platform.jobs import every


@every(minutes=60)
def make_lacking_packs(now: datetime) -> None:
    del now
    for archive in Archive.objects.filter(blob__isnull=False, client_blob__isnull=True).order_by("pk"):
        make_packs(archive.engagement)
