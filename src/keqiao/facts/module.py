"""Facts of an enterprise by declaration."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(title=_("Facts"), clauses=("4.1.4",), declares=("upward", "panels"))
