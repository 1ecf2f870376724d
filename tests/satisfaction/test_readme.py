"""The worked example of the README does what it says."""

import re
import shutil
from importlib.resources import files

from tests.satisfaction.conftest import DATA


def blocks(language):
    text = files("satisfaction").joinpath("README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_worked_example(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copy(DATA / "mobi.csv", tmp_path)
    (tmp_path / "model.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    exec(compile(blocks("python")[0], "README.md", "exec"), {})
    assert capsys.readouterr().out == blocks("text")[0]
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
