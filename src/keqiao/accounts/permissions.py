"""Predicates about a person alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Kind, Role
from keqiao.kernel.actors import Actor
from keqiao.kernel.policy import rule


@rule(_("Only service staff may do this."))
def is_staff(actor: Actor, _subject: Any) -> bool:
    return actor.kind == Kind.STAFF and bool({Role.CONSULTANT, Role.MANAGER} & actor.roles)


@rule(_("Only a manager may do this."))
def is_manager(actor: Actor, _subject: Any) -> bool:
    return actor.kind == Kind.STAFF and Role.MANAGER in actor.roles


@rule(_("Only a client user may do this."))
def is_client(actor: Actor, _subject: Any) -> bool:
    return actor.kind == Kind.CLIENT


@rule(_("Only an auditor may do this."))
def is_auditor(actor: Actor, _subject: Any) -> bool:
    return actor.kind == Kind.STAFF and Role.AUDITOR in actor.roles
