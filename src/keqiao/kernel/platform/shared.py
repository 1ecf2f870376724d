"""What all processes of a site must know alike for a short while: how often somebody tried, which code was used.

`Shared` is the site's cache: limits of password resets, codes of authenticator apps and whatever else a package keeps
there. It lies in the site's own database, so that several processes and machines count together. Values are JSON,
not pickles: whoever can write to the table can't have code run. Each change is one statement, so that of two at once
both count (decision 0083).
"""

import json
import time
from hashlib import sha256
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from keqiao.kernel.models.shared import SharedNote

TABLE = SharedNote._meta.db_table
FOREVER = 10 * 365 * 24 * 3600.0
# A row whose time is over counts as absent.
ADD = f"""
    INSERT INTO {TABLE} (key, value, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until WHERE {TABLE}.until <= %s
    RETURNING key"""  # noqa: S608 - the name of our own table
SET = f"""
    INSERT INTO {TABLE} (key, value, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until"""  # noqa: S608
COUNT = f"""
    INSERT INTO {TABLE} (key, value, until) VALUES (%s, '1', %s)
    ON CONFLICT (key) DO UPDATE SET
        value = CASE WHEN {TABLE}.until <= %s THEN '1'
            ELSE CAST(CAST({TABLE}.value AS bigint) + 1 AS varchar(20)) END,
        until = CASE WHEN {TABLE}.until <= %s THEN excluded.until ELSE {TABLE}.until END
    RETURNING value"""  # noqa: S608
INCREASE = f"""
    UPDATE {TABLE} SET value = CAST(CAST(value AS bigint) + %s AS varchar(20)) WHERE key = %s AND until > %s
    RETURNING value"""  # noqa: S608


def allowed(name: str, *, most: int, seconds: int) -> bool:
    """Whether this is one of the first `most` under `name` within `seconds` of the first. What is refused is only read, so
    that a flood writes no more than it may."""
    now = time.time()
    there = SharedNote.objects.filter(key=_hash(name), until__gt=now).values_list("value", flat=True).first()
    if there is not None and int(there) >= most:
        return False
    return int(_row(COUNT, [_hash(name), now + seconds, now, now])[0]) <= most


def sweep() -> int:
    """Remove what counts as absent; how many rows."""
    return SharedNote.objects.filter(until__lte=time.time()).delete()[0]


class Shared(BaseCache):
    """Django's cache on the table. What JSON can't say is refused with a TypeError."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        value = (
            SharedNote.objects.filter(key=self._key(key, version), until__gt=time.time())
            .values_list("value", flat=True)
            .first()
        )
        return default if value is None else json.loads(value)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SET, [self._key(key, version), json.dumps(value), self._until(timeout)])

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Whether it was absent: true for one of those who add it at the same time."""
        values = [self._key(key, version), json.dumps(value), self._until(timeout), time.time()]
        return _row(ADD, values) is not None

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for what is absent."""
        row = _row(INCREASE, [delta, self._key(key, version), time.time()])
        if row is None:
            raise ValueError(f"Key {key!r} not found")
        return int(row[0])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        rows = SharedNote.objects.filter(key=self._key(key, version), until__gt=time.time())
        return bool(rows.update(until=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        rows = SharedNote.objects.filter(key=self._key(key, version))
        return bool(rows.delete()[0])

    def clear(self) -> None:
        SharedNote.objects.all().delete()

    def _key(self, key: str, version: int | None) -> str:
        return _hash(self.make_key(key, version=version))

    def _until(self, timeout: Any) -> float:
        until = self.get_backend_timeout(timeout)
        return time.time() + FOREVER if until is None else float(until)


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def _row(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
