"""What of accounts is seen: by administrators all, by colleagues the name and the kind."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import ADMINISTRATIONS, Invitation, RoleGrant, SecurityEvent, User
from keqiao.accounts.queries import EVENT_READERS
from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import Fields, Related, Resource, register
from keqiao.kernel.platform.actors import Actor

GROUP = _("Administration")
ACCOUNT = ("name", "username", "kind", "email", "phone", "clearance", "is_active", "created_at", "last_login")
EVENT = ("at", "event", "user", "actor", "address", "said")


def administers(actor: Actor) -> bool:
    return bool(ADMINISTRATIONS & actor.roles)


def reads_events(actor: Actor) -> bool:
    return bool(EVENT_READERS & actor.roles)


register(
    Resource(
        model=User,
        slug="users",
        columns=("name", "username", "kind", "clearance", "is_active", "last_login"),
        filters=("kind", "clearance", "is_active"),
        panels=(
            Fields(_("Account"), ACCOUNT),
            Related(_("Roles"), RoleGrant, "user", ("role",)),
            Related(_("Invitation"), Invitation, "user", ("expires_at", "used_at")),
            Related(
                _("Security events"),
                SecurityEvent,
                "user",
                ("at", "event", "actor", "address", "said"),
                limit=20,
            ),
        ),
        api=ACCOUNT,
        menu=Menu(Area.INSTITUTION, "users", 90, who=administers),
        empty=_("No account yet."),
    )
)
register(
    Resource(
        model=RoleGrant,
        slug="roles",
        columns=("user", "role"),
        filters=("role",),
        panels=(Fields(_("Role"), ("user", "role")),),
        related=("user",),
        menu=Menu(
            Area.INSTITUTION, "id-badge", 91, who=administers, setup=True, hint=_("Who holds which role")
        ),
        empty=_("Nobody holds a role yet."),
    )
)
register(
    Resource(
        model=Invitation,
        slug="invitations",
        columns=("user", "expires_at", "used_at"),
        panels=(Fields(_("Invitation"), ("user", "expires_at", "used_at")),),
        related=("user",),
        parent="user",
    )
)
register(
    Resource(
        model=SecurityEvent,
        slug="security-events",
        columns=EVENT,
        filters=("event", "at"),
        panels=(Fields(_("Security event"), (*EVENT, "browser")),),
        order=("-at", "-pk"),
        related=("user", "actor"),
        labels={"said": _("detail")},
        menu=Menu(Area.RECORDS, "shield-lock", 30, who=reads_events),
        empty=_("Nothing has happened yet."),
    )
)
