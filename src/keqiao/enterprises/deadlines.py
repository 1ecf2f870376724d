"""An enterprise as what deadlines belong to: what outlives an engagement is due to it."""

from django.db.models import Q

from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.steps.deadlines.declaration import About
from keqiao.kernel.steps.deadlines.registry import belongs

belongs(
    About(
        model=Enterprise,
        name="name",
        title="name",
        open=Q(merged_into=None),
        charge="owner",
        client="pk",
        level="level",
        runs=is_manager,
    )
)
