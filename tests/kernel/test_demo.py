"""Scenes are found in the apps, played after those they need and at their time; what can't be played is refused."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from keqiao.kernel.platform import clock
from keqiao.kernel.steps import demo, modules
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.demo import Demo, in_order, play, scene

pytestmark = pytest.mark.once
TODAY = date(2026, 11, 22)


@pytest.fixture
def nothing_declared(monkeypatch):
    """No scenes but those of the test; the site's own have been read before, and come back afterwards."""
    modules.read("demo")
    monkeypatch.setattr(demo, "_scenes", {})


def declared(name, **when):
    def play_it(found):
        found.say(f"{name} {clock.today()}")
        return name

    play_it.__name__, play_it.__module__ = name, "keqiao.portal.demo"
    return scene(**when)(play_it)


def stage(said):
    return Demo(
        today=TODAY,
        people={},
        account=dict,
        paper=str,
        picture=str,
        work=list,
        say=said.append,
        folder=Path(),
    )


@pytest.mark.usefixtures("nothing_declared")
def test_a_scene_is_played_after_those_it_needs_and_in_its_time():
    declared("broken", needs=["portal.bought"], days_ago=3)
    declared("bought", days_ago=30)
    said = []
    shown = stage(said)
    play(shown)
    assert said[:2] == ["bought 2026-10-23", "broken 2026-11-19"]
    assert shown.left == {"portal.bought": "bought", "portal.broken": "broken"}


@pytest.mark.usefixtures("nothing_declared")
def test_a_scene_that_needs_what_is_not_there_is_refused():
    declared("broken", needs=["portal.bought"])
    with pytest.raises(DeclarationError) as refused, translation.override("en"):
        in_order()
    assert "expected scenes among portal.broken, came 'portal.bought'" in str(refused.value)
    assert refused.value.where.startswith("kernel/test_demo.py, line ")


@pytest.mark.usefixtures("nothing_declared")
def test_scenes_that_need_each_other_are_refused():
    declared("broken", needs=["portal.mended"])
    declared("mended", needs=["portal.broken"])
    with pytest.raises(DeclarationError, match=r"scenes that don't need each other, came 'portal\.\w+ → "):
        in_order()


@pytest.mark.usefixtures("nothing_declared")
def test_two_scenes_of_one_name_are_refused():
    declared("bought")
    with pytest.raises(
        DeclarationError, match=r"came 'portal\.bought'. Rename it: kernel/test_demo.py, line"
    ):
        declared("bought")


def test_the_scenes_of_the_site_lie_in_their_apps_and_follow_each_other():
    names = [one.name for one in in_order()]
    assert names.index("organisation.staff") < names.index("enterprises.clients")
    assert names.index("enterprises.clients") < names.index("engagement.engagements")
    assert names.index("engagement.engagements") < names.index("engagement.packs")
