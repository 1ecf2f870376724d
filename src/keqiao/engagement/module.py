"""Clause 6, from the commission to the archive."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(
    title=_("Engagements"),
    clauses=("5", "6", "7.2"),
    slices={
        "case": ("states", "models", "permissions", "operations"),
        "intake": ("models", "operations", "resources"),
        "contracting": ("models", "operations", "resources"),
        "preparation": ("models", "operations", "resources"),
        "delivery": ("models", "operations", "resources"),
        "archive": ("operations", "resources"),
    },
    declares=("models", "queries", "operations", "tasks", "papers", "resources", "demo"),
)
