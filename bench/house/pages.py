"""List, detail, Today and board, small and large: queries a page, and how many times as long the large one takes."""

import time
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from house import ground, rows
from house.figures import Figure
from house.sizes import Sizes
from keqiao.accounts.models import User
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise

TIMES = 25
MOST_QUERIES = 12
BACKEND = "keqiao.accounts.signin.backend.Door"
Pages = dict[str, tuple[int, float]]  # queries, ms


def measure(sizes: Sizes) -> Iterator[Figure]:
    # Small, and yet its people have as much to do: fewer of them, each with as many engagements as in the large house. So
    # the ratio is of what is looked through and not of what is drawn.
    full = min(sizes.engagements, sizes.few)
    people = max(1, rows.CONSULTANTS * full // sizes.engagements)
    small = house(sizes.few, full, full * (sizes.entries // sizes.engagements), people)
    ground.fresh("pages_large")
    large = house(sizes.many, sizes.engagements, sizes.entries, rows.CONSULTANTS)
    for page, (_queries, slow) in large.items():
        yield Figure(what=page, value=slow, unit="ms", reference=small[page][1], against="small", aim="≤ 1.5")
    yield Figure(
        what="queries of a page, the most",
        value=max(queries for queries, _ms in large.values()),
        unit="",
        aim=f"≤ {MOST_QUERIES}",
    )
    staff = [slow for _queries, slow in large.values()]
    yield Figure(
        what="staff page, mean of the least times", value=sum(staff) / len(staff), unit="ms", aim="≤ 22"
    )


def house(count: int, engagements: int, entries: int, people: int) -> Pages:
    with rows.timed(f"lay out {count:,} enterprises, {engagements:,} engagements, {entries:,} entries"):
        manager, consultants = rows.house(count, engagements, entries, people)
    return {
        f"{page}, {who}": page_of(user, path)
        for who, user in (("manager", manager), ("consultant", consultants[0]))
        for page, path in addresses(user).items()
    }


def addresses(user: User) -> dict[str, str]:
    firm = Enterprise.objects.filter(owner__isnull=False).order_by("pk").first()
    job = Engagement.objects.filter(consultant=user).first() or Engagement.objects.order_by("pk").first()
    return {
        "enterprises, list": "/enterprises/",
        "enterprises, filtered and sorted": "/enterprises/?region=4403&sort=name",
        "enterprises, last page": "/enterprises/?page=39",
        "enterprise, page": f"/enterprises/{firm.pk}/",
        "engagements, list": "/engagements/",
        "engagement, page": f"/engagements/{job.pk}/",
        "Today": "/",
        "board": "/board/",
        "calendar": "/calendar/",
        "calendar of all": "/calendar/?whose=all",
        "late": "/late/",
    }


def page_of(user: User, path: str) -> tuple[int, float]:
    client = Client()
    client.force_login(user, backend=BACKEND)
    for _ in range(2):  # the first one notes the session and fills the caches of the process
        answer = client.get(path)
    if answer.status_code != 200:
        print(f"   {path}: {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    count = len(queries)  # now: the log starts anew with the next request
    if count > MOST_QUERIES:
        print(f"   {path}: {count} queries", flush=True)
    slow = max(queries, key=lambda query: float(query["time"]))
    if float(slow["time"]) > 0.02:
        print(f"   {path}: {slow['time']} s in {slow['sql'][:1200]}", flush=True)
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - start)
    return count, min(times) * 1000  # the best of many: what else runs on the machine is not the house's
