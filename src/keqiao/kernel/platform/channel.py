"""By which way a step came in, and at the command line which user of the operating system sat there.

It stands in every entry of the record. At the command line anybody with the machine can name anybody; who they are on the
machine is what the system itself says of them.
"""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    WEB = "web"
    PORTAL = "portal"
    API = "api"
    COMMAND = "command"
    JOB = "job"
    PROGRAM = "program"  # code that came by none of these, such as a shell of the program's own


@dataclass(frozen=True)
class Way:
    channel: Channel = Channel.PROGRAM
    os_user: str = ""

    def as_facts(self) -> dict[str, str]:
        """As a header has them."""
        return {"channel": str(self.channel), **({"os_user": self.os_user} if self.os_user else {})}


_way: ContextVar[Way | None] = ContextVar("the way a step comes in by", default=None)


def way() -> Way:
    return _way.get() or Way()


@contextmanager
def entered(channel: Channel, *, os_user: str = "") -> Iterator[None]:
    token = _way.set(Way(channel, os_user))
    try:
        yield
    finally:
        _way.reset(token)


def os_user() -> str:
    """By the number that the system gave this process, not by a variable that its user sets; with sudo, who called it too."""
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = str(number)
    caller = os.environ.get("SUDO_USER", "")
    return f"{name} < {caller}"[:80] if caller and number == 0 else name
