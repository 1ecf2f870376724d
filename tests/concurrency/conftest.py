"""Real commits by several threads."""

import pytest
from tests.factories import catalogue, enterprises, organisation
from tests.factories.world import NOON, actors, cast_of

from keqiao.kernel.models import Holiday, HolidayYear
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.calendar_seed import seed_known_years


@pytest.fixture
def players(transactional_db):
    seed_known_years(holiday=Holiday, holiday_year=HolidayYear)
    organisation.institution()
    catalogue.stage_limits()
    with clock.at(NOON):
        ours, theirs = enterprises.enterprise(), enterprises.enterprise()
        people = actors(ours=ours, theirs=theirs)
        type(ours).objects.filter(pk=ours.pk).update(owner=people["consultant"])
        ours.refresh_from_db()
        skill = organisation.competence()
        organisation.able(user=people["consultant"], competence=skill)
        yield people, cast_of(people, enterprise=ours, item=catalogue.service_item(competence=skill))
