"""The institution, its posts and its people."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Organisation"),
    clauses=("4.1", "4.2"),
    declares=(
        "models",
        "queries",
        "operations",
        "resources",
        "measures",
        "evidence",
        "demo",
    ),
)
