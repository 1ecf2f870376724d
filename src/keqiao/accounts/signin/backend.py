"""Who a session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F

from keqiao.accounts.models import User


class Door(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    def get_user(self, user_id: Any) -> User | None:
        """The account and its roles in one query, since every page asks for both."""
        rows = list(User.objects.filter(pk=user_id).annotate(role_now=F("grants__role")))
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        user = rows[0]
        user.roles = frozenset(row.role_now for row in rows if row.role_now)
        return user
