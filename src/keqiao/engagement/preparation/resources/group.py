"""6.3.1: the working group and its tasks."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.preparation.models.group import Member, Task
from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import Fields, Related, Resource, register

register(
    Resource(
        model=Member,
        slug="members",
        columns=("user", "engagement", "role", "duty", "undertaking_at", "left_on"),
        filters=("role",),
        panels=(
            Fields(_("Member"), ("user", "engagement", "role", "duty", "left_on")),
            Fields(_("Confidentiality undertaking"), ("undertaking_at", "undertaking_sha256")),
            Related(_("Tasks"), Task, "member", ("title", "due_on", "done_on"), order="due_on"),
        ),
        related=("user", "engagement"),
        parent="engagement",
    )
)
register(
    Resource(
        model=Task,
        slug="tasks",
        columns=("title", "engagement", "member", "due_on", "done_on"),
        filters=("due_on",),
        panels=(Fields(_("Task"), ("title", "engagement", "member", "due_on", "done_on")),),
        order=("due_on", "pk"),
        related=("engagement", "member__user"),
        parent="engagement",
        menu=Menu(Area.ENGAGEMENTS, "checklist", 40),
    )
)
