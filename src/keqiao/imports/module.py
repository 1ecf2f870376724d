"""Lists from Excel and CSV, for whatever a module declares."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Imports"),
    clauses=("4.1.4", "6.5"),
    declares=(
        "states",
        "models",
        "permissions",
        "queries",
        "operations",
        "tasks",
        "resources",
        "aliases",
        "urls",
    ),
)
