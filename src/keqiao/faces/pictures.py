"""Pictures of a module, each with its table. Declared in `panels.py`:

    picture(name="engagements-by-stage", of=Engagement, draw=by_stage)
    picture(name="evidence-by-chapter", of="conformity", draw=by_chapter, who=may_read)

Those of a model stand on a page beside its list and draw just the rows that the list shows; those of a named place stand
where that page calls `drawn`. `draw(source, actor)` gives a chart, or None where there is nothing to draw: `source` is the
rows for a model, and for a named place what that page gives. The same chart goes into a paper with `Picture(chart=…)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe

from keqiao.documents.charts.chart import Chart
from keqiao.documents.charts.draw import PHONE, WIDE, draw
from keqiao.documents.registry import papers
from keqiao.faces.declared import refuse_name
from keqiao.faces.panels import is_service_person
from keqiao.faces.resource import must_have_page
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import declared_by

Place = type[Model] | str
Draw = Callable[[Any, Actor], Chart | None]


@dataclass(frozen=True, kw_only=True)
class Picture:
    name: str
    of: Place
    draw: Draw
    who: Callable[[Actor], bool]
    rank: int
    origin: str


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart as picture.html shows it: for a desk, for a phone, and as a table."""

    name: str
    chart: Chart

    @property
    def wide(self) -> SafeString:
        return mark_safe(draw(chart=self.chart, width=WIDE))  # noqa: S308 - every text and address in it is escaped

    @property
    def phone(self) -> SafeString:
        return mark_safe(draw(chart=self.chart, width=PHONE))  # noqa: S308 - as above


_pictures: dict[str, Picture] = {}


def picture(
    *, name: str, of: Place, draw: Draw, who: Callable[[Actor], bool] = is_service_person, rank: int = 50
) -> None:
    refuse_name(name, set(_pictures), "a picture")
    if not isinstance(of, str):
        modules.hold_at_the_end(lambda: must_have_page(of))
    _pictures[name] = Picture(name=name, of=of, draw=draw, who=who, rank=rank, origin=declared_by())


def pictures_of(place: Place, actor: Actor) -> list[Picture]:
    """Those that this person sees at a place, in their order."""
    pictures = [picture for picture in _pictures.values() if picture.of == place and picture.who(actor)]
    return sorted(pictures, key=lambda picture: (picture.rank, picture.name))


def drawn(place: Place, source: Any, actor: Actor) -> list[Drawn]:
    charts = [(picture.name, picture.draw(source, actor)) for picture in pictures_of(place, actor)]
    return [Drawn(name=name, chart=chart) for name, chart in charts if chart is not None and chart.labels]


modules.describe("papers", lambda: (paper.data.__module__ for paper in papers()))
modules.describe("pictures", lambda: (picture.origin for picture in _pictures.values()))
