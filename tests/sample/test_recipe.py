"""What CONTRIBUTING says of a module holds of this one: the files of each recipe, and the text it prints of them."""

import re
from pathlib import Path

HOME = Path(__file__).parents[2]
HERE = Path(__file__).parent
GUIDE = (HOME / "CONTRIBUTING.md").read_text()
STATEFUL = (
    "states.py", "models.py", "migrations/", "queries.py", "operations.py", "papers/loan_slip.py", "papers/loan_slip.typ",
    "resources.py", "deadlines.py", "evidence.yaml", "locale/zh_Hans.po", "examples.py",
)  # fmt: skip
PLAIN = ("models.py", "migrations/", "queries.py", "resources.py", "locale/zh_Hans.po", "examples.py")
WHERE_WANTED = (
    "permissions.py", "measures.py", "import_list.py", "upward.py", "panels.py", "portal.py", "pages.py", "urls.py",
    "templates/", "demo.py",
)  # fmt: skip
ONCE = ("__init__.py", "apps.py", "module.py")
WORDS_OF_IT = re.compile(r"\bLoan|\bloan|LOAN|设备借用")


def files():
    found = (path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.is_file())
    own = (name for name in found if not name.startswith("test_") and "__pycache__" not in name)
    return sorted(name for name in own if not name.endswith("/__init__.py"))


def under(name, places):
    return any(name == one or (one.endswith("/") and name.startswith(one)) for one in places)


def test_a_second_stateful_model_touches_twelve_files_and_a_plain_one_six():
    assert (len(STATEFUL), len(PLAIN)) == (12, 6)


def test_the_recipes_name_every_file_of_the_module_and_no_other():
    every = (*STATEFUL, *WHERE_WANTED, *ONCE)
    assert [name for name in files() if not under(name, every)] == []
    assert [one for one in every if not (HERE / one).exists()] == []


def test_what_speaks_of_the_model_stands_in_the_recipe_or_where_it_is_wanted():
    """A file outside both would be one more to touch."""
    speaking = [name for name in files() if WORDS_OF_IT.search((HERE / name).read_text())]
    assert [name for name in speaking if not under(name, (*STATEFUL, *WHERE_WANTED, "module.py"))] == [
        "__init__.py"
    ] * ("__init__.py" in speaking)


def test_the_guide_names_every_file_of_the_module():
    assert [one for one in (*STATEFUL, *WHERE_WANTED, *ONCE) if f"`{one}`" not in GUIDE] == []


def test_what_the_guide_prints_stands_in_the_files():
    """Each excerpt stands under the name of its file: word by word, whatever the folds of the lines."""
    printed = re.findall(
        r"`([\w/.]+)`[^\n`]*(?:`[^`\n]+`[^\n`]*)*\n+```\w*\n(.*?)```", sample_part(), re.DOTALL
    )
    assert len(printed) >= 10
    wrong = [
        (name, part)
        for name, text in printed
        for part in re.split(r"\n *…\n", text)
        if squeezed(part) not in squeezed((HERE / name).read_text())
    ]
    assert wrong == []


def sample_part():
    return GUIDE.partition("## A module\n")[2].partition("\n## ")[0]


def squeezed(text):
    return "".join(text.split())
