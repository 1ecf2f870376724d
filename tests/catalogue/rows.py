"""One row of every model of the catalogue: the item that the world's engagements are for, and its parts."""

from typing import Any


def fill(world: Any) -> None:
    item = world.cast.item
    for row in (
        item,
        item.family,
        item.materialkinds.first(),
        item.milestonetemplates.first(),
        item.deliverablekinds.first(),
        item.offers.first(),
    ):
        world.put(row)
