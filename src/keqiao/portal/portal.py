"""The start pages of people outside, and what the portal itself puts on them."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.models import Engagement
from keqiao.faces.portal import home_action, home_section, model_page
from keqiao.faces.web.home import register_home
from keqiao.portal.pages.engagement import client_engagement
from keqiao.portal.pages.home import asked, home

register_home("client", home)
register_home("expert", home)
for kind in ("client", "expert"):
    home_section(name="asked", kind=kind, template="portal/asks.html", fill=asked, rank=10)
home_action(kind="client", label=_("New commission"), route="portal-commission", icon="plus")
model_page(Engagement, kind="client", view=client_engagement)
