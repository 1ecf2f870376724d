"""Who waits for a turn to write is told soon, with everything typed still there; readers never wait."""

import threading

import pytest
from django.db import connection, transaction
from tests.concurrency.together import together
from tests.factories import people
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Tag
from keqiao.kernel.platform import patience
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def impatient(transactional_db, settings):
    """Everybody waits a twentieth of a second here; put back afterwards."""
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    patience.wait_at_most(0.05)
    yield
    options.clear()
    options.update(before)
    connection.close()


@pytest.fixture
def manager(impatient):
    return people.staff(Role.MANAGER)


def while_another_writes(step):
    """What `step` comes to while somebody holds the row and, on SQLite, the database."""
    inside, done = threading.Event(), threading.Event()

    def writer():
        with transaction.atomic():
            Tag.objects.filter(name="旧").update(name="新")
            inside.set()
            done.wait(30)

    def other():
        inside.wait(30)
        try:
            return step()
        finally:
            done.set()

    return together(writer, other)[1]


def test_the_kernel_refuses_in_words(manager):
    tag = Tag.objects.create(name="旧")
    refusal = while_another_writes(lambda: get("update_tag")(tag=tag, actor=manager, name="别名"))
    assert (type(refusal), refusal.status) == (patience.Busy, 503)
    assert Tag.objects.get().name == "新"


def test_the_page_keeps_what_was_typed(manager):
    tag = Tag.objects.create(name="旧")
    browser = browser_of(manager)
    browser.get(f"/tags/{tag.pk}/do/update_tag/")
    answer = while_another_writes(
        lambda: browser.post(
            f"/tags/{tag.pk}/do/update_tag/", {"name": "打了很久的字", "version": tag.version}
        )
    )
    assert (answer.status_code, "打了很久的字" in answer.content.decode()) == (503, True)
    assert Tag.objects.get().name == "新"


def test_a_reader_does_not_wait(manager):
    Tag.objects.create(name="旧")
    browser = browser_of(manager)
    browser.get("/tags/")
    answer = while_another_writes(lambda: browser.get("/tags/"))
    assert (answer.status_code, "旧" in answer.content.decode()) == (200, True)


def test_a_fault_of_another_kind_is_no_turn_to_wait_for():
    assert not patience.is_busy(ValueError())
