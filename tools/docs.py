"""Writes docs/states.md and docs/permissions.md from the program: `python tools/docs.py`. A test holds them current."""

import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keqiao.kernel.steps.operation import Operation

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keqiao.config.settings")


def main() -> None:
    import django

    django.setup()
    for name, text in pages().items():
        (HOME / "docs" / name).write_text(text)


def pages() -> dict[str, str]:
    from django.utils import translation

    with translation.override("en"):
        return {"states.md": states(), "permissions.md": permissions()}


def states() -> str:
    """One diagram a stateful model, and the steps that move it."""
    from keqiao.kernel.steps.operation import operations
    from keqiao.kernel.steps.states import diagram

    tables = {op.model: op.table for op in operations() if op.table}
    parts = [
        "# States\n\nMade by `tools/docs.py` from each app's `states.py`; operations are held to these tables.\n"
    ]
    for model, table in sorted(tables.items(), key=lambda pair: pair[0].__name__):
        labels = "\n".join(
            f"| `{value}` | {label} | {table.tones[value]} |" for value, label in table.states.choices
        )
        steps = [
            f"| {op.label} | `{op.name}` | {op.clause} | {', '.join(op.when)} | {', '.join(op.then)} | {along(op)} |"
            for op in operations()
            if op.model is model and op.when
        ]
        head = "| step | operation | clause | from | to | takes along |\n|---|---|---|---|---|---|"
        parts.append(
            f"## {model.__name__}\n\n```mermaid\n{diagram(table)}\n```\n\n| state | meaning | tone |\n|---|---|---|\n{labels}\n\n{head}\n"
            + "\n".join(steps)
            + "\n"
        )
    return "\n".join(parts)


def along(op: "Operation") -> str:
    """What the step moves besides its object."""
    return "; ".join(
        f"{model.__name__} to {', '.join(after)}" for model, after in op.side_transitions.items()
    )


def permissions() -> str:
    """Operation by kind of person, as the examples of tests/every_operation say it and its tests show it."""
    sys.path.insert(0, str(HOME))
    from tests.discovered import load_examples
    from tests.every_operation.example import ALL, example_of

    from keqiao.kernel.steps.operation import operations

    load_examples()
    by_clause = defaultdict(list)
    for op in operations():
        allowed = example_of(op.name).allowed
        row = " | ".join("●" if key in allowed else "" for key in ALL)
        by_clause[op.clause].append(f"| {op.clause} | {op.label} (`{op.name}`) | {row} |")
    head = f"| clause | step | {' | '.join(ALL)} |\n|{'---|' * (len(ALL) + 2)}"
    rows = "\n".join(line for clause in sorted(by_clause) for line in sorted(by_clause[clause]))
    return f"{INTRODUCTION}\n{head}\n{rows}\n"


INTRODUCTION = """# Who may take which step

Made by `tools/docs.py`. Every dot and every empty field is tried by `tests/every_operation`. The people: the
*client* of the case and one of *another client*; the *consultant* in charge, an *outsider* on another case, a
*member* of the working group; a *manager*, and a *low manager* whose clearance is below the case; an *expert* in
the group, bound to confidentiality, and an *other expert* who is not; the *auditor* and the three administrators.
"""

if __name__ == "__main__":
    main()
