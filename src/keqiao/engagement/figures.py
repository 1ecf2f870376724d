"""The figures of engagements: which rows are counted, and the list that shows just these."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from keqiao.engagement.case.states import OPEN
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.states import ComplaintState
from keqiao.engagement.models import Complaint, Contract, Engagement
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor

ONE_DAY = timedelta(days=1)


def late_stages(actor: Actor, day: date) -> "QuerySet[Any]":
    return _open(actor).filter(stage_due_on__lt=day)


def to_late_stages(_actor: Actor, day: date) -> str:
    return _engagements(stage_due_on_before=day - ONE_DAY)


def due_this_week(actor: Actor, day: date) -> "QuerySet[Any]":
    return _open(actor).filter(stage_due_on__range=(day, sunday(day)))


def to_due_this_week(_actor: Actor, day: date) -> str:
    return _engagements(stage_due_on_after=day, stage_due_on_before=sunday(day))


def in_approval(actor: Actor, _day: date) -> "QuerySet[Any]":
    return policy.visible(Contract, actor).filter(state=ContractState.IN_APPROVAL)


def to_in_approval(_actor: Actor, _day: date) -> str:
    return f"{reverse('contracts-list')}?{urlencode({'state': ContractState.IN_APPROVAL.value})}"


def open_complaints(actor: Actor, _day: date) -> "QuerySet[Any]":
    return policy.visible(Complaint, actor).filter(state=ComplaintState.FILED)


def to_open_complaints(_actor: Actor, _day: date) -> str:
    return f"{reverse('complaints-list')}?{urlencode({'state': ComplaintState.FILED.value})}"


def commissioned_within(actor: Actor, first: date, last: date) -> "QuerySet[Any]":
    return policy.visible(Engagement, actor).filter(created_at__date__range=(first, last))


def complaints_within(actor: Actor, first: date, last: date) -> "QuerySet[Any]":
    return policy.visible(Complaint, actor).filter(created_at__date__range=(first, last))


def sunday(day: date) -> date:
    """The last day of the week of `day`."""
    return day + timedelta(days=6 - day.weekday())


def _open(actor: Actor) -> "QuerySet[Engagement]":
    return policy.visible(Engagement, actor).filter(state__in=OPEN)


def _engagements(**narrow: date) -> str:
    """The list of open engagements, narrowed, those due first in front."""
    query = {"state": [one.value for one in OPEN], **narrow, "sort": "stage_due_on"}
    return f"{reverse('engagements-list')}?{urlencode(query, doseq=True)}"
