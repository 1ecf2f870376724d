"""Jobs of engagements: primitive arguments, one call."""

from typing import Any

from keqiao.engagement.packing import make_pack
from keqiao.kernel.outbox import handles


@handles("archive-pack", external=True)  # it seals, and a seal stands outside every transaction
def archive_pack(*, payload: dict[str, Any], key: str) -> None:
    del key
    make_pack(int(payload["archive"]))
