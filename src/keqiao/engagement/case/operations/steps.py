"""What steps of an engagement have in common: time limits, files kept, numbers."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from keqiao.documents.payload import digest_of
from keqiao.documents.pdf import render_pdf
from keqiao.documents.registry import Document
from keqiao.documents.word import render_word
from keqiao.engagement.case.models import Engagement, EngagementPart, StageLimit
from keqiao.kernel.files import filetypes, vault
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import calendar, clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.platform.reckoned import ReckonedDay
from keqiao.kernel.steps import made_files
from keqiao.kernel.steps.operation import Guard
from keqiao.kernel.steps.transitions import transition


def by_age(rows: Iterable[EngagementPart]) -> list[Any]:
    """The oldest first. Guards ask `.all()` and sort here, so that a page that has read the rows isn't asked again."""
    return sorted(rows, key=lambda row: int(row.pk))


def begin_step(engagement: Engagement, **also: object) -> None:
    """Start the clock of the state the engagement is now in; `also` are fields saved with it."""
    engagement.stage_since = clock.today()
    engagement.stage_due_on = step_due(engagement.state, engagement.stage_since)
    for name, value in also.items():
        setattr(engagement, name, value)
    engagement.save(
        update_fields=["stage_since", "stage_due_on", "stage_due_on_provisional", "updated_at", *also]
    )


def step_due(state: str, since: date) -> ReckonedDay | None:
    """The day a step is due; None where the institution set no limit."""
    limit = StageLimit.objects.filter(state=state).first()
    return calendar.add_working_days(start=since, days=limit.working_days) if limit else None


def move_on(engagement: Engagement, state: str) -> None:
    """Move the engagement as a consequence of a step on one of its parts."""
    transition(engagement, state)
    begin_step(engagement)


def while_engagement(*stages: str, clause: str) -> Guard:
    """A guard for a part of an engagement: the step belongs to these states of the engagement."""

    def guard(part: Any) -> list[Missing]:
        engagement = part.engagement
        if engagement.state in stages:
            return []
        now = {"state": engagement.get_state_display()}
        return [Missing(_("The engagement is in the state “%(state)s”.") % now, clause)]

    return guard


def both(*guards: Guard) -> Guard:
    return lambda subject: [missing for guard in guards for missing in guard(subject)]


def keep_upload(
    engagement: Engagement, upload: UploadedFile, actor: Actor, kinds: frozenset[str] = filetypes.DEFAULT
) -> Blob:
    """Store a file of this engagement."""
    return vault.store(
        file=upload,
        name=upload.name or "",
        enterprise_id=engagement.enterprise_id,
        level=engagement.level,
        actor_id=actor.pk,
        kinds=kinds,
    )


def keep_pdf(engagement: Engagement, paper: Document, name: str, actor: Actor) -> Blob:
    """Typeset and store a paper of this engagement."""
    return _keep(engagement, paper, name, actor, render_pdf)


def keep_word(engagement: Engagement, paper: Document, name: str, actor: Actor) -> Blob:
    return _keep(engagement, paper, name, actor, render_word)


def _keep(
    engagement: Engagement, paper: Document, name: str, actor: Actor, render: Callable[..., bytes]
) -> Blob:
    return made_files.keep(
        key=(render, digest_of(document=paper)),
        make=partial(render, document=paper),
        name=name,
        enterprise_id=engagement.enterprise_id,
        level=engagement.level,
        actor_id=actor.pk,
    )
