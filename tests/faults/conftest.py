"""The real web process and the real worker on the test database, to be killed, starved and cut off."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from ports import free_port
from tests.factories import catalogue, enterprises, organisation, people
from tests.factories.processes import environment
from tests.factories.world import signed_in
from tests.faults.web import Web
from tests.patience import PATIENCE, wait_until

from keqiao.accounts.models import Role
from keqiao.accounts.operations.tokens import create_token
from keqiao.kernel.models import Holiday, HolidayYear
from keqiao.kernel.platform.calendar_seed import seed_known_years

HOST = "127.0.0.1"


@pytest.fixture
def ground(transactional_db, tmp_path, settings):
    """What a process of the same site must be told: folders, keys, database."""
    settings.VAR, settings.VAULT_ROOT = tmp_path, tmp_path / "vault"
    seed_known_years(holiday=Holiday, holiday_year=HolidayYear)
    organisation.institution()
    catalogue.stage_limits()
    return environment(tmp_path)


@pytest.fixture
def consultant(ground):
    return people.staff(Role.CONSULTANT)


@pytest.fixture
def firm(consultant):
    return enterprises.enterprise(owner=consultant)


@pytest.fixture
def serve(ground, consultant):
    """`serve()` starts the web processes as `make run` does, and gives the consultant at it."""
    running = []
    token = create_token(actor=consultant, name="程序", scope="write", days=1).secret
    session = signed_in(consultant).cookies[settings.SESSION_COOKIE_NAME].value

    def serve(**environment):
        port = free_port()
        command = [sys.executable, "-m", "keqiao.config.main", "serve", "--host", HOST, "--port", str(port)]
        process = subprocess.Popen(
            command,
            env={**ground, **environment},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running.append(process)
        web = Web(process=process, address=f"http://{HOST}:{port}", token=token, session=session)
        wait_until(web.answers)
        return web

    yield serve
    for process in running:
        kill(process)


def kill(process):
    """The process and the workers it started, at once and without a word."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
