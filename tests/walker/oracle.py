"""Who may read which planted word, said once more by hand and in other words than the program's own policy."""

from tests.declared import HIDDEN_FIELDS, INNER
from tests.walker.canaries import Canary
from tests.walker.data import Walked

NOTHING = {"visitor", "low manager", "security administrator", "audit administrator"}
SIDES = {
    "consultant": {"ours"}, "outsider": {"theirs"}, "manager": {"ours", "theirs"}, "auditor": {"ours", "theirs"},
    "cleared manager": {"ours", "theirs", "secret"},
}  # fmt: skip


def may_read(walked: Walked, key: str, canary: Canary) -> bool:
    if key == "system administrator":  # who opens accounts for clients chooses among their names
        return (canary.model, canary.field) == ("Enterprise", "name")
    if key in NOTHING:
        return False
    if key in {"client", "other client"}:
        return canary.side == {"client": "ours", "other client": "theirs"}[key] and for_client(canary)
    if key in {"expert", "member", "other expert"}:
        return in_group(walked, key, canary)
    if canary.side in SIDES[key]:
        return True
    # Staff find every client within their clearance, to know whom the institution serves: the record, not what hangs on it.
    return canary.model == "Enterprise" and canary.side != "secret" and key in {"consultant", "outsider"}


def for_client(canary: Canary) -> bool:
    hidden = canary.draft or (canary.model, canary.field) in HIDDEN_FIELDS
    return canary.model not in INNER and not hidden


def in_group(walked: Walked, key: str, canary: Canary) -> bool:
    """A member reads the engagement worked on; staff also the firm's particulars, and other firms' names."""
    if canary.engagement is not None:
        return canary.engagement in walked.group_of(key) or is_asked(walked, key, canary)
    if canary.model in {"Blob", "spoken"}:
        return canary.side == "ours" and key != "other expert"
    if key == "expert":  # whose case it is
        return canary.side == "ours" and (canary.model, canary.field) == ("Enterprise", "name")
    if key != "member":
        return False
    return canary.side == "ours" or (canary.model == "Enterprise" and canary.side == "theirs")


def is_asked(walked: Walked, key: str, canary: Canary) -> bool:
    """Before signing one learns what one is asked for: the own duty, and which engagement the undertaking is about."""
    if key != "other expert" or canary.engagement != walked.asked_into:
        return False
    return (canary.model, canary.field) in {("Member", "duty"), ("Engagement", "title")}
