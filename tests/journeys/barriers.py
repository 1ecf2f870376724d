"""What stands in someone's way on a page that a browser shows."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

GRAVE = {"serious", "critical"}


def barriers(page: Any) -> list[str]:
    """What axe finds serious or critical."""
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in GRAVE]
    return [f"{one['id']}: {node['html'][:200]}" for one in grave for node in one["nodes"][:3]]


def too_wide(page: Any) -> list[str]:
    """Whether it must be moved sideways to be read."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{wide} wide on a screen of {screen}"] if wide > screen else []
