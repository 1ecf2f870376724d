"""The demo, loaded once: what a visitor finds in it, and that all of it came by the operations."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from tests.patience import PATIENCE

from keqiao.accounts.models import Event, SecurityEvent, User
from keqiao.config.demo import finished
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.demo.shown import SHOWN
from keqiao.engagement.models import Complaint, Contract, Engagement, Questionnaire
from keqiao.enterprises.models import Enterprise, Tag
from keqiao.imports.models import Import
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.record.audit import verify_log
from keqiao.organisation.models import Institution

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOME = Path(__file__).parents[2]
LABEL = "（演示）"


@pytest.fixture
def demo(on_demo, settings):
    settings.DEMO = True


def of(code):
    return Engagement.objects.get(item__code=code)


def test_twenty_engagements_stand_where_they_are_to_be_shown(demo):
    assert finished()
    found = {one.item.code: one.state for one in Engagement.objects.select_related("item")}
    assert found == {code: str(state) for code, state, _days in SHOWN}
    assert len(found) == 20


def test_the_administrators_came_by_an_invitation_nobody_sent(demo):
    admins = User.objects.filter(username__in=["sysadmin", "secadmin", "auditadmin"]).order_by("pk")
    assert [sorted(one.roles) for one in admins] == [["system_admin"], ["security_admin"], ["audit_admin"]]
    for one in admins:
        assert one.check_password("keqiao-demo-2026")
        events = SecurityEvent.objects.filter(user=one).order_by("pk").values_list("event", "actor")
        assert (Event.INVITED, None) in events
        assert (Event.INVITATION_USED, None) in events


def test_a_plan_was_adjusted_by_the_clients_choice(demo):
    one = of("5.5.d")
    adjustment = one.adjustments.get()
    assert (adjustment.state, adjustment.chosen.name) == ("chosen", "分两批提交")
    assert adjustment.chosen_by.enterprise_id == one.enterprise_id
    assert list(one.plans.order_by("edition").values_list("edition", "state")) == [
        (1, "superseded"),
        (2, "confirmed"),
    ]


def test_a_contract_was_amended_and_runs_thirty_days_longer(demo):
    amendment = of("5.1.f").contracts.get().amendments.get()
    assert amendment.state == "signed"
    assert amendment.signed_copy is not None
    draft = Entry.objects.get(operation="draft_contract", case=f"engagement:{amendment.engagement_id}")
    first = draft.said.value["ends_on"]
    assert (amendment.contract.ends_on - amendment.contract.begins_on).days == 30 + (
        amendment.contract.ends_on.fromisoformat(first) - amendment.contract.begins_on
    ).days


def test_a_questionnaire_is_out_and_two_of_three_have_answered(demo):
    made = Questionnaire.objects.get()
    assert (made.state, made.engagement_id) == ("open", of("5.4.c").pk)
    assert [one.answers for one in made.links.order_by("pk")] == [
        {"1": "低温封装工艺", "2": "许可", "3": 7},
        {"1": "在线检测方法", "2": "作价入股", "3": 6},
        {},
    ]


def test_a_partner_and_a_sample_received_and_returned(demo):
    assert [one.name for one in of("5.1.f").partners.all()] == ["某检测技术研究所（演示）"]
    kept = of("5.3.c").custodies.get()
    assert (kept.returned_on - kept.received_on).days > 0


def test_a_complaint_waits_and_a_suggestion_was_answered(demo):
    found = Complaint.objects.order_by("pk").values_list("engagement__item__code", "kind", "state")
    assert sorted(found) == [("5.3.c", "suggestion", "answered"), ("5.3.d", "complaint", "filed")]


def test_one_contract_waits_for_the_manager(demo):
    (waiting,) = Contract.objects.filter(state=ContractState.IN_APPROVAL)
    assert (waiting.engagement.item.code, waiting.engagement.state) == ("5.7.a", "accepted")


def test_two_tags_and_a_list_of_three(demo):
    tags = {one.name: Enterprise.objects.filter(tags=one).count() for one in Tag.objects.all()}
    assert tags == {"专精特新培育（演示）": 8, "知识产权重点（演示）": 6}
    source = Import.objects.get()
    assert (source.state, source.rows, source.new, source.wrong) == ("applied", 3, 3, 0)
    assert Enterprise.objects.count() == 43


def test_everything_is_plainly_invented(demo):
    assert [one.name for one in Enterprise.objects.all() if not one.name.endswith(LABEL)] == []
    assert [one.name for one in User.objects.all() if not one.name.endswith(LABEL)] == []
    assert Institution.objects.get().name == "科桥演示服务中心（虚构）"


def test_every_row_came_by_a_step_and_the_record_is_whole(demo):
    steps = Counter(Entry.objects.values_list("operation", flat=True))
    assert steps["create_commission"] == 20
    assert steps["create_enterprise"] == 40
    assert steps["grant_role"] == 6
    assert steps["finish_import_of_enterprises"] == 1
    assert list(verify_log()) == []
    assert not Outbox.objects.exclude(state=Outbox.State.DONE).exists()


def test_steps_of_a_case_follow_each_other_and_none_lies_ahead(demo):
    times: dict[str, list] = {}
    for case, at in Entry.objects.order_by("case", "case_n").values_list("case", "at"):
        times.setdefault(case, []).append(at)
    assert [case for case, steps in times.items() if steps != sorted(steps)] == []
    assert max(timezone.localdate(at) for steps in times.values() for at in steps) <= timezone.localdate()


def shape(text):
    """Without numbers and keys, which are others on each site."""
    return re.sub(r"[0-9a-f]{64}|[0-9]+", "0", text)


@pytest.mark.parametrize("verifier", ["of the pack", "of ours"])
def test_the_finished_pack_checks_and_both_readmes_show_what_is_said(demo, tmp_path, verifier):
    (pack,) = Path(settings.VAR, "demo").glob("*.zip")
    taken_out = ["-m", "zipfile", "-e", str(pack), str(tmp_path)]
    subprocess.run([sys.executable, *taken_out], check=True, timeout=PATIENCE)
    ours = ["-m", "keqiao.config.main", "verify"]
    command = [str(tmp_path / "verify.py")] if verifier == "of the pack" else ours
    called = [sys.executable, *command, str(pack)]
    done = subprocess.run(called, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("README.md", "README.zh.md"):
        assert shape(done.stdout) in shape((HOME / name).read_text())
