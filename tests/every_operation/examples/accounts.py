"""Accounts and rights: the three administrations, each within its own."""

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
