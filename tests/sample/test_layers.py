"""The layers row of the sample module is its test's: it stands above all apps it uses, and nothing shipped knows it."""

import ast
from pathlib import Path

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "src"
ORDER = (
    "urls", "portal panels import_list", "resources", "pages", "upward measures deadlines", "operations", "papers",
    "permissions", "queries", "models", "states",
)  # fmt: skip
ROW = {name: len(ORDER) - place for place, names in enumerate(ORDER) for name in names.split()}


def imported(path):
    tree = ast.parse(path.read_text())
    named = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    return named + [
        alias.name for one in ast.walk(tree) if isinstance(one, ast.Import) for alias in one.names
    ]


def own(module):
    """The files of one fixed name."""
    return [HERE / f"{module}.py"] if (HERE / f"{module}.py").exists() else list((HERE / module).glob("*.py"))


def below(name):
    """Every module of the sample that a file of this name imports."""
    found = (one for path in own(name) for one in imported(path) if one.startswith("tests.sample"))
    words = (one.split(".")[2:3] or [alias for alias in ROW if alias == "pages"] for one in found)
    return {word for many in words for word in many}


def test_each_file_of_it_imports_lower_ones_only():
    wrong = {
        (name, other) for name in ROW for other in below(name) if other != name and ROW[other] >= ROW[name]
    }
    assert wrong == set()


def test_only_pages_resources_and_what_stands_above_them_know_faces():
    quiet = [name for name in ROW if ROW[name] < ROW["pages"]]
    knowing = {
        name for name in quiet for path in own(name) for one in imported(path) if "keqiao.faces" in one
    }
    assert knowing == set()


def test_nothing_shipped_knows_it():
    knowing = [
        path.name for path in SHIPPED.rglob("*.py") if any(one.startswith("tests") for one in imported(path))
    ]
    assert knowing == []
