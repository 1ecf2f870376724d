from dataclasses import dataclass
from typing import Literal

import pytest

from keqiao.kernel.platform.typed_yaml import DataError, read, read_folder


@dataclass(frozen=True)
class Wheel:
    name: str
    size: int


@dataclass(frozen=True)
class Cart:
    wheels: tuple[Wheel, ...]
    colour: Literal["red", "green"]
    labels: dict[str, str]
    sold: bool = False
    owner: str | None = None


GOOD = """
wheels: [{name: left, size: 3}, {name: right, size: 4}]
colour: red
labels: {zh: 车, en: cart}
"""


def cart(tmp_path, text):
    path = tmp_path / "cart.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path=path, schema=Cart)


def test_a_file_becomes_the_dataclass(tmp_path):
    assert cart(tmp_path, GOOD) == Cart(
        wheels=(Wheel("left", 3), Wheel("right", 4)), colour="red", labels={"zh": "车", "en": "cart"}
    )


def test_optional_keys_may_be_given(tmp_path):
    assert cart(tmp_path, GOOD + "sold: true\nowner: 王\n").owner == "王"


WHEELS = "[{name: left, size: 3}, {name: right, size: 4}]"
UNKNOWN = "cart.yaml: expected only the keys wheels, colour, labels, sold, owner, came 'color'"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("colour: red", "colour: blue", "cart.yaml › colour: expected one of red, green, came 'blue'."),
        ("colour: red", "", "cart.yaml: expected the key 'colour', came ['labels', 'wheels']. Add it."),
        ("colour: red", "colour: red\ncolor: red", UNKNOWN),
        ("colour: red", "colour: red\ncolour: green", "line 4: expected each key once, came 'colour'"),
        ("size: 4", "size: '4'", "cart.yaml › wheels › right › size: expected a value of type int, came '4'"),
        ("name: left", "name: 5.1", "name: expected a value of type str, came 5.1. Put it in quotes."),
        ("name: left", "name: ''", "name: expected a text, came ''"),
        (WHEELS, "[]", "wheels: expected a list with at least one entry"),
        ("{name: left, size: 3}", "left", "wheels › entry 1: expected keys with values, came 'left'"),
        ("{zh: 车, en: cart}", "{zh: 车, en: 1}", "labels › en: expected a value of type str, came 1"),
        ("colour: red", "colour: [", "cart.yaml: expected YAML"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, old, new, message):
    with pytest.raises(DataError) as error:
        cart(tmp_path, GOOD.replace(old, new))
    assert message in str(error.value)


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(DataError, match="Reinstall the package"):
        read_folder(folder=tmp_path, schema=Cart)
