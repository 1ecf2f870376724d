"""What the generated tests are given: rows by the module's own steps, and each step once."""

from datetime import date, timedelta
from typing import Any

from tests.declared import paper_sample, row, seen
from tests.documents.paper_samples import HEAD
from tests.every_operation.example import CLIENT, IN_CHARGE, NOBODY, STAFF, example, retiring
from tests.factories.lists import importing
from tests.factories.numbers import numbers
from tests.sample.models import Calibration, Instrument, Loan
from tests.sample.papers.calibration_sheet import CalibrationSheetData
from tests.sample.papers.loan_slip import LoanSlipData
from tests.sample.states import CalibrationState, LoanState

from keqiao.kernel.steps.operation import get

WANTED, DUE = date(2027, 5, 3), date(2027, 5, 31)  # far from the days that other tests look at


def asked(world: Any, **more: Any) -> dict[str, Any]:
    purpose = f"样机测试{world.cast.mark}"
    return {
        "enterprise": world.cast.enterprise, "equipment": "示例光谱仪", "purpose": purpose, "wanted_on": WANTED,
        "level": world.cast.enterprise.level, **more,
    }  # fmt: skip


def loan(world: Any, state: str = LoanState.REQUESTED, *, due_on: date = DUE, **more: Any) -> Loan:
    by = world.person("consultant")
    made = get("create_loan")(actor=by, **asked(world, **more))
    if state != LoanState.REQUESTED:
        made = get("lend_equipment")(loan=made, actor=by, due_on=due_on)
    if state == LoanState.RETURNED:
        made = get("return_equipment")(loan=made, actor=by, condition="完好")
    return Loan.objects.get(pk=made.pk)


for state in LoanState:
    row(lambda world, state=state: loan(world, state), state=state, of_client=True)
example("create_loan", by="consultant", allowed=IN_CHARGE, form_opens_to=STAFF, values=lambda w, s: asked(w))
example(
    "update_loan", by="consultant", allowed=IN_CHARGE, values=lambda w, s: asked(w),
    subject=lambda world, _state: world.of(Loan, LoanState.REQUESTED),
)  # fmt: skip
example(
    "lend_equipment", by="consultant", allowed=IN_CHARGE, nested=("keep_loan_slip",),
    values=lambda w, s: {"due_on": date(2027, 6, 30)}, others=lambda w, s: {"due_on": date(2027, 7, 30)},
)  # fmt: skip
example(
    "return_equipment", by="client", allowed=IN_CHARGE | CLIENT, values=lambda w, s: {"condition": "完好"},
    others=lambda w, s: {"condition": "外壳有划痕"},
)  # fmt: skip
example(
    "keep_loan_slip", by="system", allowed=NOBODY, not_exposed="follows when equipment is handed out",
    subject=lambda world, _state: world.of(Loan, LoanState.LENT),
)  # fmt: skip
paper_sample(
    LoanSlipData(head=HEAD, borrower="示例科技（虚构）", equipment="示例光谱仪", purpose="样机测试", lent_on=WANTED, due_on=DUE),
    "设备借用单", "示例光谱仪", "2027年5月31日",
)  # fmt: skip
importing(
    "loans",
    lambda w: f"enterprise,设备,用途,需用日期\n{w.ours.uscc},示例导入设备,测试,2027-05-01\n",
    by="consultant",
    allowed=STAFF,
)


def instrument(world: Any) -> Instrument:
    return Instrument.objects.create(name=f"示例仪器{next(numbers)}{world.cast.mark}", serial="SN-1")


def planned(world: Any, **more: Any) -> dict[str, Any]:
    return {"keeper": world.person("consultant"), "due_on": WANTED, **more}


def calibration(world: Any, state: str = CalibrationState.PLANNED, **more: Any) -> Calibration:
    by = world.person("consultant")
    made = get("create_calibration")(actor=by, **planned(world, instrument=instrument(world), **more))
    if state != CalibrationState.PLANNED:
        fit = state == CalibrationState.FIT
        made = get("record_calibration")(calibration=made, actor=by, **found(fit=fit))
    return Calibration.objects.get(pk=made.pk)


def found(*, fit: bool = True) -> dict[str, Any]:
    return {"laboratory": "示例计量院（虚构）", "done_on": date(2026, 3, 2), "fit": fit}


row(instrument)
seen("instruments", reference=True)
example("create_instrument", by="outsider", allowed=STAFF, values=lambda w, s: {"name": "示例新仪器"})
example("update_instrument", by="outsider", allowed=STAFF, values=lambda w, s: {"name": "示例改名仪器"})
retiring("instrument", by="outsider", allowed=STAFF)

for state in CalibrationState:
    row(lambda world, state=state: calibration(world, state), state=state)
seen("calibrations", reference=True)
example(
    "create_calibration", by="member", allowed=STAFF,
    values=lambda w, s: planned(w, instrument=Instrument.objects.order_by("pk").first()),
    others=lambda w, s: {"due_on": WANTED + timedelta(days=1)},
)  # fmt: skip
example(
    "record_calibration", by="member", allowed=STAFF, values=lambda w, s: found(),
    ends={CalibrationState.PLANNED: CalibrationState.FIT},
)  # fmt: skip
paper_sample(
    CalibrationSheetData(
        head=HEAD, instrument="示例光谱仪", serial="SN-1", laboratory="示例计量院（虚构）", done_on=WANTED, result="合格"
    ),
    "校准记录", "示例计量院", "2027年5月3日",
)  # fmt: skip
