"""Who waits to write on SQLite: gets the turn once it is free, or hears that it didn't come in time."""

import threading

import pytest
from django.db import OperationalError, connection, transaction
from tests.concurrency.together import together

from keqiao.enterprises.models import Tag

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _sqlite(transactional_db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write")


def waits_by_itself():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return cursor.fetchone()[0]


def test_the_turn_comes_once_the_other_is_done():
    inside, asked, found = threading.Event(), threading.Event(), []

    def first():
        with transaction.atomic():
            Tag.objects.create(name="一")
            inside.set()
            asked.wait(30)

    def second():
        inside.wait(30)
        asked.set()
        with transaction.atomic():
            found.append(Tag.objects.get().name)

    assert together(first, second) == [None, None]
    assert found == ["一"]


def test_whose_turn_does_not_come_is_told():
    inside, told = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            inside.set()
            told.wait(30)

    def second():
        inside.wait(30)
        connection.settings_dict["OPTIONS"]["timeout"] = 0.05
        try:
            with pytest.raises(OperationalError, match="locked"), transaction.atomic():
                pass
        finally:
            told.set()

    options = connection.settings_dict["OPTIONS"]
    before = options["timeout"]
    try:
        assert together(first, second) == [None, None]
    finally:
        options["timeout"] = before


def test_single_statements_wait_by_themselves_as_before():
    with transaction.atomic():
        pass
    assert waits_by_itself() == 20_000
