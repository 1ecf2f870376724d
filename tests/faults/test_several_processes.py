"""Two real processes of one site: what is limited is limited for both together."""

import pytest

from keqiao.faces.uploads import AT_ONCE
from keqiao.kernel.models import Blob
from keqiao.kernel.platform.file_locks import try_lock

NO_PLACE = "目前正在接收较多大文件"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_limits_are_those_of_the_site(serve, firm):
    pair = [serve(KEQIAO_PROCESSES="1") for _ in range(2)]

    def in_turn(times):
        return [pair[turn % 2] for turn in range(times)]

    links = [web.get("/s/invented/").status for web in in_turn(62)]
    assert (links[:60], links[60:]) == ([404] * 60, [429] * 2)

    guess = {"login": "somebody", "password": "wrong"}
    guesses = [web.post("/accounts/login/", guess).status for web in in_turn(7)]
    assert (guesses[:4], guesses[5:]) == ([200] * 4, [429] * 2)

    asked = {"email": "somebody@example.com"}
    resets = [web.post("/accounts/password/reset/", asked).status for web in in_turn(5)]
    assert resets == [302, 302, 302, 429, 429]

    others = [try_lock(f"large-upload-{number}") for number in range(AT_ONCE)]
    refused = [send(web, firm, key="a") for web in pair]
    assert [(answer.status, NO_PLACE in answer.body) for answer in refused] == [(422, True)] * 2
    for lock in others:
        lock.release()
    assert [send(web, firm, key="b").status for web in pair] == [302, 302]
    assert Blob.objects.count() == 1


def send(web, firm, *, key):
    """A file large enough to need a place."""
    values = {"note": "执照", "level": "1", "idempotency_key": key}
    address = f"/enterprises/{firm.pk}/do/add_enterprise_file/"
    return web.upload(address, values, b"0123456789" * 300_000)
