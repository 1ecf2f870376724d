"""A declaration that can't stand is refused with the file that made it and with what to do."""

import sys
from pathlib import Path

import pytest

from keqiao.kernel.steps import operation
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, short

pytestmark = pytest.mark.once


def test_the_message_says_where_what_and_what_to_do() -> None:
    error = DeclarationError(
        where="ip/states.py, line 3", expected="a tone", came="bright", remedy="Choose one of Tone."
    )
    assert str(error) == "ip/states.py, line 3: expected a tone, came 'bright'. Choose one of Tone."


def test_the_place_is_that_of_whoever_calls_the_registry() -> None:
    line = test_the_place_is_that_of_whoever_calls_the_registry.__code__.co_firstlineno + 2
    assert declared_at() == f"kernel/test_declarations.py, line {line}"


def test_the_place_is_the_file_that_is_being_read(tmp_path, monkeypatch) -> None:
    """Whatever functions lie between, of whichever app the registry is."""
    (tmp_path / "registry_of_lamps.py").write_text(
        "from keqiao.kernel.steps.declarations import declared_at, declared_by\n"
        "def light():\n    return declared_at(), declared_by()\n"
    )
    (tmp_path / "lamps.py").write_text("\nfrom registry_of_lamps import light\nLIGHT = light()\n")
    monkeypatch.syspath_prepend(tmp_path)
    import lamps

    light = lamps.LIGHT
    assert light == (f"{tmp_path.name}/lamps.py, line 3", "lamps")
    del sys.modules["lamps"], sys.modules["registry_of_lamps"]


def test_two_operations_of_one_name_are_refused() -> None:
    known = operation.get("create_tag")
    with pytest.raises(
        DeclarationError, match=r"came 'create_tag'. keqiao\.enterprises\.resources has an operation"
    ):
        operation.register(known)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/srv/keqiao/src/keqiao/ip/states.py", "ip/states.py"),
        ("/srv/tests/sample/states.py", "sample/states.py"),
        ("/srv/other/states.py", "other/states.py"),
    ],
)
def test_a_file_is_named_without_the_machine(path: str, said: str) -> None:
    assert short(Path(path)) == said
