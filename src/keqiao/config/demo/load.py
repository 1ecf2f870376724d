"""Set the stage of the demo, play the scenes of the modules, and keep the list of accounts for whoever starts it."""

import sys
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from keqiao.accounts.models import User
from keqiao.config.demo import people
from keqiao.config.demo.files import paper, picture
from keqiao.config.demo.jobs import work
from keqiao.kernel.platform import clock
from keqiao.kernel.record import sealing
from keqiao.kernel.steps.demo import Demo, morning, play

BEGINNING = 200  # days before today, when people got their accounts


def peopled() -> bool:
    """Whether anyone has an account here: the demo enters an empty site only."""
    return User.objects.exists()


def finished() -> bool:
    """Whether loading came to its end; the list of accounts is written last."""
    return _accounts_file().exists()


def _folder() -> Path:
    return Path(settings.VAR) / "demo"


def _accounts_file() -> Path:
    return _folder() / "accounts.txt"


def load() -> None:
    """Play the demo. Refuses on a site that isn't a demo."""
    if not settings.DEMO:
        raise RuntimeError("demo data never enter a site that isn't a demo")
    _say("loading the demo (once) …")
    _folder().mkdir(parents=True, exist_ok=True)
    play(stage())
    sealing.seal(now=timezone.now())
    _accounts_file().write_text(people.accounts())


def stage() -> Demo:
    """The people who are there from the beginning, and what scenes use."""
    today = timezone.localdate()
    with clock.at(morning(today, days_ago=BEGINNING)):
        admins = people.administrators()
        known = {**people.staff(admins), "expert": people.expert(admins)}
    return Demo(
        today=today,
        people=known,
        account=partial(people.account, admins["sysadmin"]),
        paper=paper,
        picture=picture,
        work=work,
        say=_say,
        folder=_folder(),
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
