"""Who reads entries. One is found through what it belongs to, which the reader sees; it may speak of something more secret."""

from django.db.models import Q

from keqiao.kernel.models import Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor


def entries_open_to(actor: Actor, _verb: str) -> Q:
    """A client reads of its own enterprise at every level; whoever works for it, up to their clearance (4.1.5)."""
    return policy.EVERYTHING if actor.kind == "client" else Q(level__lte=actor.clearance)


policy.register(Entry, scope=entries_open_to)
