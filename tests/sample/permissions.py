"""Who may return equipment besides whoever is responsible for the enterprise."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.policy import rule


@rule(_("Only the enterprise that borrowed it may do this."))
def is_borrower(actor: Actor, loan: Any) -> bool:
    return actor.kind == "client" and loan is not None and actor.enterprise_id == loan.enterprise_id
