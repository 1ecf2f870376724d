"""What the house of these tests is made of, laid out once (tests/databases)."""

from typing import Any

from tests.factories import catalogue, enterprises, organisation, people
from tests.factories.doors import session_of, signed_in
from tests.factories.engagements import Cast, engagement
from tests.factories.world import NOON

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.kernel.models import Holiday, HolidayYear
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.calendar_seed import seed_known_years


def laid() -> dict[str, Any]:
    with clock.at(NOON):
        return filled()


def filled() -> dict[str, Any]:
    seed_known_years(holiday=Holiday, holiday_year=HolidayYear)
    organisation.institution()
    catalogue.stage_limits()
    firm = enterprises.enterprise(name="示例精工（虚构）")
    players = {
        "client": people.client(enterprise_id=firm.pk),
        "consultant": people.staff(Role.CONSULTANT),
        "manager": people.staff(Role.MANAGER),
        "member": people.staff(Role.CONSULTANT),
        "expert": people.expert(),
    }
    firm.owner = players["consultant"]
    firm.save()
    casts = {
        code: Cast(enterprise=firm, item=catalogue.service_item(family=code[:3], letter=code[-1]), **players)
        for code in ("5.3.c", "5.5.d")
    }
    for family, letter in (("5.3", "d"), ("5.5", "a")):  # offered, and asked for by nobody
        catalogue.service_item(family=family, letter=letter)
    made = {
        "5.3.c": engagement(casts["5.3.c"], state=Stage.ACCEPTED),
        "5.5.d": engagement(casts["5.5.d"], state=Stage.IMPLEMENTING),
    }
    engagement(casts["5.5.d"], state=Stage.ACCEPTED)
    auditor = people.staff(Role.AUDITOR)
    return {"casts": casts, "made": made, "reader": session_of(signed_in(auditor)), "people": players}
