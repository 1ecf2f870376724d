"""Provisional days reckoned anew: taken by the clock alone."""

from datetime import date

from tests.every_operation.example import NOBODY, example

from keqiao.engagement.case.states import Stage
from keqiao.kernel.platform.reckoned import ReckonedDay

BY_THE_CLOCK = {
    "by": "system",
    "allowed": NOBODY,
    "values": lambda w, s: {
        "was": date(2027, 1, 11),
        "becomes": ReckonedDay.of(date(2027, 1, 12), provisional=False),
    },
    "not_exposed": "kept by the clock once the table of days off was entered",
}
example("reckon_step_anew", asked_in=Stage.SUBMITTED, **BY_THE_CLOCK)
example("reckon_answer_anew", **BY_THE_CLOCK)
example("reckon_survey_anew", **BY_THE_CLOCK)
