"""What is numbered of the archive."""

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.numbering import number_kind

number_kind(key="archive", label=_("Archive"), pattern="DA-{year}-{n:05d}")
