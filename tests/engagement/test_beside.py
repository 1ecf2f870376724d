"""What a step is about stands beside its form; and the record says what a step was given."""

from decimal import Decimal

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.material import provide_material
from keqiao.engagement.models import Material, QuestionKind
from keqiao.engagement.preparation.operations.questionnaire import QuestionRow
from keqiao.faces.history import timeline
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def piece():
    one = make.engagement(state=Stage.SUBMITTED)
    material = Material.objects.create(engagement=one, name="审计报告", proves="研发费用占比")
    return provide_material(material=material, actor=one.consultant, file=make.upload("二〇二五审计报告.pdf"))


def aside(person, path):
    page = browser_of(person, language="zh-hans").get(path).content.decode()
    _before, found, rest = page.partition('<aside class="kq-aside">')
    return rest.partition("</aside>")[0] if found else ""


def test_whoever_reviews_material_sees_which_and_can_open_it(piece):
    beside = aside(piece.engagement.consultant, f"/material/{piece.pk}/do/review_material/")
    assert "审计报告" in beside
    assert "研发费用占比" in beside
    assert f'<a href="/files/{piece.blob_id}/">二〇二五审计报告.pdf</a>' in beside


def test_a_step_on_the_engagement_shows_the_commission(piece):
    one = piece.engagement
    assert "示例需求" in aside(one.consultant, f"/engagements/{one.pk}/do/finish_review/")


def test_a_client_is_shown_the_form_alone(piece):
    client = make.client_of(piece.engagement.enterprise)
    path = f"/material/{piece.pk}/do/provide_material/"
    assert browser_of(client).get(path).status_code == 200
    assert aside(client, path) == ""


def test_the_record_reads_the_rows_of_a_list():
    contract = make.drafted()
    [line, *_earlier] = timeline(contract, actor=contract.drafted_by)
    assert line.detail == "Fee schedule：首期 30000.00 2026-03-20、尾款 77000.53 2026-07-10"


def test_of_a_long_list_the_record_reads_three_and_says_how_many():
    fees = tuple(make.FeeRow(name=f"第{n}期", amount=Decimal(n), due_on=make.ENDS) for n in (1, 2, 3, 4))
    contract = make.drafted(fees=fees)
    [line, *_earlier] = timeline(contract, actor=contract.drafted_by)
    assert line.detail == "Fee schedule：第1期 1 2026-06-30、第2期 2 2026-06-30、第3期 3 2026-06-30 … (4)"


def test_a_choice_in_a_row_is_read_by_its_name():
    one = make.engagement(state=Stage.INVESTIGATING)
    asked = [
        QuestionRow("研发投入占比？", QuestionKind.TEXT),
        QuestionRow("方式？", QuestionKind.CHOICE, "许可；转让"),
    ]
    get("build_questionnaire")(engagement=one, actor=one.consultant, title="示例问卷", questions=asked)
    [line] = [line for line in timeline(one, actor=one.consultant) if "研发投入" in line.detail]
    assert "研发投入占比？ Free text、方式？ One of several 许可；转让" in line.detail
