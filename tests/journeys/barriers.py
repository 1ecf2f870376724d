"""What stands in someone's way on a page that a browser shows."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

# Only what is violated is gathered and sent over; what passed is most of what axe has to say, and nobody reads it.
GRAVE = """(colours) => axe.run({resultTypes: ["violations"], iframes: false,
    rules: {"color-contrast": {enabled: colours}}}).then((result) => result.violations
    .filter((violation) => ["serious", "critical"].includes(violation.impact))
    .flatMap((violation) => violation.nodes.slice(0, 3).map((node) => `${violation.id}: ${node.html.slice(0, 200)}`)))"""


def barriers(page: Any, *, colours: bool = True) -> list[str]:
    """What axe finds serious or critical. Comparing colours is three quarters of its work, and they are the same ones on
    every screen: it is left out where a page is looked at once more."""
    if not page.evaluate("Boolean(window.axe)"):  # half a megabyte, once a page
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(GRAVE, colours)
    return found


def too_wide(page: Any) -> list[str]:
    """Whether it must be moved sideways to be read."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{wide} wide on a screen of {screen}"] if wide > screen else []
