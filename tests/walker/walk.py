"""One person through every address: what the answers held that this person may not read."""

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from tests.walker.data import Walked
from tests.walker.looking import words_in
from tests.walker.oracle import may_read
from tests.walker.routes import Route, addresses, routes, walked_by

WAYS_OUT = {200, 302, 401, 403, 404, 405, 422}


def every(_route: Route) -> bool:
    return True


def walk(
    walked: Walked, key: str, which: Callable[[Route], bool] = every
) -> tuple[dict[str, set[str]], Counter[str]]:
    """Leaks by address, and on how many addresses of each route something planted was read."""
    leaks: dict[str, set[str]] = {}
    read: Counter[str] = Counter()
    for route in routes():
        for address in addresses(route, walked, key) if walked_by(route, key) and which(route) else ():
            words = ask(walked, key, "get", address)
            leaks |= leaked(walked, key, address, words)
            read[route.path] += bool(words)
    return leaks, read


def ask(walked: Walked, key: str, method: str, address: str) -> set[str]:
    sid = transaction.savepoint()
    try:
        answer = getattr(walked.ours.visit(key), method)(address)
        assert answer.status_code in WAYS_OUT, f"{key} {method} {address}: {answer.status_code}"
        return words_in(answer)
    finally:
        transaction.savepoint_rollback(sid)


def leaked(walked: Walked, key: str, address: str, words: set[str]) -> dict[str, set[str]]:
    found = {str(walked.planted[word]) for word in words if not may_read(walked, key, walked.planted[word])}
    return {address: found} if found else {}
