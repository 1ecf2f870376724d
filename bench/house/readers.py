"""Fifty people who read: real processes as `make run` starts them, real HTTP on 127.0.0.1, kept connections, sessions of
managers, consultants and clients. Each asks for the next page as soon as the last one is there."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.test import Client
from postgres import free_port

from house import ground, rows
from house.figures import Figure, percentile
from house.sizes import Sizes
from keqiao.accounts.models import Kind, User
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise

HOST = "127.0.0.1"
HOME = Path(__file__).resolve().parents[2]
BACKEND = "keqiao.accounts.signin.backend.Door"
WARM = 2  # rounds through all pages before anything is counted


def measure(sizes: Sizes) -> Iterator[Figure]:
    with rows.timed(f"lay out {sizes.many:,} enterprises, {sizes.engagements:,} engagements"):
        manager, consultants = rows.house(sizes.many, sizes.engagements, sizes.entries)
        sessions = [(cookie(user), pages(user)) for user in [manager, *consultants, *clients(consultants[0])]]
    with site() as port:
        load(port, sessions, len(sessions), rounds=WARM)
        alone, _errors, little = load(port, sessions[:1], 1, seconds=sizes.seconds / 4)
        times, errors, long = load(port, sessions, sizes.readers, seconds=sizes.seconds)
    for error in errors[:3]:
        print(f"   {error}")
    who = f"{sizes.readers} readers"
    yield Figure(
        what=f"{who}, pages",
        value=len(times) / long,
        unit="a second",
        reference=len(alone) / little,
        against="1 reader",
        aim="≥ 80 a second",
    )
    yield Figure(what=f"{who}, p50", value=percentile(times, 0.5), unit="ms")
    yield Figure(what=f"{who}, p95", value=percentile(times, 0.95), unit="ms", aim="≤ 1,000")
    yield Figure(what=f"{who}, p99", value=percentile(times, 0.99), unit="ms")
    yield Figure(what=f"{who}, errors", value=len(errors), unit="", aim="0")


def clients(owner: User) -> list[User]:
    """Ten people of enterprises that have something under way."""
    firms = Enterprise.objects.filter(engagements__consultant=owner).distinct().order_by("pk")[:10]
    return [
        User.objects.create_user(
            f"bench-client-{n}",
            name=f"示例客户{n}",
            kind=Kind.CLIENT,
            email=f"k{n}@example.com",
            enterprise_id=firm.pk,
        )
        for n, firm in enumerate(firms)
    ]


def cookie(user: User) -> str:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def pages(user: User) -> list[str]:
    if user.kind == Kind.CLIENT:
        job = Engagement.objects.filter(enterprise_id=user.enterprise_id).first()
        return ["/", f"/engagements/{job.pk}/", "/commission/"]
    job = Engagement.objects.filter(consultant=user).first() or Engagement.objects.first()
    return [
        "/",
        "/enterprises/",
        f"/enterprises/{job.enterprise_id}/",
        "/engagements/",
        f"/engagements/{job.pk}/",
        "/board/",
        "/calendar/",
        "/late/",
        "/enterprises/?region=4403&sort=name",
    ]


@contextmanager
def site() -> Iterator[int]:
    """The web processes on the database of this part; the port they answer on."""
    port = free_port()
    connections.close_all()
    environment = {
        **os.environ,
        "KEQIAO_DATABASE": ground.address(),
        "KEQIAO_HOSTS": HOST,
        "PYTHONPATH": str(HOME / "src"),
    }
    command = [sys.executable, "-m", "keqiao.config.main", "serve", "--host", HOST, "--port", str(port)]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        while not answers(port):
            if process.poll() is not None:
                raise RuntimeError(f"the site ended with code {process.returncode}")
            time.sleep(0.2)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port)
    try:
        connection.request("GET", "/accounts/login/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def load(
    port: int, sessions: list[tuple[str, list[str]]], readers: int, *, rounds: int = 0, seconds: float = 0.0
) -> tuple[list[float], list[str], float]:
    """Seconds of each answer, what was no answer, and how long it all took. For `rounds` through all pages, or until `seconds` are over."""
    times: list[float] = []
    errors: list[str] = []
    start = time.monotonic()
    end = start + seconds

    def read(place: int) -> None:
        session, paths = sessions[place % len(sessions)]
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        asked = 0
        while asked < rounds * len(paths) if rounds else time.monotonic() < end:
            path = paths[(place + asked) % len(paths)]
            begun = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Cookie": session})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    errors.append(f"{path}: {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                errors.append(f"{path}: {error!r}")
                connection.close()
            times.append(time.perf_counter() - begun)
            asked += 1
        connection.close()

    threads = [threading.Thread(target=read, args=(place,)) for place in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, errors, time.monotonic() - start
