"""What the invented institution offers: nearly all of clause 5, one family within its own city only."""

from datetime import timedelta

from keqiao.catalogue.models import ServiceItem
from keqiao.kernel.steps.demo import LABEL, Demo, scene
from keqiao.kernel.steps.operation import get

BEGINNING = 200  # days before today
NOT_OFFERED = ("5.4.b", "5.6.c")
NEAR, SCOPE = "5.7", "仅限本市企业" + LABEL


@scene(days_ago=BEGINNING)
def offers(demo: Demo) -> None:
    since = demo.today - timedelta(days=BEGINNING)
    for item in ServiceItem.objects.exclude(code__in=NOT_OFFERED).select_related("family").order_by("code"):
        scope = SCOPE if item.family.code == NEAR else ""
        get("begin_offer")(actor=demo.people["manager"], serviceitem=item, since=since, scope=scope)
