"""Clause 6, from the commission to the archive."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Engagements"),
    clauses=("5", "6", "7.2"),
    slices={
        "case": ("states", "models", "permissions", "operations", "resources", "deadlines"),
        "intake": ("models", "operations", "resources", "deadlines"),
        "contracting": ("models", "operations", "resources", "deadlines"),
        "preparation": ("models", "operations", "resources", "deadlines"),
        "delivery": ("models", "operations", "resources", "deadlines"),
        "archive": ("operations", "resources", "deadlines"),
    },
    declares=(
        "models",
        "queries",
        "tasks",
        "papers",
        "resources",
        "aliases",
        "upward",
        "evidence",
        "demo",
    ),
)
