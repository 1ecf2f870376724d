"""The demo, laid out once (tests/databases)."""

from django.conf import settings

from keqiao.config.demo import load, peopled
from keqiao.engagement.operations.catalogue import load_catalogue


def laid() -> None:
    before, settings.DEMO = settings.DEMO, True
    load_catalogue()
    assert not peopled()
    load()
    settings.DEMO = before
