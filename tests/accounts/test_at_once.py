"""Two at the same moment: one wins, nothing is done twice, and no administration is left to nobody."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone
from tests.accounts.doors import PASSWORD, code_of

from keqiao.accounts.models import Kind, Role, User
from keqiao.accounts.operations.invitations import accept_invitation, invite_user
from keqiao.accounts.operations.users import disable_user
from keqiao.accounts.signin.second_factor import accepts
from keqiao.kernel.platform.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _committing(transactional_db):
    """Real commits."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share the one connection of a database in memory: nothing can happen at once")


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Run the steps in threads that start together; what each returned or raised, in their order."""
    start, results = Barrier(len(steps)), [None] * len(steps)

    def run(number: int, step: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = step()
        except Refusal as refusal:
            results[number] = type(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_code_opens_one_door(enrolled):
    user = enrolled()
    found, code = Authenticator.objects.get(user=user), code_of(user.secret)
    results = at_once(*[lambda: accepts(found, code, now=timezone.now())] * 4)
    assert sorted(results) == [False, False, False, True]


def test_one_invitation_sets_one_password(person):
    admin = person(role=Role.SYSTEM_ADMIN)
    who = {"username": "wang", "name": "王工", "email": "wang@example.com", "kind": Kind.STAFF}
    secret = invite_user(actor=admin, **who).link.rstrip("/").rsplit("/", 1)[1]
    results = at_once(*[lambda: accept_invitation(secret=secret, password=PASSWORD).username] * 3)
    assert results.count("wang") == 1


def test_two_administrators_can_not_disable_each_other(person):
    one, other = person(role=Role.SYSTEM_ADMIN), person(role=Role.SYSTEM_ADMIN)
    at_once(
        lambda: disable_user(user=one, actor=other, reason="离职"),
        lambda: disable_user(user=other, actor=one, reason="离职"),
    )
    assert User.objects.filter(grants__role=Role.SYSTEM_ADMIN, is_active=True).count() == 1
