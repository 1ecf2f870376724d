"""The main job: a commission carried by client, consultant and manager through 6.1 to 6.5, in the browser, in Chinese.

The client is on a phone. At the end an outsider checks the archive pack with nothing but what is in it.
"""

import json
import re
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from tests.factories import files, organisation

from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Archive, Deliverable, Engagement, Material, Milestone, Plan
from keqiao.kernel.platform import clock, outbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RIGHTS = {"client_rights": "知情", "client_duties": "配合", "our_rights": "收费", "our_duties": "保密"}


def day(n=0):
    return (clock.today() + timedelta(days=n)).isoformat()


@pytest.fixture
def paper(tmp_path):
    def paper(name, mark):
        path = tmp_path / name
        path.write_bytes(files.PDF + f"%{mark}\n".encode())
        return path

    return paper


def work_off():
    """What the worker does between the steps."""
    outbox.run_due(now=clock.now() + timedelta(minutes=1))


def one():
    return Engagement.objects.get()


def test_from_commission_to_checked_archive(enter, visitor, cast, paper, tmp_path):
    client = enter("client", width=390)
    commission(client, paper)
    consultant = enter("consultant")
    review(consultant, client, paper)
    manager = enter("manager")
    contract(consultant, manager, paper)
    group(consultant, cast)
    investigation(consultant)
    plan(consultant, client)
    implementation(consultant, client, paper)
    delivery(consultant, client, paper)
    survey(visitor)
    pack = archive(consultant, tmp_path)
    checks(pack, tmp_path)


def commission(client, paper):
    client.open("/")
    client.page.locator('a[href="/commission/"]').first.click()
    client.look()
    client.page.locator('a[href="/commission/5.3/"]').first.click()
    client.look()
    client.page.locator("button[name=item]").first.click()
    client.page.wait_for_url("**/commission/need/")
    client.look()
    client.fill({"title": "高企认定", "need": "今年申报高新技术企业", "contact_name": "示例客户丙"})
    client.send()
    client.page.wait_for_url("**/commission/check/")
    client.look()
    client.put("truthful", True)
    client.send()
    client.page.wait_for_url("**/material/")
    assert one().state == Stage.SUBMITTED
    for piece in Material.objects.filter(required=True):
        give(client, piece, paper)
    assert not Material.objects.filter(required=True, state=MaterialState.REQUESTED).exists()


def give(client, piece, paper):
    client.open(f"/engagements/{piece.engagement_id}/material/")
    form = client.page.locator(f'form[action="/material/{piece.pk}/do/provide_material/"]')
    if not form.is_visible():
        client.page.locator("details", has=form).locator("summary").click()
    form.locator("input[type=file]").set_input_files(
        str(paper(f"资料{piece.pk}.pdf", f"{piece.pk} v{piece.version}"))
    )
    form.locator("button:not([type=button])").last.click()
    client.page.wait_for_load_state("load")


def review(consultant, client, paper):
    pk = one().pk
    first, *rest = Material.objects.filter(state=MaterialState.PROVIDED).order_by("pk")
    consultant.take("review_material", "material", first.pk, verdict="to_correct", reason="印章不清")
    consultant.take("request_correction", "engagements", pk, note="请重新扫描")
    client.open("/")
    give(client, first, paper)
    client.take("resubmit_commission", "engagements", pk)
    for piece in (first, *rest):
        consultant.take("review_material", "material", piece.pk, verdict="accepted")
    consultant.take(
        "record_site_visit",
        "engagements",
        pk,
        visited_on=day(),
        place="示例厂区",
        people="示例客户丙",
        findings="生产线在用",
    )
    consultant.take(
        "finish_review", "engagements", pk, site_visit_needed=False, no_visit_reason="材料足以判断"
    )
    consultant.take("decide_feasibility", "engagements", pk, feasible=True, grounds="条件具备")
    consultant.take(
        "accept_commission", "engagements", pk, content="高企认定申报", time_limit=day(60), **RIGHTS
    )
    assert one().state == Stage.ACCEPTED


def contract(consultant, manager, paper):
    consultant.take(
        "draft_contract",
        "engagements",
        one().pk,
        begins_on=day(),
        ends_on=day(90),
        place="示例园区",
        secrecy_years=3,
    )
    made = one().contracts.get()
    consultant.open(f"/contracts/{made.pk}/")
    assert "6.2.d" in consultant.text()  # while writing, the page says what is missing
    row = {"name": "全款", "amount": "50000.00", "due_on": day(30)}
    consultant.take("set_fee_schedule", "contracts", made.pk, fees=[row])
    consultant.take("submit_contract", "contracts", made.pk)
    consultant.open(f"/contracts/{made.pk}/")
    assert consultant.page.locator(f'a[href^="/contracts/{made.pk}/do/approve_contract/"]').count() == 0
    manager.take("approve_contract", "contracts", made.pk)
    consultant.take("send_contract", "contracts", made.pk)
    consultant.take(
        "store_signed_contract",
        "contracts",
        made.pk,
        signed_copy=paper("签署合同.pdf", "signed"),
        signed_on=day(),
    )
    assert one().state == Stage.CONTRACTED


def group(consultant, cast):
    pk = one().pk
    for skill in one().item.competences.all():
        organisation.able(user=cast["consultant"], competence=skill)
    consultant.take("add_member", "engagements", pk, user=cast["consultant"].pk, role="leader", duty="牵头")
    consultant.take("add_member", "engagements", pk, user=cast["client"].pk, role="client", duty="提供资料")
    member = one().members.get(user=cast["consultant"])
    consultant.take("sign_undertaking", "members", member.pk)
    consultant.take("form_group", "engagements", pk)


def investigation(consultant):
    pk = one().pk
    consultant.take("analyse_material", "engagements", pk, what="知识产权清单", result="九件有效")
    consultant.take(
        "record_interview",
        "engagements",
        pk,
        held_on=day(),
        people="示例总工",
        questions="研发投入？",
        answers="约百分之六",
    )
    consultant.take("record_finding", "engagements", pk, text="研发费用归集不全", consequence="先补台账")
    consultant.take("finish_investigation", "engagements", pk)
    assert one().state == Stage.PLANNING


def plan(consultant, client):
    consultant.take("draft_plan", "engagements", one().pk, content="补台账、写申报书、预审")
    made = Plan.objects.get()
    consultant.take("send_plan", "plans", made.pk)
    made.refresh_from_db()
    client.open(f"/engagements/{one().pk}/plan/")
    assert made.sha256[:8] in client.text()
    client.send()
    made.refresh_from_db()
    assert (made.state, one().state) == ("confirmed", Stage.IMPLEMENTING)


def implementation(consultant, client, paper):
    pk = one().pk
    consultant.take(
        "log_guidance",
        "engagements",
        pk,
        given_on=day(),
        channel="phone",
        question="如何归集？",
        advice="按项目归集",
    )
    consultant.take("add_working_data", "engagements", pk, name="研发台账", analysis="已按项目整理")
    consultant.take("send_progress_report", "engagements", pk, done="台账完成", next_steps="写申报书")
    consultant.take(
        "engage_partner",
        "engagements",
        pk,
        name="示例会计师事务所（虚构）",
        service="专项审计",
        undertaking=True,
    )
    options = [{"name": "延期", "text": "延后一个月"}, {"name": "减项", "text": "不做附件三"}]
    consultant.take(
        "offer_adjustment", "engagements", pk, reason="政策调整", basis="示例通知", options=options
    )
    offered = one().adjustments.get()
    client.take(
        "choose_adjustment", "adjustments", offered.pk, option=offered.options.order_by("pk").last().pk
    )
    assert [one.state for one in Plan.objects.order_by("edition")] == ["superseded", "confirmed"]
    for milestone in Milestone.objects.filter(plan__state="confirmed").order_by("pk"):
        consultant.take(
            "deliver_milestone",
            "milestones",
            milestone.pk,
            note="已核对",
            file=paper(f"阶段{milestone.pk}.pdf", "stage"),
        )


def delivery(consultant, client, paper):
    row = {"name": "高企申报书", "due_on": day(30), "form": "Word"}
    consultant.open(f"/engagements/{one().pk}/do/plan_deliverable/")
    offered = consultant.page.locator('[name^="deliverables-"][name$="-name"]').evaluate_all(
        "all => all.filter(x => x.value).length"
    )
    if offered:
        consultant.send("plan_deliverable")
    else:
        consultant.take("plan_deliverable", "engagements", one().pk, deliverables=[row])
    for made in Deliverable.objects.order_by("pk"):
        given = paper(f"成果{made.pk}.pdf", f"result {made.pk}")
        consultant.take(
            "hand_over_deliverable", "deliverables", made.pk, file=given, quality_check="逐条核对，符合约定"
        )
    first = Deliverable.objects.order_by("pk").first()
    client.take("return_deliverable", "deliverables", first.pk, reason="缺少附件")
    given = paper("成果补正.pdf", "second")
    consultant.take(
        "hand_over_deliverable", "deliverables", first.pk, file=given, quality_check="附件已补，符合约定"
    )
    for made in Deliverable.objects.order_by("pk"):
        client.take("accept_deliverable", "deliverables", made.pk)
    assert one().state == Stage.DELIVERED


def survey(visitor):
    """It went out by itself; the link needs no account and answers once."""
    mail.outbox.clear()
    for _turn in range(2):  # the survey is made, then its letter is sent
        work_off()
    [link] = {found for letter in mail.outbox for found in re.findall(r"/s/[\w-]+/", letter.body)}
    visitor.open(link)
    for name in visitor.page.locator("input[type=radio]").evaluate_all(
        "all => [...new Set(all.map(x => x.name))]"
    ):
        if visitor.page.locator(f'[name="{name}"][value="9"]').count():
            visitor.put(name, "9")
    visitor.page.locator("button[data-main]").click()
    visitor.page.wait_for_load_state("load")
    assert one().surveys.get().answered_at is not None
    assert visitor.page.request.get(link).status == 404


def archive(consultant, tmp_path):
    pk = one().pk
    consultant.take(
        "write_archive_summary", "engagements", pk, effect="申报书通过预审", evaluation="客户评价九分"
    )
    consultant.take("archive_engagement", "engagements", pk)
    assert one().state == Stage.ARCHIVED
    work_off()
    made = Archive.objects.get()
    assert made.blob_id
    consultant.open(f"/archives/{made.pk}/")
    return consultant.download(f"/files/{made.blob_id}/", tmp_path / "archive.zip")


def checks(pack, folder):
    """With the verifier out of the pack itself, in a process that knows nothing of this program."""
    with zipfile.ZipFile(pack) as whole:
        contents = {name: whole.read(name) for name in whole.namelist()}
    (folder / "verify.py").write_bytes(contents["verify.py"])
    code, said = verify(folder, pack)
    assert code == 0, said
    records = [json.loads(line) for line in contents["records.jsonl"].splitlines()]
    assert len(records) >= 40
    given = next(name for name in contents if name.startswith("files/"))
    for name in (given, "records.jsonl", "seals.jsonl"):
        changed = bytearray(contents[name])
        changed[len(changed) // 2] ^= 1
        other = written(folder / "changed.zip", {**contents, name: bytes(changed)})
        code, said = verify(folder, other)
        assert code == 1
        assert name in said, (name, said)


def verify(folder, pack):
    command = [sys.executable, "-I", str(folder / "verify.py"), str(pack)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, env={"PYTHONIOENCODING": "utf-8"}
    )
    return done.returncode, done.stdout + done.stderr


def written(path, contents):
    with zipfile.ZipFile(path, "w") as other:
        for name, data in contents.items():
            other.writestr(name, data)
    return path
