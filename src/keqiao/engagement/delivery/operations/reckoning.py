"""6.4.2: days of answers that were provisional are reckoned anew when the table of days off is there, and told."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.operations.reckoning import Becomes, Was, differs
from keqiao.engagement.delivery.models.delivery import SURVEY_DAYS, Complaint, Survey
from keqiao.engagement.delivery.operations.complaint import ANSWER_DAYS
from keqiao.engagement.delivery.operations.link_letters import tell_of_new_day
from keqiao.engagement.delivery.states import ComplaintState
from keqiao.kernel.platform import calendar, clock
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.policy import by_system
from keqiao.kernel.platform.reckoned import ReckonedDay
from keqiao.kernel.steps.operation import operation, run


@operation(
    clause="6.4.2",
    on=Complaint,
    when=ComplaintState.FILED,
    permission=by_system,
    label=_("Reckon the day of the answer anew"),
    exposed=False,
)
def reckon_answer_anew(*, complaint: Complaint, actor: Actor, was: Was, becomes: Becomes) -> Complaint:
    """A day that was told to the client is never moved without telling."""
    del actor
    assert isinstance(becomes, ReckonedDay)
    complaint.due_on = becomes
    complaint.save()
    tell_of_new_day(complaint, was)
    return complaint


@operation(
    clause="6.4.2",
    on=Survey,
    permission=by_system,
    label=_("Reckon the day of the answer anew"),
    exposed=False,
)
def reckon_survey_anew(*, survey: Survey, actor: Actor, was: Was, becomes: Becomes) -> Survey:
    del actor, was
    assert isinstance(becomes, ReckonedDay)
    survey.due_on = becomes
    survey.save()
    return survey


def reckon_answers_anew() -> None:
    """Those whose table has come since."""
    working = calendar.current()
    for complaint in Complaint.objects.filter(due_on_provisional=True, state=ComplaintState.FILED):
        filed = clock.day_of(complaint.created_at)
        due = working.add_working_days(start=filed, days=ANSWER_DAYS)
        if differs(complaint.due_on, due):
            run(reckon_answer_anew, actor=SYSTEM, complaint=complaint, was=complaint.due_on, becomes=due)
    for survey in Survey.objects.filter(due_on_provisional=True, answered_at=None):
        sent = clock.day_of(survey.sent_at)
        due = working.add_working_days(start=sent, days=SURVEY_DAYS)
        if differs(survey.due_on, due):
            run(reckon_survey_anew, actor=SYSTEM, survey=survey, was=survey.due_on, becomes=due)
