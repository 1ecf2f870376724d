"""The log's hashes in the database: appended at the right edge, read a tile at a time."""

from collections.abc import Sequence
from functools import lru_cache

from keqiao.kernel.models import Tile
from keqiao.kernel.record import merkle

WIDTH, LEVELS, HASH = 256, 8, 32


class DamagedLogError(Exception):
    """The stored hashes do not fit the newest seal, so nothing more may be sealed on top of them."""


class Tiles:
    """Nodes of the tree as stored. An object reads each tile once: make a new one when the log has grown."""

    def __init__(self) -> None:
        self._pyramid = lru_cache(maxsize=512)(_read)

    def node(self, level: int, index: int) -> bytes:
        height, rank = divmod(level, LEVELS)
        place, offset = divmod(index << rank, WIDTH)
        try:
            return self._pyramid(height, place)[rank][offset >> rank]
        except IndexError as error:
            raise DamagedLogError(f"Tile {height}/{place} of the log is missing or cut short.") from error

    def root(self, size: int) -> bytes:
        return merkle.range_root(0, size, self.node)

    def growth(self, old: int, new: int) -> list[bytes]:
        """The nodes over the entries old..new-1: with the edge of the old tree they make the new one."""
        return [self.node(level, index) for level, index in merkle.cover(old, new)]


def append(size: int, leaves: Sequence[bytes]) -> None:
    """Add leaves to a log of that size. Rewrites one tile a level: the cost does not grow with the log."""
    level, count, hashes = 0, size, list(leaves)
    while hashes:
        place, filled = divmod(count, WIDTH)
        rows = _blocks(_tail(level, place, filled) + hashes)
        if filled:
            Tile.objects.filter(level=level, place=place).update(hashes=b"".join(rows[0]))
        Tile.objects.bulk_create(
            [
                Tile(level=level, place=place + index, hashes=b"".join(row))
                for index, row in enumerate(rows)
                if index or not filled
            ]
        )
        hashes = [_pyramid_of(row)[LEVELS][0] for row in rows if len(row) == WIDTH]
        level, count = level + 1, place


def _tail(level: int, place: int, filled: int) -> list[bytes]:
    stored = Tile.objects.filter(level=level, place=place).values_list("hashes", flat=True).first()
    tail = _split(bytes(stored or b""))
    if len(tail) != filled:
        raise DamagedLogError(
            f"Tile {level}/{place} holds {len(tail)} hashes where the newest seal has {filled}."
        )
    return tail


def _blocks(hashes: list[bytes]) -> list[list[bytes]]:
    return [hashes[start : start + WIDTH] for start in range(0, len(hashes), WIDTH)]


def _split(row: bytes) -> list[bytes]:
    return [row[start : start + HASH] for start in range(0, len(row), HASH)]


def _read(level: int, place: int) -> list[list[bytes]]:
    stored = Tile.objects.filter(level=level, place=place).values_list("hashes", flat=True).first()
    return _pyramid_of(_split(bytes(stored or b"")))


def _pyramid_of(row: list[bytes]) -> list[list[bytes]]:
    """The hashes of a tile and, above them, of every whole pair, pair of pairs, and so on."""
    pyramid = [row]
    while len(row) > 1:
        row = [merkle.node_hash(row[left], row[left + 1]) for left in range(0, len(row) - 1, 2)]
        pyramid.append(row)
    return pyramid
