"""The one call of an `import_list.py`: `declare(ImportList(…))`."""

from keqiao.imports.lists import ImportList, Listed, keep, lists
from keqiao.imports.operations.checking import check_step
from keqiao.imports.operations.finishing import finish_step
from keqiao.imports.resolving import resolve
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.declarations import DeclarationError, declared_at

OURS = "keqiao.imports."


def declare(declared: ImportList) -> Listed:
    """Register the list and its two steps, `check_import_of_…` and `finish_import_of_…`; the others are of every list.
    Raises DeclarationError, naming the file, for what can't stand."""
    listed = resolve(declared, where=declared_at(registry=OURS))
    keep(listed)
    for step in (check_step(listed), finish_step(listed)):
        operation.register(step)
    return listed


def must_declare(module: str) -> None:
    """Raises DeclarationError for an `import_list.py` that declares nothing."""
    place = module.removeprefix("keqiao.").replace(".", "/")
    if not any(one.where.startswith((f"{place}.py", f"{place}/")) for one in lists()):
        raise DeclarationError(
            where=f"{place}.py",
            expected="declare(ImportList(…))",
            came="no list",
            remedy="Declare the list there, or remove the file.",
        )
