"""Equipment lent to enterprises."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Equipment loans"),
    clauses=("4.1.3",),
    declares=(
        "states",
        "models",
        "permissions",
        "queries",
        "operations",
        "papers",
        "resources",
        "deadlines",
        "upward",
        "measures",
        "evidence",
        "import_list",
        "panels",
        "portal",
        "urls",
        "demo",
    ),
)
