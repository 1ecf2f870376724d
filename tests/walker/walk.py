"""One person through every address: what the answers held that this person may not read."""

from django.db import transaction
from tests.walker.data import Walked
from tests.walker.looking import words_in
from tests.walker.oracle import may_read
from tests.walker.routes import addresses, routes, walked_by

WAYS_OUT = {200, 302, 401, 403, 404, 405, 422}


def walk(walked: Walked, key: str) -> dict[str, set[str]]:
    """Leaks by address."""
    return {
        address: found
        for route in routes()
        if walked_by(route, key)
        for address in addresses(route, walked, key)
        if (found := leaked(walked, key, ask(walked, key, "get", address)))
    }


def ask(walked: Walked, key: str, method: str, address: str) -> set[str]:
    sid = transaction.savepoint()
    try:
        answer = getattr(walked.ours.visit(key), method)(address)
        assert answer.status_code in WAYS_OUT, f"{key} {method} {address}: {answer.status_code}"
        return words_in(answer)
    finally:
        transaction.savepoint_rollback(sid)


def leaked(walked: Walked, key: str, words: set[str]) -> set[str]:
    return {str(walked.planted[word]) for word in words if not may_read(walked, key, walked.planted[word])}
