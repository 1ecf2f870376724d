"""What the build does to the style between Sass and esbuild."""

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "tools/bundle.py"
SPEC = importlib.util.spec_from_file_location("bundle", PATH)
bundle = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bundle)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{color:light-dark(red, blue)}", "a{color:red}"),
        ("a{color:light-dark(var(--x, rgb(1, 2, 3)), #000)}", "a{color:var(--x, rgb(1, 2, 3))}"),
        ("a{b:light-dark(light-dark(1, 2), 3);c:light-dark(4, 5)}", "a{b:1;c:4}"),
        ("a{color:red}", "a{color:red}"),
    ],
)
def test_one_theme(css, expected):
    assert bundle.one_theme(css) == expected


def test_one_theme_names_what_it_cannot_read():
    with pytest.raises(SystemExit, match="unbalanced brackets"):
        bundle.one_theme("a{color:light-dark(red")


def test_images_become_files(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "OUT", tmp_path)
    css = bundle.images_as_files('a{background:url("data:image/svg+xml,%3csvg/%3e")}')
    (made,) = tmp_path.iterdir()
    assert css == f'a{{background:url("./{made.name}")}}'
    assert made.read_text() == "<svg/>"


def test_the_lock_names_no_registry():
    lock = (PATH.parents[1] / "package-lock.json").read_text()
    assert '"resolved"' not in lock
