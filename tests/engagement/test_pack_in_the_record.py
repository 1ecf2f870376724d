"""6.5: the hashes of the archive packs stand in a sealed entry, so that the record itself vouches for them."""

import pytest

from keqiao.engagement.archive.packing import make_packs
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.record import sealing

pytestmark = pytest.mark.django_db


def test_the_packs_hashes_are_in_the_record_and_sealed(world):
    one = world.of(Engagement, Stage.ARCHIVED)
    archive = make_packs(one)
    [entry] = Entry.objects.filter(operation="keep_archive_pack", subject_id=archive.pk)
    assert entry.files_named == sorted([archive.sha256, archive.client_sha256])
    assert archive.sha256 == archive.blob.sha256
    assert archive.client_sha256 == archive.client_blob.sha256
    assert set(entry.files.values_list("sha256", flat=True)) == {archive.sha256, archive.client_sha256}
    sealing.seal(now=clock.now())
    entry.refresh_from_db()
    newest = sealing.newest_seal()
    assert entry.n is not None
    assert entry.n < newest.n
