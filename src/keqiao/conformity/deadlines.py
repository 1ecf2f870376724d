"""What recurs is due from the managers, who answer for the institution's duties."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.conformity.models import DueRhythm
from keqiao.kernel.steps.deadlines.declaration import About, Deadline
from keqiao.kernel.steps.deadlines.people import holders
from keqiao.kernel.steps.deadlines.registry import belongs, declare

belongs(About(model=DueRhythm))
declare(
    Deadline(
        model=DueRhythm,
        key="rhythm",
        when=Q(due_on__isnull=False),
        day="due_on",
        waits_for=holders("manager"),
        ends_with=("renew_rhythm",),
        text=_("Due again: %(name)s"),
        named="name",
        clause="4.4.2",
    )
)
