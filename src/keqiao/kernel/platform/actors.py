"""Who acts: a person with an account, or the system itself. The kernel sees people only through this."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    @property
    def pk(self) -> Any: ...  # as Django declares it; None for who has no account
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def enterprise_id(self) -> int | None: ...
    @property
    def clearance(self) -> int: ...


class System:
    """Timed jobs and consequences of a step. Only code can act as this; no request ever does."""

    pk = None
    name = "system"
    kind = "system"
    roles: frozenset[str] = frozenset()
    enterprise_id = None
    clearance = 3


class Visitor:
    """Someone who has not signed in."""

    pk = None
    name = "visitor"
    kind = "visitor"
    roles: frozenset[str] = frozenset()
    enterprise_id = None
    clearance = 0


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whoever of a kind opens a paper that is made before anyone asks for it, such as a pack. Acts never."""

    kind: str
    clearance: int
    pk: int | None = None
    roles: frozenset[str] = frozenset()
    enterprise_id: int | None = None
    name: str = ""


SYSTEM = System()
VISITOR = Visitor()
