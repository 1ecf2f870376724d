"""What engagements give people outside: their part of the start pages, and the catalogue for everybody."""

from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import ServiceItem
from keqiao.engagement.pages import outside
from keqiao.engagement.pages.services import service
from keqiao.faces.portal import home_section, model_page, public_entry

home_section(
    name="engagements", kind="client", template="engagement/home_client.html", fill=outside.of_client, rank=20
)
home_section(
    name="undertakings",
    kind="expert",
    template="engagement/home_undertakings.html",
    fill=outside.undertakings,
    rank=5,
)
home_section(
    name="engagements", kind="expert", template="engagement/home_expert.html", fill=outside.of_expert, rank=20
)
home_section(
    name="done", kind="expert", template="engagement/home_done.html", fill=outside.done_by_expert, rank=90
)
model_page(ServiceItem, kind="visitor", view=service)
public_entry(
    name="services",
    label=_("Services"),
    text=_("What we do for enterprises, what it takes, and how long it usually lasts."),
    route="public-services",
    icon="list",
    rank=10,
)
