"""Scenes of the demo: each app's demo.py says what happens in the invented institution, played through operations.

    @scene(needs=("enterprises.clients",), days_ago=30)
    def lamps(demo: Demo) -> list[Lamp]: ...

The stage (people, clock, files) is set by whoever loads the demo; what a scene gives back is there for those that need it.
Everything carries LABEL, so that nobody takes it for real.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keqiao.kernel.platform import clock
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at

LABEL = "（演示）"


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What a scene finds on the stage."""

    today: date
    people: Mapping[str, Any]  # who has an account from the beginning, by user name
    account: Callable[
        ..., Any
    ]  # account(username=, name=, kind=, enterprise=None): someone new, who has signed in once
    paper: Callable[[str, str], SimpleUploadedFile]  # a PDF of this title and text
    picture: Callable[[str], SimpleUploadedFile]  # a PNG of this title
    work: Callable[[], None]  # what the worker does between two steps, done at once
    say: Callable[[str], None]
    folder: Path  # for what a visitor is to find beside the site
    left: dict[str, Any] = field(default_factory=dict)  # by name of the scene, what it gave back


@dataclass(frozen=True)
class Scene:
    name: str  # the app and the function: "enterprises.clients"
    play: Callable[[Demo], Any]
    needs: tuple[str, ...]
    days_ago: int
    where: str


_scenes: dict[str, Scene] = {}


def scene(
    *, needs: Iterable[str] = (), days_ago: int = 0
) -> Callable[[Callable[[Demo], Any]], Callable[[Demo], Any]]:
    """Play the function once the scenes it needs are over, in the morning of a day so many days before today."""
    where = declared_at()

    def declare(play: Callable[[Demo], Any]) -> Callable[[Demo], Any]:
        name = f"{app_of(play.__module__)}.{play.__name__}"
        if name in _scenes:
            raise DeclarationError(
                where=where,
                expected="a name of its own",
                came=name,
                remedy=f"Rename it: {_scenes[name].where} has one of this name.",
            )
        _scenes[name] = Scene(name, play, tuple(needs), days_ago, where)
        return play

    return declare


def app_of(dotted: str) -> str:
    """The label of the module that a Python module belongs to."""
    return next(config.label for config in modules.installed() if f"{dotted}.".startswith(f"{config.name}."))


def in_order() -> tuple[Scene, ...]:
    """The scenes of all modules, each after those it needs.

    Raises DeclarationError where a scene needs one that isn't there, or two need each other.
    """
    modules.read("demo")
    for scene in _scenes.values():
        for absent in set(scene.needs) - set(_scenes):
            raise DeclarationError(
                where=scene.where,
                expected=f"scenes among {', '.join(_scenes)}",
                came=absent,
                remedy="Correct the name in `needs`: app and function.",
            )
    try:
        order = TopologicalSorter({name: scene.needs for name, scene in _scenes.items()}).static_order()
        return tuple(_scenes[name] for name in order)
    except CycleError as circle:
        names = circle.args[1]
        raise DeclarationError(
            where=_scenes[names[0]].where,
            expected="scenes that don't need each other",
            came=" → ".join(names),
            remedy="Take one out of `needs`.",
        ) from circle


def play(demo: Demo) -> None:
    """Every scene, at its time. Says how long each app took: a module has five seconds."""
    took: dict[str, float] = defaultdict(float)
    for scene in in_order():
        begun = perf_counter()
        with clock.at(morning(demo.today, days_ago=scene.days_ago)):
            demo.left[scene.name] = scene.play(demo)
        took[scene.name.partition(".")[0]] += perf_counter() - begun
    demo.say(", ".join(f"{app} {seconds:.0f} s" for app, seconds in took.items()))


def morning(today: date, *, days_ago: int) -> datetime:
    """Nine o'clock of a day before today."""
    return timezone.make_aware(datetime.combine(today - timedelta(days=days_ago), time(9, 0)))


modules.describe("scenes", lambda: (scene.play.__module__ for scene in _scenes.values()))
