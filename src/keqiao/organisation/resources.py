"""What of the organisation is seen."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import Fields, Related, Resource, register
from keqiao.organisation.models import (
    Competence,
    Expert,
    Institution,
    Post,
    StaffCompetence,
    StaffProfile,
    Undertaking,
)

ORGANISATION = _("Organisation")

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
