"""6.5: the service file of an enterprise as page, Excel, PDF and pack; a service that lacks one of the five is a finding."""

import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from keqiao.accounts.models import SecurityEvent
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import ArchiveSummary, Engagement
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.record import merkle
from keqiao.oversight.queries import service_file

NOT_YET = {"draft", "submitted", "correcting", "reviewed", "accepted", "declined", "cancelled"}


def address(world, form=""):
    return f"/enterprises/{world.ours.pk}/service-file" + (f".{form}" if form else "/")


def read(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_line_for_every_service_received(world, db):
    file = service_file(world.ours, actor=SYSTEM)
    served = Engagement.objects.filter(enterprise=world.ours).exclude(state__in=NOT_YET)
    assert sorted(one.row.pk for one in file.services) == sorted(served.values_list("pk", flat=True))
    assert {one.line.item for one in file.services} == {world.cast.item.code}


def test_the_five_are_those_of_the_archive_summary(world, db):
    archived = world.of(Engagement, Stage.ARCHIVED)
    summary = ArchiveSummary.objects.get(engagement=archived)
    [line] = [one.line for one in service_file(world.ours, actor=SYSTEM).services if one.row == archived]
    assert (line.time, line.content, line.process, line.effect, line.evaluation) == (
        summary.time, summary.content, summary.process, summary.effect, summary.evaluation,
    )  # fmt: skip
    assert line.lacking == ()


def test_what_has_ended_and_lacks_one_is_a_finding_and_what_runs_is_none(world, db):
    delivered = world.of(Engagement, Stage.DELIVERED)
    ArchiveSummary.objects.filter(engagement=delivered).delete()
    running = world.of(Engagement, Stage.IMPLEMENTING)
    file = service_file(world.ours, actor=SYSTEM)
    lacking = {one.row.pk: one.line.lacking for one in file.services}
    assert ("process" in lacking[delivered.pk], lacking[running.pk]) == (True, ())
    assert delivered.pk in {one.service.row.pk for one in file.findings}


@pytest.mark.parametrize(
    ("who", "status"),
    [("manager", 200), ("auditor", 200), ("consultant", 200), ("client", 404), ("expert", 404),
     ("system administrator", 404)],
)  # fmt: skip
@pytest.mark.parametrize("form", ["", "xlsx", "pdf"])
def test_who_opens_it(world, db, who, status, form):
    assert world.visit(who).get(address(world, form)).status_code == status


def test_another_consultant_reads_none_of_its_lines(world, db):
    file = service_file(world.ours, actor=world.person("outsider"))
    assert file.services == []


NOT_ALL = "该服务对象有您无权查看的服务"


@pytest.mark.parametrize("form", ["pdf", "xlsx", "zip"])
@pytest.mark.parametrize("own", [0, 1])
def test_only_the_whole_file_is_given_out(world, db, form, own):
    """Who sees none of the services, or one of them, takes out no file that says “none” or “complete” of all."""
    outsider = world.person("outsider")
    Engagement.objects.filter(pk=world.of(Engagement, Stage.ARCHIVED).pk).update(
        consultant=outsider if own else world.person("consultant")
    )
    answer = world.visit("outsider").get(address(world, form))
    assert (answer.status_code, NOT_ALL in read(answer).decode()) == (422, True)


def test_the_page_of_a_part_says_neither_none_nor_complete(world, db):
    page = world.visit("outsider").get(address(world)).content.decode()
    assert (NOT_ALL in page, "尚无服务" in page, "service-file.pdf" in page) == (True, False, False)
    whole = world.visit("manager").get(address(world)).content.decode()
    assert (NOT_ALL in whole, "service-file.pdf" in whole) == (False, True)


def test_an_enterprise_without_any_service_has_none(world, db):
    Engagement.objects.filter(enterprise=world.theirs).update(state=Stage.CANCELLED)
    file = service_file(world.theirs, actor=world.person("outsider"))
    assert (file.services, file.is_partial) == ([], False)


def test_a_visitor_is_asked_to_sign_in(world, db):
    assert world.visit("visitor").get(address(world)).status_code == 302


def test_the_sheet_has_a_row_a_service(world, db):
    answer = world.visit("manager").get(address(world, "xlsx"))
    [head, *rows] = load_workbook(io.BytesIO(read(answer))).active.iter_rows(values_only=True)
    assert head == (
        "服务事项",
        "服务",
        "开始日期",
        "结束日期",
        "时间",
        "内容",
        "过程",
        "成效",
        "评价",
        "缺少",
    )
    assert [row[1] for row in rows] == [
        one.line.title for one in service_file(world.ours, actor=world.person("manager")).services
    ]


def test_the_paper_names_the_enterprise_and_every_service(world, db):
    answer = world.visit("manager").get(address(world, "pdf"))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(read(answer))).pages)
    squeezed = "".join(text.split())
    file = service_file(world.ours, actor=world.person("manager"))
    wanted = [world.ours.name, "服务对象服务档案", "服务评价", *(one.row.number for one in file.services)]
    assert [one for one in wanted if "".join(one.split()) not in squeezed] == []


def test_the_page_shows_what_is_lacking_first(world, db):
    delivered = world.of(Engagement, Stage.DELIVERED)
    ArchiveSummary.objects.filter(engagement=delivered).delete()
    page = world.visit("manager").get(address(world)).content.decode()
    assert page.index("待补记录") < page.index("所受服务" if "所受服务" in page else "开始日期")


def test_what_is_taken_out_is_logged(world, db):
    world.visit("manager").get(address(world, "xlsx"))
    assert SecurityEvent.objects.order_by("-pk").first().detail == "service-file|xlsx"


def test_without_a_seal_there_is_no_pack_and_it_says_so(world, db):
    answer = world.visit("manager").get(address(world, "zip"))
    assert (answer.status_code, "每分钟封存" in answer.content.decode()) == (422, True)


def test_a_case_that_holds_something_closed_is_left_out_whole(world, db):
    running = world.of(Engagement, Stage.IMPLEMENTING)
    manager = world.person("manager")
    case = f"engagement:{running.pk}"
    assert service_file(world.ours, actor=manager).closed == frozenset()
    running.milestones.update(level=Level.CORE_TRADE_SECRET)
    entry = Entry.objects.filter(case=case).first()
    about = running.milestones.first()
    Entry.objects.create(
        at=datetime(2026, 3, 2, tzinfo=UTC), actor_label="示例", operation="deliver_milestone", clause="6.3.4",
        subject_type="engagement.milestone", subject_id=about.pk, case=case, case_n=10_000, header=entry.header,
        leaf=merkle.leaf_hash(b""),
    )  # fmt: skip
    assert service_file(world.ours, actor=manager).closed == {case}
