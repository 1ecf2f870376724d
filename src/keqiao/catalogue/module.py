"""The services of clause 5: what each is, what it asks for, and which the institution offers."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Service catalogue"),
    clauses=("4.1.1", "5"),
    declares=(
        "models",
        "queries",
        "operations",
        "resources",
        "portal",
        "measures",
        "evidence",
        "aliases",
        "demo",
        "urls",
    ),
)
