"""A step, and the import and export of the list, through page, API and command; one command as a process of its own."""

import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.every_operation.sending import as_json
from tests.factories.lists import counts, table, upload
from tests.factories.processes import environment
from tests.sample.examples import loan
from tests.sample.models import Loan
from tests.sample.states import LoanState

from keqiao.accounts.models import Event, SecurityEvent
from keqiao.config.main import _parser
from keqiao.imports.models import Import
from keqiao.imports.operations.applying import run_import

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
HEAD = "服务对象,设备,用途,需用日期"
CHECK, APPLY = "check_import_of_loans", "apply_import"


@pytest.fixture
def out(world):
    return loan(world, LoanState.LENT, equipment="示例离心机")


def listing(world, name):
    return table(f"{world.ours.uscc},{name},测试,2026-05-04", head=HEAD)


def command(*line):
    args = _parser().parse_args(list(line))
    assert args.call(args) == 0


def returned(item):
    item.refresh_from_db()
    return item.state, item.returned_on, item.condition


def imported(name):
    """The worker writes what was asked for; the loan that the list named."""
    [source] = Import.objects.filter(list_slug="loans", state="queued")
    assert counts(source) == (1, 1, 0, 0, 0)
    run_import(pk=source.pk)
    return Loan.objects.get(equipment=name)


def test_step_by_its_page(world, out):
    answer = world.visit("consultant").post(
        reverse("loans-do", args=[out.pk, "return_equipment"]),
        {"condition": "完好", "expected_version": out.version, "idempotency_key": "示例键"},
    )
    assert (answer.status_code, returned(out)) == (302, ("returned", TODAY, "完好"))


def test_step_by_its_endpoint(world, out):
    answer = world.visit("consultant").post(
        f"/api/v1/loans/{out.pk}/return-equipment/", {"condition": "完好"}, content_type="application/json"
    )
    assert (answer.json()["state"], returned(out)) == ("returned", ("returned", TODAY, "完好"))


@pytest.mark.django_db(transaction=True)
def test_step_by_a_command_as_a_process(world, out):
    who = world.person("consultant").username
    line = ["run", "--as", who, "return-equipment", str(out.pk), "--condition", "完好"]
    done = subprocess.run(
        [sys.executable, "-m", "keqiao.config.main", *line],
        env=environment(settings.VAR), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, f"return_equipment: {out} (id {out.pk})\n"), done.stderr
    assert returned(out) == ("returned", timezone.localdate(), "完好")


def test_import_by_the_page(world):
    browser = world.visit("consultant")
    answer = browser.post(
        reverse("imports-create", args=[CHECK]),
        {"file": listing(world, "示例新设备"), "idempotency_key": "示例键"},
    )
    [source] = Import.objects.filter(list_slug="loans", state="checked", new=1)
    assert answer.url == reverse("imports-detail", args=[source.pk])
    assert "示例新设备" not in Loan.objects.values_list("equipment", flat=True)
    browser.post(reverse("imports-do", args=[source.pk, APPLY]), {"expected_version": source.version})
    assert imported("示例新设备").number.startswith("SBJY-2026-")


def test_import_by_the_endpoint(world):
    browser = world.visit("consultant")
    answer = browser.post(
        "/api/v1/imports/check-import-of-loans/", {"file": as_json(listing(world, "示例新设备"))},
        content_type="application/json",
    )  # fmt: skip
    browser.post(f"/api/v1/imports/{answer.json()['id']}/apply-import/", {}, content_type="application/json")
    assert imported("示例新设备").wanted_on == date(2026, 5, 4)


def test_import_by_commands(world, tmp_path):
    who, path = world.person("consultant").username, tmp_path / "名单.csv"
    path.write_bytes(listing(world, "示例新设备").read())
    command("run", "--as", who, "check-import-of-loans", "--file", str(path))
    command("run", "--as", who, "apply-import", str(Import.objects.latest("pk").pk))
    assert imported("示例新设备").enterprise == world.ours


def test_export_by_the_page(world, out):
    answer = world.visit("consultant").get("/loans/export.xlsx?state=lent&q=示例离心机")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows] == [("编号", "设备"), (out.number, "示例离心机")]


def test_export_by_the_command_is_told_to_whoever_keeps_the_log(world, out, tmp_path):
    who, target = world.person("consultant"), tmp_path / "借用.xlsx"
    command("export", "--as", who.username, "--where", "state=lent&q=示例离心机", "loans", str(target))
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["设备", "示例离心机"]
    event = SecurityEvent.objects.latest("pk")
    assert (event.event, event.user, event.detail) == (Event.LIST_EXPORTED, who, "loans|xlsx")


def test_export_by_the_api(world, out):
    rows = world.visit("consultant").get("/api/v1/loans/?state=lent&q=示例离心机").json()["items"]
    assert [(row["number"], row["due_on"]) for row in rows] == [(out.number, "2027-05-31")]


def test_what_is_exported_is_imported_as_unchanged(world, out):
    browser = world.visit("consultant")
    filled = b"".join(browser.get("/imports/filled/loans.csv").streaming_content)
    browser.post(
        reverse("imports-create", args=[CHECK]),
        {"file": upload(filled), "idempotency_key": "示例键"},
    )
    # Three of the world's loans are of one client and one equipment: which of them a row means isn't guessed.
    assert counts(Import.objects.latest("pk")) == (4, 0, 0, 1, 3)
