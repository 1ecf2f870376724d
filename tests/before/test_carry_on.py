"""A site of before is carried on: next steps, seals and packs over what was written under old names and new."""

import io
import json
import zipfile

import pytest
from django.utils import timezone
from tests.before.conftest import LATER
from tests.factories import files

from keqiao.accounts.models import User
from keqiao.catalogue.models import MilestoneTemplate, ServiceItem
from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.engagement.models import Archive, Engagement
from keqiao.faces import history
from keqiao.kernel.files import vault
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform import clock, outbox
from keqiao.kernel.platform.actors import VISITOR
from keqiao.kernel.record import sealing
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.record.verify import verify
from keqiao.kernel.steps.operation import get


def person(username: str) -> User:
    return User.objects.get(username=username)


def numbered(number: str) -> Engagement:
    return Engagement.objects.select_related("consultant").get(number=number)


def work() -> None:
    """What waits is due by the clock of the machine, which may be past the day of the fixture."""
    assert outbox.run_due(now=max(LATER, timezone.now())).failed == 0


def pack_of(engagement: Engagement, target) -> list[str]:
    """Its pack, written to `target`; the operations that its records name, in their order."""
    packed = Archive.objects.get(engagement=engagement)
    with vault.open_blob(packed.blob) as content:
        target.write_bytes(content.read())
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        records = archive.read("records.jsonl").splitlines()
    return [json.loads(line)["header"]["operation"] for line in records]


def test_what_waited_in_the_outbox_is_carried_out(before, tmp_path):
    """The pack that the site of before had not made yet: all its records are old."""
    waiting = numbered("WT-2026-00010")
    assert set(Outbox.objects.filter(state="waiting").values_list("topic", flat=True)) == {
        "archive-pack",
        "mail",
    }
    work()
    assert not Outbox.objects.filter(state="waiting").exists()
    assert len(pack_of(waiting, tmp_path / "pack.zip")) == 57
    assert verify(tmp_path / "pack.zip") == []


def test_an_engagement_goes_on_to_its_archive_and_a_pack_of_old_and_new(before, tmp_path):
    one = numbered("WT-2026-00002")
    assert (one.state, Entry.objects.filter(case=f"engagement:{one.pk}").count()) == (Stage.DELIVERED, 54)
    get("answer_complaint")(actor=one.consultant, complaint=one.complaints.get(), answer="已更正并重新盖章。")
    scores = [get_score(item.code) for item in satisfaction.load().items]
    get("answer_survey")(actor=VISITOR, survey=one.surveys.get(), scores=scores, comment="满意")
    texts = dict.fromkeys(("time", "content", "process", "effect", "evaluation"), "示例")
    get("write_archive_summary")(actor=one.consultant, engagement=numbered(one.number), **texts)
    get("archive_engagement")(actor=one.consultant, engagement=numbered(one.number))
    work()
    named = pack_of(one, tmp_path / "pack.zip")
    assert (len(named), named[0], named[53:]) == (
        58,
        "create_commission",
        [
            "file_complaint",
            "answer_complaint",
            "answer_survey",
            "write_archive_summary",
            "archive_engagement",
        ],
    )
    assert verify(tmp_path / "pack.zip") == []
    assert verify_log() == []


def get_score(code: str):
    from keqiao.engagement.delivery.operations.survey import Score

    return Score(item=code, points=9)


def test_a_suspended_engagement_is_resumed_and_sealed(before):
    one = numbered("WT-2026-00009")
    get("resume_engagement")(actor=one.consultant, engagement=one, reason="通知已公布")
    newest = Entry.objects.latest("pk")
    assert (newest.case, newest.case_n) == (f"engagement:{one.pk}", 43)
    sealing.seal(now=clock.now())
    newest.refresh_from_db()
    assert newest.n == 747
    assert verify_log() == []


def test_a_new_commission_takes_the_next_number(before):
    client = person("client1")
    item = ServiceItem.objects.get(code="5.8.a")
    made = get("create_commission")(
        actor=client, enterprise=numbered("WT-2026-00001").enterprise, item=item, title="示例续约", need="示例需求",
        contact_name="示例联系人",
    )  # fmt: skip
    assert made.number == "WT-2026-00011"
    assert [one.name for one in made.materials.all()] == ["示例资料"]
    material = made.materials.get()
    get("provide_material")(actor=client, material=material, file=files.pdf(mark="before"))
    assert verify_log() == []


def test_a_milestone_template_goes_on_in_its_case(before):
    row = MilestoneTemplate.objects.get(name="示例里程碑（改）")
    values = {"item": row.item, "name": "示例里程碑（再改）", "position": 0, "day": 15, "result": "初稿"}
    get("update_milestone_template")(actor=person("manager"), milestonetemplate=row, **values)
    lines = history.timeline(row, actor=person("manager"))
    assert [(line.number, line.label) for line in lines] == [(3, "修改"), (2, "修改"), (1, "新增")]
    named = [part for line in lines for part in line.detail.split("；") if part.startswith("名称")]
    assert named == ["名称：示例里程碑（再改）", "名称：示例里程碑（改）", "名称：示例里程碑"]
    newest = Entry.objects.latest("pk")
    assert (newest.case, newest.subject_type) == (f"planstep:{row.pk}", row._meta.label_lower)
    assert verify_log() == []


@pytest.mark.parametrize(("key", "name"), [("family-1", "自设服务（示例）")])
def test_a_repeated_request_of_before_has_its_answer(before, key, name):
    made = get("create_service_family")(actor=person("manager"), code="5.8", name=name, key=key)
    assert made.items.get().code == "5.8.a"
    assert Entry.objects.count() == 747


def test_a_request_under_the_old_name_of_its_step_has_its_answer_too(before):
    item = ServiceItem.objects.get(code="5.8.a")
    values = {"item": item, "name": "示例里程碑", "position": 0, "day": 10, "result": "初稿"}
    made = get("create_milestone_template")(actor=person("manager"), key="step-1", **values)
    assert made.name == "示例里程碑（改）"
    assert Entry.objects.count() == 747
