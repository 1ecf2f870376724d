"""Clause 6, from the commission to the archive."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Engagements"),
    clauses=("5", "6", "7.2"),
    slices={
        "case": ("states", "models", "permissions", "operations", "papers", "resources", "deadlines"),
        "intake": ("states", "models", "operations", "papers", "resources", "deadlines"),
        "contracting": ("states", "models", "operations", "papers", "resources", "deadlines"),
        "preparation": ("states", "models", "queries", "operations", "papers", "resources", "deadlines"),
        "delivery": ("states", "models", "queries", "operations", "papers", "resources", "deadlines"),
        "archive": ("states", "operations", "papers", "resources", "deadlines"),
    },
    declares=(
        "models",
        "queries",
        "resources",
        "panels",
        "portal",
        "aliases",
        "upward",
        "tasks",
        "measures",
        "evidence",
        "demo",
        "urls",
    ),
)
