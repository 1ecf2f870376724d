"""What the invented institution offers: nearly all of clause 5, one family within its own city only."""

from datetime import date

from keqiao.accounts.models import User
from keqiao.catalogue.models import ServiceItem
from keqiao.kernel.steps.operation import get

NOT_OFFERED = ("5.4.b", "5.6.c")
NEAR = ("5.7", "仅限本市企业（演示）")  # a family, and the scope of its offers


def offer_services(manager: User, since: date) -> None:
    for item in ServiceItem.objects.exclude(code__in=NOT_OFFERED).select_related("family").order_by("code"):
        scope = NEAR[1] if item.family.code == NEAR[0] else ""
        get("begin_offer")(actor=manager, serviceitem=item, since=since, scope=scope)
