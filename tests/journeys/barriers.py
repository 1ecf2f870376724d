"""What stands in someone's way on a page that a browser shows."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

GRAVE = {"serious", "critical"}


def barriers(page: Any) -> list[str]:
    """What axe finds serious or critical."""
    axe = Axe("0" if page.evaluate("Boolean(window.axe)") else AXE_SCRIPT)  # half a megabyte, once a page
    violations = axe.run(page).response["violations"]
    grave = [violation for violation in violations if violation["impact"] in GRAVE]
    return [
        f"{violation['id']}: {node['html'][:200]}" for violation in grave for node in violation["nodes"][:3]
    ]


def too_wide(page: Any) -> list[str]:
    """Whether it must be moved sideways to be read."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{wide} wide on a screen of {screen}"] if wide > screen else []
