"""Reference data of the ground floor that managers keep: holidays and how documents are numbered."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager, open_to_staff
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import Fields, Menu, Resource, register
from keqiao.kernel.models import Holiday, HolidayYear, NumberFormat
from keqiao.kernel.platform import policy

ORGANISATION = _("Organisation")

for model in (Holiday, HolidayYear, NumberFormat):
    policy.register(model, scope=open_to_staff)

register(
    Resource(
        model=Holiday,
        slug="holidays",
        columns=("day", "is_working", "name", "source"),
        filters=("day", "is_working"),
        panels=(Fields(_("Holiday"), ("day", "is_working", "name", "source")),),
        order=("-day",),
        menu=Menu(ORGANISATION, "calendar", 68),
    )
)
register(
    Resource(
        model=HolidayYear,
        slug="holiday-years",
        columns=("year", "source"),
        panels=(Fields(_("Year with a complete holiday table"), ("year", "source")),),
        order=("-year",),
        menu=Menu(ORGANISATION, "calendar-event", 69),
    )
)
register(
    Resource(
        model=NumberFormat,
        slug="number-formats",
        columns=("kind", "pattern"),
        panels=(Fields(_("Number format"), ("kind", "pattern")),),
        order=("kind",),
        menu=Menu(ORGANISATION, "tag", 70),
    )
)

default_operations(
    Holiday, fields=("day", "is_working", "name", "source"), clause="6.1.3", permission=is_manager
)
default_operations(HolidayYear, fields=("year", "source"), clause="6.1.3", permission=is_manager)
default_operations(NumberFormat, fields=("kind", "pattern"), clause="4.4.2", permission=is_manager)
