"""Files that a step makes itself: papers. Typeset and sealed before the database is held, kept once it is."""

from collections.abc import Callable, Hashable

from django.core.files.base import ContentFile

from keqiao.kernel.files import vault
from keqiao.kernel.models import Blob
from keqiao.kernel.steps import ahead


def keep(
    *,
    key: Hashable,
    make: Callable[[], bytes],
    name: str,
    enterprise_id: int | None,
    level: int,
    actor_id: int | None,
) -> Blob:
    """Keep what `make` gives under `name`. `key` says all that the content depends on, such as
    how it is rendered and the digest of its data.
    Raises what the vault raises."""

    def make_and_seal() -> tuple[bytes, vault.Place | None]:
        content = make()
        return content, vault.seal_ahead(content=content, enterprise_id=enterprise_id)

    content, place = ahead.made((key, enterprise_id), make_and_seal)
    return vault.store(
        file=ContentFile(content, name=name),
        name=name,
        enterprise_id=enterprise_id,
        level=level,
        actor_id=actor_id,
        sealed=place,
    )
