"""The example of the README is run as it stands there."""

import re
from pathlib import Path

import eligibility


def test_the_example_prints_what_it_says(capsys):
    readme = Path(eligibility.__file__).with_name("README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", readme, re.DOTALL)[1]
    exec(code, {})
    printed = capsys.readouterr().out.splitlines()
    assert printed == re.findall(r"print\(.*\)  # (.*)", code)
    assert len(printed) == 2
