"""The Merkle tree of RFC 6962, as pure functions over hashes. Knows no database.

A node (level, index) is the root of the 2**level leaves that begin at index * 2**level. All proofs are made
of such nodes, fetched through a function, so that whoever stores them decides how.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from cryptography.hazmat.primitives import hashes

Hash = Callable[[bytes], bytes]
Node = Callable[[int, int], bytes]


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """GM/T 0004, for sites that must use it. Where OpenSSL lacks it, cryptography says so."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def leaf_hash(data: bytes, *, hashed: Hash = sha256) -> bytes:
    return hashed(b"\x00" + data)


def node_hash(left: bytes, right: bytes, *, hashed: Hash = sha256) -> bytes:
    return hashed(b"\x01" + left + right)


def cover(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The fewest whole nodes (level, index) that cover the leaves begin..end-1, from left to right."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        if begin:
            level = min(level, (begin & -begin).bit_length() - 1)
        yield level, begin >> level
        begin += 1 << level


class Frontier:
    """The whole nodes of a tree's right edge: all that is needed to go on appending and to know the root."""

    def __init__(self, *, hashed: Hash = sha256) -> None:
        self.size = 0
        self._hashed = hashed
        self._edge: list[tuple[int, bytes]] = []

    def append(self, node: bytes, *, level: int = 0) -> None:
        """Add the root of the next 2**level leaves; the size must be a multiple of that."""
        if self.size % (1 << level):
            raise ValueError(f"A node of level {level} does not fit at {self.size}.")
        self.size += 1 << level
        while self._edge and self._edge[-1][0] == level:
            node = node_hash(self._edge.pop()[1], node, hashed=self._hashed)
            level += 1
        self._edge.append((level, node))

    def root(self) -> bytes:
        return fold([node for _level, node in self._edge], hashed=self._hashed)


def fold(nodes: Sequence[bytes], *, hashed: Hash = sha256) -> bytes:
    """The root over neighbouring nodes of falling size."""
    if not nodes:
        return hashed(b"")
    root = nodes[-1]
    for node in reversed(nodes[:-1]):
        root = node_hash(node, root, hashed=hashed)
    return root


def range_root(begin: int, end: int, node: Node, *, hashed: Hash = sha256) -> bytes:
    """The root of the leaves begin..end-1; begin is a multiple of a power of two not below their count."""
    return fold([node(level, index) for level, index in cover(begin, end)], hashed=hashed)


def inclusion_path(n: int, size: int, node: Node, *, hashed: Hash = sha256) -> list[bytes]:
    """What is needed, with leaf n, to compute the root of the tree of that size."""
    if not 0 <= n < size:
        raise ValueError(f"There is no leaf {n} in a tree of {size}.")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + split(end - begin)
        if n < middle:
            path.append(range_root(middle, end, node, hashed=hashed))
            end = middle
        else:
            path.append(range_root(begin, middle, node, hashed=hashed))
            begin = middle
    return path[::-1]


def consistency_path(old: int, new: int, node: Node, *, hashed: Hash = sha256) -> list[bytes]:
    """What shows that the tree of size `old` is the beginning of the tree of size `new`."""
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {new} does not contain one of {old}.")
    path: list[bytes] = []
    begin, end = 0, new
    while old not in {0, end}:
        middle = begin + split(end - begin)
        if old <= middle:
            path.append(range_root(middle, end, node, hashed=hashed))
            end = middle
        else:
            path.append(range_root(begin, middle, node, hashed=hashed))
            begin = middle
    if begin:
        path.append(range_root(begin, end, node, hashed=hashed))
    return path[::-1]


def split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def root_from_path(
    leaf: bytes, n: int, size: int, path: Sequence[bytes], *, hashed: Hash = sha256
) -> bytes | None:
    """The root that leaf n and the path lead to, or None when the path has the wrong length."""
    if not 0 <= n < size:
        return None
    node, last, rest = leaf, size - 1, list(path)
    while last:
        if n & 1 or n < last:
            if not rest:
                return None
            other = rest.pop(0)
            node = node_hash(other, node, hashed=hashed) if n & 1 else node_hash(node, other, hashed=hashed)
        n, last = n >> 1, last >> 1
    return None if rest else node


def verify_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes], *, hashed: Hash = sha256
) -> bool:
    """RFC 9162, 2.1.4.2."""
    if old in {0, new}:
        return not path and old <= new and (old_root == (new_root if old else hashed(b"")))
    if not 0 < old < new or not path:
        return False
    n, last = old - 1, new - 1
    while n & 1:
        n, last = n >> 1, last >> 1
    rest = list(path)
    small = large = old_root if old & (old - 1) == 0 else rest.pop(0)
    for other in rest:
        if last == 0:
            return False
        if n & 1 or n == last:
            small, large = node_hash(other, small, hashed=hashed), node_hash(other, large, hashed=hashed)
            while not n & 1 and n:
                n, last = n >> 1, last >> 1
        else:
            large = node_hash(large, other, hashed=hashed)
        n, last = n >> 1, last >> 1
    return last == 0 and small == old_root and large == new_root
