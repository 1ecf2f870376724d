"""An engagement with a loan is archived: its pack holds the loan's record and its slip, and stands up to its verifier."""

import json
import zipfile
from hashlib import sha256

import pytest
from django.utils import timezone
from tests.factories import engagements as steps
from tests.factories import world as worlds
from tests.kernel import packs
from tests.sample.examples import loan
from tests.sample.states import LoanState

from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Archive, Engagement
from keqiao.kernel.files import vault
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import clock, outbox
from keqiao.kernel.record.verify import verify


@pytest.mark.django_db(transaction=True)
def test_the_pack_carries_the_loan_and_its_slip(tmp_path):
    """Sealing wants real commits, so this institution is laid for this test alone."""
    with clock.at(worlds.NOON):
        world = worlds.build(stages=(Stage.DELIVERED,), parts=False)
        engagement = world.of(Engagement, Stage.DELIVERED)
        back = loan(world, LoanState.RETURNED, engagement=engagement)
        steps.close(engagement, world.cast)
        outbox.run_due(now=timezone.now(), limit=5000)
    assert list(Outbox.objects.exclude(error="").values_list("topic", "error")) == []
    archive = Archive.objects.get(engagement=engagement)
    pack = tmp_path / "pack.zip"
    with vault.open_blob(archive.blob) as content:
        pack.write_bytes(content.read())
    check_verified(pack, tmp_path)
    members = packs.members(pack)
    lines = [
        line for line in packs.lines(members["records.jsonl"]) if line["header"]["case"] == f"loan:{back.pk}"
    ]
    assert [line["header"]["operation"] for line in lines] == [
        "create_loan", "lend_equipment", "keep_loan_slip", "return_equipment",
    ]  # fmt: skip
    newest = max(seal["n"] for seal in packs.lines(members["seals.jsonl"]))
    assert all(line["n"] < newest for line in lines)  # each lies under a seal
    [slip] = [data for name, data in members.items() if name.endswith("示例光谱仪借用单.pdf")]
    assert lines[2]["header"]["files"] == [sha256(slip).hexdigest()] == [back.slip.sha256]


def check_verified(pack, folder):
    """By the verifier of the house, and by the one inside, as an outsider runs it."""
    assert verify(pack) == []
    with zipfile.ZipFile(pack) as archive:
        script = archive.extract("verify.py", folder)
        cases = json.loads(archive.read("manifest.json"))["cases"]
    code, said = packs.run(pack, script=script)
    assert code == 0, said
    assert sorted(name.partition(":")[0] for name in cases) == ["engagement", "loan"]
