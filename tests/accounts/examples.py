"""Accounts and rights: the three administrations, each within its own."""

from dataclasses import replace

from tests.declared import internal, seen, walked, without_data
from tests.every_operation.example import example
from tests.every_operation.lacking import lacks

from keqiao.accounts.models import Clearance, Kind, Role, User

SYSTEM = frozenset({"system administrator"})
SECURITY = frozenset({"security administrator"})
# Both open the form; which roles each may give is judged by the role chosen.
EITHER = SYSTEM | SECURITY


def user(state):
    return lambda world, _state: world.of(User, state)


def person(key):
    return lambda world, _state: world.person(key)


OWN = "Nobody changes the rights or the state of their own account; ask another administrator."
KEEPS_ACCOUNTS = "Only a system administrator keeps accounts."
KEEPS_ADMINISTRATIONS = (
    "Only a security administrator sets clearances and keeps the security and audit administrators."
)
KEEPER = "A security administrator keeps the security and audit administrators, a system one all others."
OWN_ACCOUNT = lacks(OWN, by="system administrator", subject=person("system administrator"))
KEPT = (lacks(KEEPER, by="security administrator"), OWN_ACCOUNT)
LAST_ONE = lacks(
    "This is the last active person in this administration.",
    "4.4.1 b",
    "Give the role to someone else first.",
    by="security administrator",
    subject=person("audit administrator"),
    values={"role": Role.AUDIT_ADMIN},
)
RIGHTS = (
    lacks(f"{KEEPS_ACCOUNTS} / {KEEPS_ADMINISTRATIONS}", by="manager"),
    OWN_ACCOUNT,
    lacks(KEEPS_ADMINISTRATIONS, by="system administrator", values={"role": Role.AUDIT_ADMIN}),
    lacks(KEEPS_ACCOUNTS, by="security administrator"),
)
ADDRESS = lacks("The link to set a password goes to this address.", field="email", values={"email": ""})
USER_NAME = lacks("A user name holds no @ and no blanks.", field="username", values={"username": "new comer"})
TAKEN = (
    ADDRESS,
    USER_NAME,
    lacks("This user name is taken.", field="__all__", values={"username": "INVITED"}),
    lacks(
        "Another account has this e-mail address.", field="__all__", values={"email": "Invited@example.com"}
    ),
)


def invited(world, _subject):
    return {"username": "newcomer", "name": "示例新人", "email": "newcomer@example.com"}


example(
    "invite_user",
    by="system administrator",
    allowed=SYSTEM,
    values=lambda w, s: {**invited(w, s), "kind": Kind.EXPERT},
    lacking=(
        *TAKEN,
        lacks(
            "A client user belongs to exactly one enterprise; others to none.",
            field="__all__",
            values={"kind": Kind.CLIENT},
        ),
    ),
)
example(
    "invite_client_user",
    by="system administrator",
    allowed=SYSTEM,
    values=lambda w, s: {**invited(w, s), "enterprise": w.ours},
    lacking=TAKEN,
)
example(
    "renew_invitation",
    by="system administrator",
    allowed=SYSTEM,
    subject=user("invited"),
    lacking=(
        lacks(
            "This person has a password already.",
            "4.1.5",
            "They can reset it on the sign-in page.",
            subject=user(""),
        ),
    ),
)
example(
    "disable_user",
    by="system administrator",
    allowed=SYSTEM,
    values=lambda w, s: {"reason": "离职"},
    lacking=(
        *KEPT,
        lacks("This account is disabled already.", "4.1.5", settled=True, subject=user("disabled")),
        replace(LAST_ONE, values=None),
    ),
)
example(
    "enable_user",
    by="system administrator",
    allowed=SYSTEM,
    subject=user("disabled"),
    lacking=(
        *KEPT,
        lacks("This account is active already.", "4.1.5", settled=True, subject=user("")),
    ),
)
example(
    "grant_role", by="system administrator", allowed=SYSTEM, form_opens_to=EITHER, values=lambda w, s: {"role": Role.AUDITOR},
    others=lambda w, s: {"role": Role.MANAGER},
    lacking=(
        *RIGHTS,
        lacks(
            "Only service staff hold roles; clients and experts have theirs by what they are.", settled=True,
            subject=person("expert"),
        ),
        lacks("This person already has this role.", settled=True, values={"role": Role.CONSULTANT}),
        lacks(
            "Who holds one of the three administrations holds no other role.", "4.4.1 b",
            "Revoke the other role first, or give this role to someone else.", values={"role": Role.SYSTEM_ADMIN},
        ),
    ),
)  # fmt: skip
example(
    "revoke_role", by="system administrator", allowed=SYSTEM, form_opens_to=EITHER, values=lambda w, s: {"role": Role.CONSULTANT},
    others=lambda w, s: {"role": Role.MANAGER},
    lacking=(
        *RIGHTS,
        lacks("This person does not have this role.", settled=True, values={"role": Role.MANAGER}),
        LAST_ONE,
    ),
)  # fmt: skip
example(
    "set_clearance", by="security administrator", allowed=SECURITY, values=lambda w, s: {"clearance": Clearance.CORE_TRADE_SECRET},
    others=lambda w, s: {"clearance": Clearance.PUBLIC},
    lacking=(
        lacks(KEEPS_ADMINISTRATIONS, by="system administrator"),
        lacks(OWN, by="security administrator", subject=person("security administrator")),
        lacks("This person already has this clearance.", settled=True, values={"clearance": Clearance.TRADE_SECRET}),
    ),
)  # fmt: skip
example(
    "reset_second_factor",
    by="system administrator",
    allowed=SYSTEM,
    subject=user("enrolled"),
    lacking=(*KEPT, lacks("This person has no second factor.", settled=True, subject=user(""))),
)

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
