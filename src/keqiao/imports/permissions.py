"""Who imports: whoever the list says."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.imports.lists import is_known
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.policy import Rule, rule


@rule(_("Only who may import such a list may do this."))
def may_import(actor: Actor, source: Any) -> bool:
    return is_known(source.list_slug) and source.listed.declared.permission(actor, None)


# A rule and not a guard: nothing is missing for this step where there is nothing to leave out.
@rule(_("No row of this list has errors."))
def has_errors(_actor: Actor, source: Any) -> bool:
    return bool(source.wrong)


def of_list(slug: str) -> Rule:
    return Rule(lambda _actor, source: getattr(source, "list_slug", None) == slug, _("This is another list."))
