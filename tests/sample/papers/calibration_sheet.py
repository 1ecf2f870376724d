"""What a laboratory found of an instrument."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from tests.sample.models import Calibration

from keqiao.documents.parts import Head
from keqiao.documents.registry import paper
from keqiao.kernel.platform import clock
from keqiao.organisation.queries import institution


@paper("calibration_sheet")
@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationSheetData:
    head: Head
    instrument: str
    serial: str
    laboratory: str
    done_on: date
    result: str


def sheet_of(calibration: Calibration) -> CalibrationSheetData:
    assert calibration.done_on is not None, "a sheet is made once the calibration is done"
    mark = _("Demo data") if settings.DEMO else ""
    return CalibrationSheetData(
        head=Head(
            number=calibration.number,
            version=1,
            issued_on=clock.today(),
            institution=institution().name,
            mark=mark,
        ),
        instrument=calibration.instrument.name,
        serial=calibration.instrument.serial,
        laboratory=calibration.laboratory,
        done_on=calibration.done_on,
        result=str(calibration.get_state_display()),
    )
