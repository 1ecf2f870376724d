"""Size classes of enterprises."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from keqiao.kernel.platform.typed_yaml import read, refuse_duplicates

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Size:
    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class _File:
    version: int
    sizes: tuple[Size, ...]


@cache
def load() -> tuple[Size, ...]:
    sizes = read(path=HERE / "sizes.yaml", schema=_File).sizes
    refuse_duplicates(names=(size.code for size in sizes), where="sizes.yaml")
    return sizes
