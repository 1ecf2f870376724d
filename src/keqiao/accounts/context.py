"""What every page of a signed-in person knows of the session, so that its end comes announced."""

import time
from typing import Any

from django.http import HttpRequest

from keqiao.accounts.signin.timing import left


def session(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"session_left": left(request.session, now=time.time())}
