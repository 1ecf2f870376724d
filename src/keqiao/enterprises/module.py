"""The service objects: enterprises, what is known of them, and lists of them."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Enterprises"),
    clauses=("4.1.4", "6.5"),
    declares=(
        "states",
        "models",
        "permissions",
        "queries",
        "operations",
        "resources",
        "evidence",
        "deadlines",
        "upward",
        "import_list",
        "aliases",
        "demo",
        "urls",
    ),
)
