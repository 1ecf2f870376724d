"""How long each stage may take before it is late (6.1.3)."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.engagement.case.models import StageLimit
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import Fields, Menu, Resource, register

register(
    Resource(
        model=StageLimit,
        slug="time-limits",
        columns=("state", "working_days"),
        panels=(Fields(_("Time limit"), ("state", "working_days")),),
        order=("pk",),
        menu=Menu(_("Organisation"), "clock", 67),
    )
)

default_operations(StageLimit, fields=("state", "working_days"), clause="6.1.3", permission=is_manager)
