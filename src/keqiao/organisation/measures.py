"""What clause 4 lets others see of the institution's people."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Role, User
from keqiao.conformity.registry import none_open, rhythm
from keqiao.organisation.models import Restoration, StaffCompetence

DRILL_MONTHS = 12


def expired(day: date) -> Q:
    """Out of date on a day, and not followed by a newer proof of the same."""
    newer = StaffCompetence.objects.filter(
        StaffCompetence.term.on(day), user=OuterRef("user"), competence=OuterRef("competence")
    )
    return Q(valid_until__lt=day, user__is_active=True) & ~Q(Exists(newer))


def unproved(day: date) -> Q:
    """Whoever manages, and has no proof of knowledge and experience in force on a day (4.2.2)."""
    manages = User.objects.filter(grants__role=Role.MANAGER).values("pk")
    proved = StaffCompetence.objects.filter(StaffCompetence.term.on(day)).values("user")
    return Q(is_active=True, pk__in=manages) & ~Q(pk__in=proved)


none_open("organisation.managers_unproved", of=User, open=unproved)
none_open("organisation.competence_expired", of=StaffCompetence, open=expired)
rhythm(
    "organisation.restore_drill",
    of=Restoration,
    at="held_on",
    months=DRILL_MONTHS,
    when=Q(findings=0),
    label=_("Hold a restore drill (keqiao drill)"),
)
