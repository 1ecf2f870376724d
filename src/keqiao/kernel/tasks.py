"""The ground floor's own jobs. Importing this registers them."""

from datetime import datetime

from keqiao.kernel.files import vault
from keqiao.kernel.platform import mail, outbox, shared
from keqiao.kernel.platform.jobs import every
from keqiao.kernel.record import erasures

__all__ = ["forget_delivered_effects", "forget_what_is_over", "keep_erasures", "mail", "sweep_vault"]


@every(days=1)
def sweep_vault(now: datetime) -> None:
    vault.sweep_orphans(now=now)


@every(days=1)
def forget_delivered_effects(now: datetime) -> None:
    outbox.forget_delivered(now=now)


@every(days=1)
def keep_erasures(_now: datetime) -> None:
    erasures.keep()


@every(hours=1)
def forget_what_is_over(_now: datetime) -> None:
    shared.sweep()
