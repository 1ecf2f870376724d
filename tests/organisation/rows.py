"""One row of every model of the institution."""

from datetime import date
from typing import Any

from tests.factories import organisation

from keqiao.kernel.models import Holiday, HolidayYear, NumberFormat


def fill(world: Any) -> None:
    user, manager = world.person("member"), world.person("manager")
    skill, post = organisation.competence(), organisation.post()
    for row in (organisation.institution(), skill, post, organisation.profile(user=user, post=post)):
        world.put(row)
    world.put(organisation.able(user=manager, competence=skill))
    world.put(organisation.pool_expert(user=world.person("expert")))
    world.put(organisation.undertaking(user=user))
    world.put(Holiday.objects.create(day=date(2031, 1, 1), is_working=False, name="元旦", source="示例通知"))
    world.put(HolidayYear.objects.create(year=2031, source="示例通知"))
    world.put(NumberFormat.objects.create(kind="commission", pattern="WT-{year}-{n:05d}"))
