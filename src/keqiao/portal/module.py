"""What clients and experts have of their own."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Portal"),
    clauses=("6",),
    declares=("resources", "deadlines", "portal", "urls"),
)
