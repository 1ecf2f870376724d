"""From a programme file to a Programme. Raises nothing but RuleError, with file, line and column."""

import re
from pathlib import Path

from eligibility import fields
from eligibility.band_tables import read_flag
from eligibility.document import MAX_BYTES, Marked, read_document
from eligibility.errors import RuleError
from eligibility.programme import Programme
from eligibility.versions import read_version

TOP_KEYS = ("programme", "zh", "en", "kind", "sample", "versions")
CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}\Z")


def load_programme(path: Path) -> Programme:
    """The programme of a YAML file."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleError(f"expected a readable file, got: {error.strerror}", source=str(path)) from None
    return parse_programme(content, str(path))


def parse_programme(content: bytes, source: str = "") -> Programme:
    """The programme written in `content`; `source` names it in errors."""
    try:
        return _read_programme(read_document(content))
    except RuleError as error:
        raise error.at(source=source) from None


def _read_programme(top: Marked) -> Programme:
    entries = fields.mapping(top, "a programme", TOP_KEYS)
    code = fields.text_of(top, entries, "programme")
    if not CODE.match(code):
        raise entries["programme"].error(f"expected a code of capitals, digits and _, got {code}")
    places = fields.items(fields.required(top, entries, "versions"), "versions")
    versions = tuple(read_version(code, place) for place in places)
    seen: set[str] = set()
    for place, version in zip(places, versions, strict=True):
        if version.label in seen:
            raise place.error(f"expected each version label once, got {version.label} again")
        seen.add(version.label)
    return Programme(
        code=code,
        zh=fields.text_of(top, entries, "zh"),
        en=fields.text_of(top, entries, "en"),
        kind=fields.text_of(top, entries, "kind"),
        sample=read_flag(entries, "sample", False),
        versions=versions,
    )
