"""A step that refuses when its body has run, and whether anything was written."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from keqiao.kernel.platform.errors import Invalid, Refusal
from keqiao.kernel.steps.operation import Operation

WORDS = "示例条件不满足，本步骤未办理"
# Who is signed in and how often somebody asked, not what a step writes.
OF_THE_REQUEST = {"django_session", "usersessions_usersession", "kernel_sharednote"}


@contextmanager
def refusing(op: Operation, field: str = "") -> Iterator[None]:
    """The operation's own body, and at its end a no, as a condition there would say it. Page, endpoint and command hold
    the one Operation, so its handler is exchanged in place, and put back."""
    body = op.handler

    def refuse(**values: Any) -> None:
        body(**values)
        raise Invalid(WORDS, field=field) if field else Refusal(WORDS)

    object.__setattr__(op, "handler", refuse)
    try:
        yield
    finally:
        object.__setattr__(op, "handler", body)


@contextmanager
def nothing_written() -> Iterator[None]:
    before = rows_of_each_table()
    yield
    after = rows_of_each_table()
    assert [table for table in after if after[table] != before[table]] == []


def rows_of_each_table() -> dict[str, str]:
    """A digest of all rows."""
    tables = set(connection.introspection.django_table_names(only_existing=True)) - OF_THE_REQUEST
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = "\n".join(sorted(map(repr, cursor.fetchall())))
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return found
