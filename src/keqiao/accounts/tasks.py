"""Jobs of accounts: one call each. Importing this registers them."""

from datetime import datetime

from keqiao.accounts.operations.reminders import send_digests
from keqiao.kernel.platform.jobs import every


@every(minutes=5)
def send_reminders(now: datetime) -> None:
    send_digests(now=now)
