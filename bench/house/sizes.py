"""How much is laid out and done: the full sizes, and those of `--small`, which show within minutes that all of it runs."""

from dataclasses import dataclass, fields


def size(full: int, quick: int) -> int:
    field: int = _Size(full, quick)  # type: ignore[assignment]
    return field


@dataclass(frozen=True)
class _Size:
    full: int
    quick: int


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Each is an option of the command: `--engagements 5000`."""

    few: int = size(1_000, 200)  # enterprises of the small house
    many: int = size(100_000, 2_000)  # enterprises of the large one
    engagements: int = size(20_000, 400)
    entries: int = size(1_000_000, 4_000)
    import_rows: int = size(100_000, 3_000)
    titles: int = size(200_000, 5_000)
    steps: int = size(800, 100)
    acceptances: int = size(120, 24)
    readers: int = size(50, 50)
    seconds: int = size(30, 6)  # of the reading load

    @classmethod
    def chosen(cls, *, small: bool, said: dict[str, int | None]) -> "Sizes":
        values = {}
        for field in fields(cls):
            both = field.default
            assert isinstance(both, _Size)
            number = said.get(field.name)
            values[field.name] = number if number is not None else both.quick if small else both.full
        return cls(**values)
