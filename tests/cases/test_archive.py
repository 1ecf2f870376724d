"""Two pieces with one content are pointed out at the review; in a pack each file is called as its own record has it."""

import io
import json
import re
import zipfile

import pytest
from django.db import transaction
from tests.cases.doors import CASES

from keqiao.engagement.archive.packing import Gathered, make_packs, staff
from keqiao.engagement.archive.papers.archive import index_lines
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.material import provide_material
from keqiao.engagement.models import Archive, Engagement, Material
from keqiao.kernel.files import vault
from keqiao.kernel.record import journal
from keqiao.kernel.steps.operation import case_of

pytestmark = pytest.mark.django_db
WRONG = re.compile("“知识产权清单”.*(?:选错了文件|the wrong file was chosen)")
TWO, EARLIER = json.loads((CASES / "archive/same-content-under-two-names.json").read_text())


def provided(engagement: Engagement, name: str, content: str) -> Material:
    """A piece with its file and the record of it, in whatever state the engagement is by now."""
    file = io.BytesIO(content.encode())
    with transaction.atomic():
        blob = vault.store(
            file=file,
            name=name,
            enterprise_id=engagement.enterprise_id,
            level=engagement.level,
            actor_id=None,
        )
        piece = Material.objects.create(
            engagement=engagement, name=name.rpartition(".")[0], blob=blob, state="accepted"
        )
        journal.record(
            operation="provide_material", clause="6.1.1", actor=None, subject=piece, case=case_of(piece), payload={},
            files=[blob.sha256],
        )  # fmt: skip
    return piece


def packed(engagement: Engagement, pack: str = "blob") -> tuple[list[str], str]:
    """The names of the files in the pack without their numbers, and its index."""
    kept = getattr(make_packs(engagement), pack)
    with vault.open_blob(kept) as content, zipfile.ZipFile(content) as archive:
        names = [name.split("-", 1)[1] for name in archive.namelist() if name.startswith("files/")]
        return names, archive.read("index.html").decode()


def test_the_pack_lists_both_names_of_one_content(world, answer):
    one = world.of(Engagement, Stage.ARCHIVED)
    files = [f"{step['provide']['material']}.txt" for step in TWO["steps"]]
    for name in files:
        provided(one, name, "示例内容甲")
    names, index = packed(one)
    got = [(name in names, name in index) for name in files]
    answer(
        "archive/same-content-under-two-names.json (both names in the pack)",
        right=[(True, True)] * 2,
        got=got,
    )
    archive = Archive.objects.get(engagement=one)
    lines = [
        line.name for line in index_lines(archive, Gathered(archive, staff(one)).names) if line.name in files
    ]
    answer("archive/same-content-under-two-names.json (both names on its cover)", right=files, got=lines)


@pytest.mark.parametrize("pack", ["blob", "client_blob"])
def test_the_pack_calls_a_file_as_its_own_record_does(pack, world, answer):
    one = world.of(Engagement, Stage.ARCHIVED)
    before = world.of(Engagement, Stage.ACCEPTED)
    assert before.enterprise_id == one.enterprise_id
    provided(before, "另一委托-旧文件名.txt", "示例内容乙")
    provided(one, "营业执照.txt", "示例内容乙")
    names, _index = packed(one, pack)
    got = [name for name in names if name in {"另一委托-旧文件名.txt", "营业执照.txt"}]
    answer(
        f"archive/same-content-under-two-names.json (given earlier elsewhere, {pack})",
        right=["营业执照.txt"],
        got=got,
    )


def test_a_file_replaced_since_is_in_the_pack_under_its_first_name(world, answer):
    one = world.of(Engagement, Stage.ARCHIVED)
    piece = provided(one, "旧执照.txt", "示例内容丙")
    piece.blob = provided(one, "新执照.txt", "示例内容丁").blob
    piece.save()
    names, _index = packed(one)
    got = sorted(name for name in names if "执照.txt" in name)
    answer("archive: a file replaced since", right=["新执照.txt", "旧执照.txt"], got=got)


def test_whoever_reviews_the_second_piece_is_told(world, answer):
    piece = world.of(Material, "provided")
    twin = Material.objects.create(
        engagement=piece.engagement, name="知识产权清单", blob=piece.blob, state="accepted"
    )
    page = world.visit("consultant").get(f"/material/{piece.pk}/do/review_material/").content.decode()
    answer(
        "archive/same-content-under-two-names.json (hint at review)",
        right=True,
        got=WRONG.search(page) is not None,
    )
    shown = world.visit("consultant").get(f"/material/{piece.pk}/").content.decode()
    answer("archive: the same on the page of the piece", right=True, got="知识产权清单" in shown)
    twin.delete()
    page = world.visit("consultant").get(f"/material/{piece.pk}/do/review_material/").content.decode()
    answer("archive: without a twin no hint", right=False, got=WRONG.search(page) is not None)
    assert provide_material.hint is None
