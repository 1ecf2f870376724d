"""A house with three engagements: one for 5.3.c, two for 5.5.d of which one came to a confirmed plan. Nothing else."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from tests.factories import catalogue, enterprises, organisation, people
from tests.factories.engagements import Cast, engagement
from tests.factories.world import signed_in

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.kernel.models import Holiday, HolidayYear
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.calendar_seed import seed_known_years

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 12:00 in Shanghai
LAST_MINUTE = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)  # 23:59 on the last day of March in Shanghai
NEXT_MINUTE = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, worker_site):
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(NOON):
        yield filled()
        transaction.set_rollback(True)


def filled():
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
    made = {
        "5.3.c": engagement(casts["5.3.c"], state=Stage.ACCEPTED),
        "5.5.d": engagement(casts["5.5.d"], state=Stage.IMPLEMENTING),
    }
    engagement(casts["5.5.d"], state=Stage.ACCEPTED)
    auditor = people.staff(Role.AUDITOR)
    return {"casts": casts, "made": made, "reader": signed_in(auditor), "people": players}
