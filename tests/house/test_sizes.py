"""Files stay small enough to read in one go."""

from pathlib import Path
from statistics import median

import pytest

pytestmark = pytest.mark.once

HOME = Path(__file__).resolve().parents[2]
LONGEST, MEDIAN = 400, 80
FACES = 6_000  # lines in all: what a module needs of its own goes into the module


def lengths(*folders: str) -> dict[str, int]:
    paths = [
        path for folder in folders for path in (HOME / folder).rglob("*.py") if "migrations" not in path.parts
    ]
    return {path.relative_to(HOME).as_posix(): len(path.read_text().splitlines()) for path in paths}


def test_no_file_is_longer_than_400_lines():
    assert {
        name: lines for name, lines in lengths("src", "tests", "tools", "bench").items() if lines > LONGEST
    } == {}


def test_half_of_the_files_have_at_most_80_lines():
    assert median(lengths("src").values()) <= MEDIAN


def test_faces_stays_within_its_budget():
    assert sum(lengths("src/keqiao/faces").values()) <= FACES
