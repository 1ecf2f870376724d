"""What is asked of a person outside now, in words and with the one place to do it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keqiao.engagement.case.states import Stage
from keqiao.engagement.dues import place_of
from keqiao.engagement.models import Engagement
from keqiao.engagement.waits import CLIENT, KINDS, Wait

FOR_CLIENTS = tuple(name for name, kind in KINDS.items() if kind.who == CLIENT)


@dataclass(frozen=True)
class Ask:
    label: str
    url: str
    about: str
    clause: str
    on: date | None = None


def asks(rows: Iterable[Engagement], found: Iterable[Wait]) -> list[Ask]:
    """Of these engagements of the client and what they wait for; the first to do is the first listed."""
    known, waits = list(rows), list(found)
    lacking = Counter(one.engagement for one in waits if one.kind == "material")
    made = [ask for row in known for ask in _own(row, lacking[row.pk])]
    return made + [_part(one) for one in waits if one.kind != "material"]


def _own(row: Engagement, lacking: int) -> list[Ask]:
    """What the engagement itself asks, in the order in which it is done."""
    about, due = f"{row.number} {row.title}", row.stage_due_on
    here = reverse("engagements-detail", args=[row.pk])
    made = []
    if lacking:
        said = ngettext("Provide %(n)s piece of material", "Provide %(n)s pieces of material", lacking) % {
            "n": lacking
        }
        made.append(Ask(said, reverse("portal-material", args=[row.pk]), about, "6.1.1", due))
    if row.truthful_at is None and row.state in {Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING}:
        made.append(
            Ask(_("Declare the material truthful"), _step(row, "declare_truthful"), about, "6.1.1", due)
        )
    elif row.state == Stage.DRAFT:
        made.append(Ask(_("Submit the commission"), _step(row, "submit_commission"), about, "6.1.1", due))
    if row.state == Stage.CORRECTING and not lacking:
        made.append(
            Ask(_("Submit the corrected material"), _step(row, "resubmit_commission"), about, "6.1.2", due)
        )
    return [Ask(one.label, one.url or here, one.about, one.clause, one.on) for one in made]


def _step(row: Engagement, name: str) -> str:
    return (
        reverse("engagements-do", args=[row.pk, name])
        + f"?next={reverse('engagements-detail', args=[row.pk])}"
    )


def _part(one: Wait) -> Ask:
    own = {"plan": ("portal-plan", one.engagement), "survey": ("survey-answer", one.pk)}
    url = reverse(own[one.kind][0], args=[own[one.kind][1]]) if one.kind in own else place_of(one, do=True)
    return Ask(one.label, url, one.number, one.how.clause, one.on)
