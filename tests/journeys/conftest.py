"""A running site with its catalogue, and people in browsers of their own. What the browser complains of, fails."""

from collections import defaultdict

import pytest
from tests.factories import catalogue, enterprises, organisation, people
from tests.journeys.person import Person

from keqiao.accounts.models import Role
from keqiao.catalogue.operations.load import load_catalogue
from keqiao.engagement.case.operations.limits import load_limits
from keqiao.kernel.models import Holiday, HolidayYear
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.calendar_seed import seed_known_years

PHONE, DESK = 390, 1440


@pytest.fixture
def site(live_server):
    seed_known_years(holiday=Holiday, holiday_year=HolidayYear)
    load_catalogue()
    load_limits()
    catalogue.offer_all(since=clock.today())
    organisation.institution()
    return live_server


@pytest.fixture
def cast(site):
    consultant = people.staff(Role.CONSULTANT, name="示例顾问甲")
    firm = enterprises.enterprise(name="示例精工（虚构）", owner=consultant)
    made = {
        "consultant": consultant,
        "manager": people.staff(Role.MANAGER, name="示例经理乙"),
        "client": people.client(enterprise_id=firm.pk, name="示例客户丙"),
    }
    for user in made.values():
        user.set_password(Person.PASSWORD)
        user.save()
    return made


@pytest.fixture
def enter(browser, cast):
    """`enter("client", width=390)`: signed in, in a browser of their own."""
    entered, judged = [], defaultdict(set)

    def enter(key, *, width=DESK):
        person = Person(page=browser(width=width), name=cast[key].username, judged=judged[width])
        entered.append(person)
        person.sign_in()
        return person

    yield enter
    assert [complaint for person in entered for complaint in person.complaints] == []


@pytest.fixture
def visitor(browser):
    person = Person(page=browser(width=PHONE), name="")
    yield person
    assert person.complaints == []
