"""What is read over all modules at once."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import Module

MODULE = Module(title=_("Oversight"), clauses=("6.5",), declares=("queries", "panels", "urls"))
