"""List, detail, Today and board, small and large: queries a page, and how many times as long the large one takes."""

import time
from argparse import Namespace

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from house import rows
from keqiao.accounts.models import User
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise

TIMES = 25
BACKEND = "keqiao.accounts.signin.backend.Door"
Found = dict[str, tuple[int, float]]


def part_pages(args: Namespace) -> None:
    # Small, and yet its people have as much to do: fewer of them, each with as many engagements as in the large house. So
    # the ratio is of what is looked through and not of what is drawn.
    full = min(args.engagements, args.small)
    people = max(1, rows.CONSULTANTS * full // args.engagements)
    small = measured(args.small, full, full * (args.entries // args.engagements), people)
    from keqiao.kernel.record import append_only

    append_only.remove(connection)
    call_command("flush", verbosity=0, interactive=False)
    append_only.install(connection)
    rows.empty()
    large = measured(args.large, args.engagements, args.entries, rows.CONSULTANTS)
    print(f"\n{'page':44}{'queries':>9}{'small ms':>10}{'large ms':>10}{'ratio':>8}")
    for page, (queries, slow) in large.items():
        fast = small[page][1]
        print(f"{page:44}{queries:9}{fast:10.1f}{slow:10.1f}{slow / fast:8.2f}", flush=True)


def measured(count: int, engagements: int, entries: int, people: int) -> Found:
    with rows.timed(f"lay out {count:,} enterprises, {engagements:,} engagements, {entries:,} entries"):
        manager, consultants = rows.people(people)
        rows.enterprises(count, consultants)
        rows.engagements(engagements, consultants)
        rows.parts()
        rows.entries(entries, manager)
        rows.settle()
    found = {}
    for who, user in (("manager", manager), ("consultant", consultants[0])):
        for page, path in addresses(user).items():
            found[f"{page}, {who}"] = page_of(user, path)
    return found


def addresses(user: User) -> dict[str, str]:
    one = Enterprise.objects.filter(owner__isnull=False).order_by("pk").first()
    job = Engagement.objects.filter(consultant=user).first() or Engagement.objects.order_by("pk").first()
    return {
        "enterprises, list": "/enterprises/",
        "enterprises, filtered and sorted": "/enterprises/?region=4403&sort=name",
        "enterprises, last page": "/enterprises/?page=39",
        "enterprise, page": f"/enterprises/{one.pk}/",
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
    if count > 12:
        print(f"   {path}: {count} queries", flush=True)
    slow = max(queries, key=lambda one: float(one["time"]))
    if float(slow["time"]) > 0.02:
        print(f"   {path}: {slow['time']} s in {slow['sql'][:1200]}", flush=True)
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - start)
    return count, min(times) * 1000  # the best of many: what else runs on the machine is not the house's
