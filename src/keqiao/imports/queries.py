"""Who sees which import."""

from django.db.models import Q

from keqiao.accounts.models import Role
from keqiao.imports.models import Import
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor

SEES_ALL = {Role.MANAGER, Role.AUDITOR}


def imports_open_to(actor: Actor, _verb: str) -> Q:
    """Managers and auditors see every import, others their own."""
    if actor.roles & SEES_ALL:
        return policy.EVERYTHING if actor.kind == "staff" else policy.NOTHING
    return Q(made_by_id=actor.pk or 0)


policy.register(Import, scope=imports_open_to)
