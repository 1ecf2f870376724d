"""What the worker does between two steps, done at once."""

from django.utils import timezone

from keqiao.kernel.platform import outbox


def work() -> None:
    """Deliver what is due. A demo with half its effects would be no demonstration."""
    failed = outbox.run_due(now=timezone.now()).failed
    if failed:
        raise RuntimeError(f"{failed} effects of the demo failed; the log above says why")
