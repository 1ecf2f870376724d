"""What of conformity is seen: one page, in the menu of those who may read it."""

from django.utils.translation import gettext_lazy as _

from keqiao.conformity.pages import may_read
from keqiao.faces.resource import Menu
from keqiao.faces.web.context import add_link

add_link(_("Conformity"), "conformity", Menu(_("Quality"), "shield-check", 80, who=may_read))
