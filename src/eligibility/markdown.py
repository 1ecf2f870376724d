"""Lines of a table in Markdown."""

from collections.abc import Sequence


def table_line(cells: Sequence[str]) -> str:
    """One row; what would end a cell is escaped."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
