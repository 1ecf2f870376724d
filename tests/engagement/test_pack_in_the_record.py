"""6.5: the archive pack's own hash stands in a sealed entry, so that the record itself vouches for the pack."""

import pytest

from keqiao.engagement.archive.packing import make_pack
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.record import sealing

pytestmark = pytest.mark.django_db


def test_the_packs_hash_is_in_the_record_and_sealed(world):
    one = world.of(Engagement, Stage.ARCHIVED)
    archive = make_pack(one)
    [entry] = Entry.objects.filter(operation="keep_archive_pack", subject_id=archive.pk)
    assert entry.files_named == [archive.blob.sha256] == [archive.sha256]
    assert list(entry.files.values_list("sha256", flat=True)) == [archive.sha256]
    sealing.seal(now=clock.now())
    entry.refresh_from_db()
    newest = sealing.newest_seal()
    assert entry.n is not None
    assert entry.n < newest.n
