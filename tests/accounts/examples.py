"""Accounts and rights: the three administrations, each within its own."""

from tests.declared import internal, seen, walked, without_data
from tests.every_operation.example import example

from keqiao.accounts.models import Clearance, Kind, Role, User

SYSTEM = frozenset({"system administrator"})
SECURITY = frozenset({"security administrator"})
# Both open the form; which roles each may give is judged by the role chosen.
EITHER = SYSTEM | SECURITY


def user(state):
    return lambda world, _state: world.of(User, state)


def invited(world, _subject):
    return {"username": "newcomer", "name": "示例新人", "email": "newcomer@example.com"}


example(
    "invite_user",
    by="system administrator",
    allowed=SYSTEM,
    values=lambda w, s: {**invited(w, s), "kind": Kind.EXPERT},
)
example(
    "invite_client_user",
    by="system administrator",
    allowed=SYSTEM,
    values=lambda w, s: {**invited(w, s), "enterprise": w.ours},
)
example("renew_invitation", by="system administrator", allowed=SYSTEM, subject=user("invited"))
example("disable_user", by="system administrator", allowed=SYSTEM, values=lambda w, s: {"reason": "离职"})
example("enable_user", by="system administrator", allowed=SYSTEM, subject=user("disabled"))
example(
    "grant_role", by="system administrator", allowed=SYSTEM, form_opens_to=EITHER, values=lambda w, s: {"role": Role.AUDITOR},
    others=lambda w, s: {"role": Role.MANAGER},
)  # fmt: skip
example(
    "revoke_role", by="system administrator", allowed=SYSTEM, form_opens_to=EITHER, values=lambda w, s: {"role": Role.CONSULTANT},
    others=lambda w, s: {"role": Role.MANAGER},
)  # fmt: skip
example(
    "set_clearance", by="security administrator", allowed=SECURITY, values=lambda w, s: {"clearance": Clearance.CORE_TRADE_SECRET},
    others=lambda w, s: {"clearance": Clearance.PUBLIC},
)  # fmt: skip
example("reset_second_factor", by="system administrator", allowed=SYSTEM, subject=user("enrolled"))

seen("users", reader="system administrator", of_others=1, found=1, reference=True)  # who one is oneself
seen("invitations", reader="system administrator", reference=True)
seen("roles", reference=True)
seen("security-events", reader="audit administrator", reference=True)
internal("accounts.ApiToken", "shown on its owner's own pages")
internal("accounts.ReminderChoice", "shown on its owner's own page")
internal("accounts.ReminderDigest", "that somebody was told on a day; part of the copy of their data")
without_data("accounts/", "the person's own account, or the door")
walked("tokens/<int:pk>", lambda _walked: ["tokens/1"])
walked(
    "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    lambda _walked: ["password/reset/key/1-set-password/"],
)
