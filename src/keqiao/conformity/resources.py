"""What of conformity is seen: one page, in the menu of those who may read it."""

from django.utils.translation import gettext_lazy as _

from keqiao.conformity.pages import may_read
from keqiao.faces.areas import Area, Menu
from keqiao.faces.web.navigation import add_link

add_link(_("Conformity"), "conformity", Menu(Area.RECORDS, "shield-check", 20, who=may_read))
