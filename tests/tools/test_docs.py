"""The generated documents say what the program does."""

from pathlib import Path

import docs
import pytest

HOME = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["states.md", "permissions.md"])
def test_generated_document_is_current(name):
    said = (HOME / "docs" / name).read_text()
    assert said == docs.pages()[name], f"docs/{name} is stale: run `python tools/docs.py`"
