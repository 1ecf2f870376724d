"""What registries of pages check when a module declares something for them."""

import re
from functools import cache
from pathlib import Path

from django.template.utils import get_app_template_dirs

from keqiao.kernel.steps.declarations import DeclarationError, declared_at

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def refuse_name(name: str, known: "frozenset[str] | set[str]", what: str) -> None:
    """Names are small letters and hyphens, since they stand in addresses and tests; each once."""
    if not NAME.fullmatch(name):
        raise DeclarationError(
            where=declared_at(), expected=f"the name of {what} in small letters and hyphens", came=name,
            remedy="Write it like open-complaints.",
        )  # fmt: skip
    if name in known:
        raise DeclarationError(
            where=declared_at(),
            expected=f"{what} of its own name",
            came=name,
            remedy="Rename one of the two.",
        )


def refuse_missing_template(template: str) -> None:
    if not any((Path(folder) / template).is_file() for folder in get_app_template_dirs("templates")):
        raise DeclarationError(
            where=declared_at(), expected="a template of an app", came=template,
            remedy=f"Add templates/{template} to the app, or correct the name.",
        )  # fmt: skip


def refuse_choice(came: str, choices: tuple[str, ...], what: str) -> None:
    if came not in choices:
        raise DeclarationError(
            where=declared_at(),
            expected=f"{what}, one of {', '.join(choices)}",
            came=came,
            remedy="Correct it.",
        )


def refuse_icon(name: str) -> None:
    if name not in _icons():
        raise DeclarationError(
            where=declared_at(), expected="an icon of the site", came=name,
            remedy="Choose one of faces/bundle/icons.txt, or add a name of Tabler's there and make the bundle anew.",
        )  # fmt: skip


@cache
def _icons() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "bundle/icons.txt").read_text().split())
