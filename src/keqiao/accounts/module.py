"""Who signs in, and what they may do."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Accounts"),
    clauses=("4.1.5", "4.4.1"),
    declares=(
        "models",
        "permissions",
        "queries",
        "operations",
        "tasks",
        "resources",
        "upward",
        "urls",
    ),
)
