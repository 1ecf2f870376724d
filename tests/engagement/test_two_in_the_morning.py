"""What is done at two in the morning bears the day of the institution, on every paper and in every column."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import models
from django.utils import translation

from keqiao.accounts.models import Event, SecurityEvent
from keqiao.engagement.archive import archive_words
from keqiao.engagement.archive.own_names import own_names
from keqiao.engagement.archive.papers import archive as archive_paper
from keqiao.engagement.archive.service_line import service_line
from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.papers import progress
from keqiao.engagement.intake.models import Notice
from keqiao.engagement.intake.papers import intake
from keqiao.engagement.models import Archive, ArchiveSummary, Engagement, ProgressReport
from keqiao.faces.columns import shown
from keqiao.faces.resource import resources
from keqiao.faces.templatetags.keqiao import cell
from keqiao.kernel.files import vault
from keqiao.kernel.platform import clock
from keqiao.kernel.record.journal import record

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 3, 18, tzinfo=UTC)  # 2026-03-04, two in the morning
DAY = date(2026, 3, 4)


@pytest.fixture
def night(world):
    with clock.at(NIGHT), translation.override("zh-hans"):
        yield world


@pytest.fixture
def case(night):
    """An engagement commissioned at two in the morning."""
    engagement = night.of(Engagement, Stage.DELIVERED)
    Engagement.objects.filter(pk=engagement.pk).update(created_at=NIGHT)
    return Engagement.objects.get(pk=engagement.pk)


def notice(case, **fields):
    row = Notice(engagement=case, number="SL-2026-00009", **fields)
    row.time_limit = date(2026, 6, 1)
    return row


@pytest.mark.parametrize("paper", [intake.acceptance, intake.decline])
def test_a_notice(case, paper):
    data = paper(notice(case, reasons="示例", content="示例"))
    assert (data.commissioned_on, data.head.issued_on) == (DAY, DAY)


def test_the_summary_of_the_archive(case):
    assert "2026-03-04" in archive_words.time(case)
    assert "2026-03-03" not in archive_words.time(case)


def test_the_archive_and_its_catalogue(night, case):
    said = dict.fromkeys(("time", "content", "process", "effect", "evaluation"), "示例")
    ArchiveSummary.objects.update_or_create(engagement=case, defaults=said)
    blob = vault.store(
        file=BytesIO("夜里".encode()), name="夜.txt", enterprise_id=case.enterprise_id, level=1, actor_id=None
    )
    record(
        operation="report_progress",
        clause="6.3.4",
        actor=None,
        subject=case,
        case=case.journal_case,
        payload={},
        files=[blob.sha256],
        at=NIGHT,
    )
    data = archive_paper.cover(
        Archive(engagement=case, enterprise_id=case.enterprise_id, number="DA-2026-00009"),
        line=service_line(case, night.person("consultant")),
        names=own_names([blob], [case.journal_case]),
    )
    assert data.began_on == DAY
    assert [line.dated for line in data.index if line.sha256 == blob.sha256] == [DAY]


def test_the_service_in_the_clients_file(night, case):
    assert service_line(case, night.person("consultant")).began_on == DAY


def test_a_progress_report(case):
    report = ProgressReport.objects.create(
        engagement=case, sent_at=NIGHT, sent_by=case.consultant, done="示例"
    )
    data = progress.progress(report)
    assert (data.period_to, data.head.issued_on) == (DAY, DAY)


def moments(resource):
    for name in resource.columns:
        field = next((field for field in resource.model._meta.fields if field.name == name), None)
        if isinstance(field, models.DateTimeField):
            yield name


def test_every_column_of_every_list():
    seen = 0
    for resource in resources():
        for name in moments(resource):
            row = resource.model(**{name: NIGHT})
            words = str(shown(row, name))
            assert (words[:10], "2026-03-04" in cell(shown(row, name))) == ("2026-03-04", True), (
                resource.slug,
                name,
            )
            seen += 1
    assert seen > 5


def test_an_event_says_it_in_words():
    assert str(SecurityEvent(event=Event.SIGNED_IN, at=NIGHT)).startswith("2026-03-04 02:00")
