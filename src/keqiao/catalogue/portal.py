"""What is offered, for everybody."""

from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import ServiceItem
from keqiao.catalogue.pages import service
from keqiao.faces.portal import model_page, public_entry

model_page(ServiceItem, kind="visitor", view=service)
public_entry(
    name="services",
    label=_("Services"),
    text=_("What we do for enterprises, what it takes, and how long it usually lasts."),
    route="public-services",
    icon="list",
    rank=10,
)
