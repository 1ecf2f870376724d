"""The kind of application: a new one, or the re-examination of a title already held."""

from eligibility.errors import ProgrammeNotFoundError

NEW, REEXAMINED = "new", "reexamination"
KINDS = (NEW, REEXAMINED)


def check_kind(application: str) -> str:
    """The kind itself. Raises ProgrammeNotFoundError where it is none."""
    if application not in KINDS:
        raise ProgrammeNotFoundError(f"expected one of {', '.join(KINDS)} as application, got {application}")
    return application


def is_reexamination(application: str) -> bool:
    """The fact that tells the kind."""
    return application == REEXAMINED
