"""What people outside see of loans."""

from django.utils.translation import gettext_lazy as _
from tests.sample.pages import own_loans

from keqiao.faces.portal import home_section, public_entry

home_section(name="loans", kind="client", template="sample/home.html", fill=own_loans, rank=40)
public_entry(
    name="lending",
    label=_("Equipment for enterprises"),
    text=_("What can be borrowed, and how."),
    route="public-lending",
    icon="tools",
    rank=60,
)
