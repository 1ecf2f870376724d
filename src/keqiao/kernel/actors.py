"""Who acts, as far as the ground floor needs to know: the user of the accounts app fits this."""

from typing import Any, Protocol


class Actor(Protocol):
    @property
    def pk(self) -> Any: ...

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
