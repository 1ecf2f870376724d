"""The demo, laid out once (tests/databases)."""

from django.conf import settings

from keqiao.catalogue.operations.load import load_catalogue
from keqiao.config.demo import load, peopled
from keqiao.engagement.case.operations.limits import load_limits


def laid() -> None:
    before, settings.DEMO = settings.DEMO, True
    load_catalogue()
    load_limits()
    assert not peopled()
    load()
    settings.DEMO = before
