"""The standard as data, and the evidence for it."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Conformity"),
    clauses=("4", "5", "6", "7"),
    declares=(
        "models",
        "queries",
        "operations",
        "tasks",
        "papers",
        "resources",
        "deadlines",
        "upward",
        "panels",
        "urls",
    ),
)
