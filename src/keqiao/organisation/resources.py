"""What of the organisation is seen, its days off and the numbers of its documents too."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import Fields, Related, Resource, register
from keqiao.kernel.models import Holiday, HolidayYear, NumberFormat
from keqiao.organisation.models import (
    Competence,
    Expert,
    Institution,
    Post,
    Restoration,
    StaffCompetence,
    StaffProfile,
    Undertaking,
)

INSTITUTION = ("name", "uscc", "address", "representative", "phone", "email", "bank", "account")

register(
    Resource(
        model=Institution,
        slug="institution",
        columns=("name", "uscc", "phone"),
        panels=(Fields(_("Institution"), INSTITUTION),),
        menu=Menu(Area.INSTITUTION, "building-community", 10),
    )
)
register(
    Resource(
        model=Post,
        slug="posts",
        columns=("name", "is_management", "retired_on"),
        panels=(
            Fields(_("Post"), ("name", "is_management", "duties", "competences")),
            Related(_("People"), StaffProfile, "post"),
        ),
        prefetch=("competences",),
        order=("name",),
        menu=Menu(
            Area.INSTITUTION, "id-badge", 20, setup=True, hint=_("Posts, and the competence each asks for")
        ),
    )
)
register(
    Resource(
        model=StaffProfile,
        slug="staff",
        columns=("user", "post", "since", "education"),
        filters=("post",),
        panels=(Fields(_("Person"), ("user", "post", "since", "education", "experience")),),
        related=("user", "post"),
        menu=Menu(Area.INSTITUTION, "users", 30),
    )
)
register(
    Resource(
        model=Competence,
        slug="competences",
        columns=("name", "code", "retired_on"),
        panels=(
            Fields(_("Competence"), ("name", "code")),
            Related(_("Who has it"), StaffCompetence, "competence"),
        ),
        order=("code",),
        menu=Menu(
            Area.INSTITUTION, "certificate", 40, setup=True, hint=_("What can be asked of people, by name")
        ),
    )
)
register(
    Resource(
        model=StaffCompetence,
        slug="staff-competences",
        columns=("user", "competence", "valid_from", "valid_until", "evidence", "assessed_by"),
        filters=("competence",),
        panels=(
            Fields(
                _("Competence"),
                ("user", "competence", "valid_from", "valid_until", "evidence", "assessed_by"),
            ),
        ),
        related=("user", "competence"),
        menu=Menu(Area.INSTITUTION, "checklist", 50),
    )
)
register(
    Resource(
        model=Expert,
        slug="experts",
        columns=("name", "title", "employer", "fields"),
        panels=(Fields(_("Expert"), ("name", "title", "employer", "fields", "credentials", "user")),),
        menu=Menu(Area.INSTITUTION, "star", 60),
    )
)
register(
    Resource(
        model=Undertaking,
        slug="undertakings",
        columns=("user", "signed_on", "valid_until", "text_version"),
        panels=(
            Fields(_("Confidentiality undertaking"), ("user", "signed_on", "valid_until", "text_version")),
        ),
        related=("user",),
        menu=Menu(Area.INSTITUTION, "lock", 70),
    )
)

register(
    Resource(
        model=Holiday,
        slug="holidays",
        columns=("day", "is_working", "name", "source"),
        filters=("day", "is_working"),
        panels=(Fields(_("Holiday"), ("day", "is_working", "name", "source")),),
        order=("-day",),
        menu=Menu(Area.INSTITUTION, "calendar", 80, setup=True, hint=_("Days off and days worked instead")),
    )
)
register(
    Resource(
        model=HolidayYear,
        slug="holiday-years",
        columns=("year", "source"),
        panels=(Fields(_("Year with a complete holiday table"), ("year", "source")),),
        order=("-year",),
        menu=Menu(
            Area.INSTITUTION,
            "calendar-event",
            81,
            setup=True,
            hint=_("For which years the table of days off is complete"),
        ),
    )
)
register(
    Resource(
        model=NumberFormat,
        slug="number-formats",
        columns=("kind", "pattern"),
        panels=(Fields(_("Number format"), ("kind", "pattern")),),
        order=("kind",),
        menu=Menu(Area.INSTITUTION, "tag", 82, setup=True, hint=_("How documents are numbered")),
    )
)
register(
    Resource(
        model=Restoration,
        slug="restorations",
        columns=("held_on", "kind", "backup_at", "entries", "files", "findings", "seconds"),
        filters=("kind", "held_on"),
        panels=(
            Fields(
                _("Restore from a backup"),
                ("held_on", "kind", "backup_at", "entries", "files", "findings", "seconds"),
            ),
        ),
        order=("-held_on", "-pk"),
        menu=Menu(
            Area.INSTITUTION,
            "shield-check",
            84,
            setup=True,
            hint=_("Drills of the restore, and restores after a loss"),
        ),
    )
)

default_operations(Institution, fields=INSTITUTION, clause="4.1.1", permission=is_manager)
default_operations(
    Post, fields=("name", "duties", "is_management", "competences"), clause="4.2.1", permission=is_manager
)
default_operations(
    StaffProfile,
    fields=("user", "post", "since", "education", "experience"),
    clause="4.2.1",
    permission=is_manager,
)
default_operations(Competence, fields=("code", "name"), clause="4.2.3", permission=is_manager)
default_operations(
    StaffCompetence,
    fields=("user", "competence", "valid_from", "valid_until", "evidence", "assessed_by"),
    clause="4.2.3",
    permission=is_manager,
)
default_operations(
    Expert,
    fields=("name", "title", "employer", "fields", "credentials", "user"),
    clause="4.2.5",
    permission=is_manager,
)
default_operations(
    Undertaking,
    fields=("user", "signed_on", "valid_until", "text_version"),
    clause="4.1.5",
    permission=is_manager,
)
default_operations(
    Holiday, fields=("day", "is_working", "name", "source"), clause="6.1.3", permission=is_manager
)
default_operations(HolidayYear, fields=("year", "source"), clause="6.1.3", permission=is_manager)
default_operations(NumberFormat, fields=("kind", "pattern"), clause="4.4.2", permission=is_manager)
