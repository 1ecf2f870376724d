"""What CONTRIBUTING says of a module holds of this one: how many files a model touches, counted in the folder, and the
text that the guide prints of them."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation
from tests.sample import states

from keqiao.documents.registry import papers
from keqiao.faces.resource import resource_of
from keqiao.kernel.models.numbering import KINDS
from keqiao.kernel.steps.operation import operations_on

HOME = Path(__file__).parents[2]
HERE = Path(__file__).parent
GUIDE = (HOME / "CONTRIBUTING.md").read_text()
ELSEWHERE = ("src", "tests", "tools", "docs/states.md", "docs/permissions.md", "pyproject.toml", "Makefile")
READ = {".py", ".yaml", ".toml", ".po", ".typ", ".html", ".md", ".css", ".js", ".txt", ""}
MODELS = {model.__name__: model for model in apps.get_app_config("sample").get_models()}
SECTIONS = {"Calibration": "## A model with states", "Instrument": "## A plain model"}
MORE = "## What else a module may declare"


def words(model):
    """Every name under which a file can speak of a model: its class, label, table of states, steps, pages, number, and
    in the catalogue of texts what it is called."""
    named = {model.__name__, *(op.name for op in operations_on(model))}
    if table := getattr(model, "states", None):
        named |= {table.states.__name__, *(name for name, made in vars(states).items() if made is table)}
    with translation.override("en"):
        called = {str(model._meta.verbose_name), str(model._meta.verbose_name_plural)}
    texts = [f'msgid "{name}"' for name in called]
    texts += [f'slug="{resource_of(model).slug}"']
    texts += [f'kind="{kind.key}"' for kind in KINDS.values() if kind.key == model._meta.model_name]
    return re.compile("|".join([rf"\b({'|'.join(sorted(named))})\b", *map(re.escape, texts)]))


def touched(model):
    """Files of the folder that name the model, and the template of each paper whose data does; tests count."""
    said = words(model)
    found = {path for path in own_files() if said.search(path.read_text())}
    templates = {HERE / f"papers/{path.stem}.typ" for path in found if path.parent.name == "papers"}
    return sorted(short(path) for path in found | templates)


def own_files():
    found = (path for path in HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [path for path in found if path != Path(__file__)]  # which counts, and so names them


def short(path):
    """As the guide names it: of the migrations the folder."""
    name = path.relative_to(HERE).as_posix()
    return re.sub(r"^(migrations|templates)/.*", r"\1/", name)


def test_a_second_stateful_model_touches_at_most_twelve_files_and_a_plain_one_seven():
    numbers = {name: len(touched(MODELS[name])) for name in SECTIONS}
    assert numbers == {"Calibration": 12, "Instrument": 6}
    assert hasattr(MODELS["Calibration"], "states")
    assert not hasattr(MODELS["Instrument"], "states")


def test_what_is_counted_is_all_there_is_of_a_stateful_model():
    """Number, steps, paper, deadline, list and evidence: none of them is left out to keep the count low."""
    model = MODELS["Calibration"]
    assert {"states.py", "operations.py", "deadlines.py", "resources.py", "evidence.yaml"} <= set(
        touched(model)
    )
    assert "calibration" in KINDS
    assert "calibration_sheet" in {one.name for one in papers()}


@pytest.mark.parametrize("name", sorted(MODELS))
def test_nothing_outside_the_folder_names_it(name):
    said = words(MODELS[name])
    roots = [HOME / one for one in ELSEWHERE]
    paths = [path for root in roots for path in (root.rglob("*") if root.is_dir() else [root])]
    outside = [path for path in paths if path.suffix in READ and path.is_file() and HERE not in path.parents]
    assert [
        path.name for path in outside if "bundle" not in path.parts and said.search(path.read_text())
    ] == []


@pytest.mark.parametrize("name", SECTIONS)
def test_the_guide_lists_the_files_that_are_touched(name):
    listed = re.findall(r"^\d+\. `([\w/.]+)`", section(SECTIONS[name]), re.MULTILINE)
    assert sorted(listed) == touched(MODELS[name])


def test_the_guide_names_every_file_of_the_module():
    names = {short(path) for path in own_files() if not path.name.startswith("test_")}
    wanted = {name for name in names if not name.endswith("/__init__.py")}
    assert sorted(name for name in wanted if f"`{name}`" not in GUIDE) == []


def test_what_the_guide_prints_stands_in_the_files():
    """Each excerpt stands under the name of its file: word by word, whatever the folds of the lines."""
    excerpts = [one for heading in (*SECTIONS.values(), MORE) for one in printed(section(heading))]
    assert len(excerpts) >= 15
    wrong = [
        (name, part)
        for name, text in excerpts
        for part in re.split(r"\n *…\n", text)
        if squeezed(part) not in squeezed((HERE / name).read_text())
    ]
    assert wrong == []


def printed(text):
    """(file, excerpt): an item of a list begins with the file's name, and what is fenced after it is of this file."""
    found = re.findall(r"^(?:\d+\.|-) `([\w/.]+)`|^ *```\w+\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    name = ""
    for item, excerpt in found:
        name = item or name
        if excerpt:
            yield name, excerpt


def section(heading):
    found = GUIDE.partition(f"{heading}\n")[2].partition("\n## ")[0]
    assert found, heading
    return found


def squeezed(text):
    return "".join(text.split())
