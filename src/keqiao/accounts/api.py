"""Who asks the API: the session of a browser, or a token in `Authorization: Bearer …` within its scope."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from keqiao.accounts.models import Scope, User
from keqiao.accounts.operations.tokens import authenticate_token

READS = {"GET", "HEAD", "OPTIONS"}


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The person the token acts for. A token that only reads does nothing else."""
        access = authenticate_token(raw=token, now=timezone.now())
        if access is None or (request.method not in READS and access.scope != Scope.WRITE):
            return None
        request.user = access.user
        return access.user


bearer = Bearer()
session = SessionAuth()
