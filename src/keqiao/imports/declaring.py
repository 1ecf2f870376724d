"""The one call of an `import_list.py`: `declare(ImportList(…))`."""

from keqiao.imports.lists import ImportList, Listed, keep, lists
from keqiao.imports.operations.checking import check_step
from keqiao.imports.operations.finishing import finish_step
from keqiao.imports.resolving import resolve
from keqiao.kernel.steps import modules, operation
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by

OURS = "keqiao.imports."


def declare(declared: ImportList) -> Listed:
    """Register the list and its two steps, `check_import_of_…` and `finish_import_of_…`; the others are of every list.
    Raises DeclarationError, naming the file, for what can't stand."""
    where, origin = declared_at(registry=OURS), declared_by(registry=OURS)
    listed = resolve(declared, where=where, origin=origin)
    keep(listed)
    for step in (check_step(listed), finish_step(listed)):
        operation.register(step)
    return listed


def must_declare(module: str) -> None:
    """Raises DeclarationError for an `import_list.py` that declares nothing."""
    if not any(f"{listed.origin}.".startswith(f"{module}.") for listed in lists()):
        raise DeclarationError(
            where=f"{module.removeprefix('keqiao.').replace('.', '/')}.py",
            expected="declare(ImportList(…))",
            came="no list",
            remedy="Declare the list there, or remove the file.",
        )


modules.describe("import lists", lambda: (listed.origin for listed in lists()))
