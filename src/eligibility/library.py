"""The programmes shipped with the package, and looking one up by `CODE` or `CODE@version`."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from eligibility.errors import ProgrammeNotFoundError
from eligibility.kinds import NEW
from eligibility.loading import parse_programme
from eligibility.programme import Programme, Version


@cache
def shipped_programmes() -> dict[str, Programme]:
    """Every shipped programme by its code."""
    programmes = {}
    for entry in sorted(files("eligibility").joinpath("programmes").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            programme = parse_programme(entry.read_bytes(), entry.name)
            programmes[programme.code] = programme
    return programmes


def find_programme(code: str, programmes: Iterable[Programme] = ()) -> Programme:
    """The programme of a code; `programmes` are looked through before the shipped ones. Raises ProgrammeNotFoundError."""
    known = shipped_programmes() | {programme.code: programme for programme in programmes}
    if code not in known:
        raise ProgrammeNotFoundError(f"expected one of {', '.join(sorted(known))}, got {code}")
    return known[code]


def find_version(
    reference: str, on: date, programmes: Iterable[Programme] = (), *, application: str = NEW
) -> Version:
    """The version for `CODE` (in force on that day for that kind of application) or `CODE@label`.

    See `find_programme`; raises ProgrammeNotFoundError.
    """
    code, _, label = reference.partition("@")
    programme = find_programme(code, programmes)
    return programme.version(label) if label else programme.on(on, application)
