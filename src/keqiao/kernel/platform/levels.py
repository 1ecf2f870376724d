"""Classification of a row and clearance of a person: one scale, clause 4.1.5 and 4.4.1 b.

An institution classifies trade secrets 商业秘密, its clients' and its own. The grades of State secrets are another law's
words and appear nowhere.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    PUBLIC = 0, _("Public")
    INTERNAL = 1, _("Internal")
    TRADE_SECRET = 2, _("Ordinary trade secret")
    CORE_TRADE_SECRET = 3, _("Core trade secret")


def may_leave_the_house(level: int) -> bool:
    """Whether titles of this classification stand in letters and feeds, which are read without signing in (4.1.5)."""
    return level <= Level.INTERNAL
