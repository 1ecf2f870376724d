"""6.5: the service file as a pack: an outsider checks it with the verifier inside."""

import json
import zipfile

import pytest
from tests.factories import world as worlds

from keqiao.engagement.case.states import Stage
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.record import sealing
from keqiao.kernel.record.verify import verify
from keqiao.oversight.packing import can_be_packed, pack
from keqiao.oversight.queries import service_file


@pytest.mark.django_db(transaction=True)
def test_the_pack_stands_up_to_its_verifier(tmp_path):
    """Sealing wants real commits, so this institution is laid for this test alone."""
    with clock.at(worlds.NOON):
        made = worlds.build(stages=(Stage.ARCHIVED, Stage.IMPLEMENTING, Stage.DRAFT), parts=False)
        sealing.seal(now=worlds.NOON)
        enterprise, manager = Enterprise.objects.get(pk=made.ours.pk), made.person("manager")
        file = service_file(enterprise, actor=manager)
        target = tmp_path / "pack.zip"
        target.write_bytes(pack(file))
    assert verify(target) == []
    with zipfile.ZipFile(target) as content:
        names = content.namelist()
        cases = {json.loads(line)["header"]["case"] for line in content.read("records.jsonl").splitlines()}
    assert (len(file.services), cases) == (2, {f"engagement:{one.row.pk}" for one in file.services})
    assert [name.rpartition(".")[2] for name in names if name.startswith("documents/")] == ["pdf", "xlsx"]


def test_there_is_no_pack_while_nothing_is_sealed(world, db):
    """6.5 and 4.4.2: a pack is what an outsider can check; without a seal nothing in it could be."""
    manager = world.person("manager")
    file = service_file(world.ours, actor=manager)
    assert (file.services != [], can_be_packed(file, actor=manager)) == (True, False)
    with pytest.raises(Refusal) as refused:
        pack(file, actor=manager)
    assert (refused.value.clause, bool(str(refused.value.remedy))) == ("6.5", True)
