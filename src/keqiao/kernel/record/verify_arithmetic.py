"""The arithmetic of the verifier: one way to write a value, signatures, roots. It goes into every pack as a part of verify.py."""

from __future__ import annotations

import json
import re
from hashlib import sha256, sha512
from typing import Any


def is_hex(text: Any, digits: int = 64) -> bool:
    return isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{digits}}}", text) is not None


def canonical(value: Any) -> str:
    """RFC 8785; the numbers are whole, since fractions are kept as text."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def parsed(data: bytes) -> Any:
    """The value, if it is written in the one way there is, so that no byte is free."""
    value = json.loads(data.decode("utf-8"))
    if canonical(value).encode("utf-8") != data:
        raise ValueError("not canonical / 非规范 JSON (RFC 8785)")
    return value


# RFC 8032, Ed25519, verification only: points as X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def add(p: Any, q: Any) -> Any:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(data: bytes) -> Any:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: str, signature: str, message: bytes) -> bool:
    texts = (public, signature[:64], signature[64:])
    key, r, scalar = (bytes.fromhex(text) if is_hex(text) else b"" for text in texts)
    a, s = point(key), int.from_bytes(scalar, "little")
    if len(key + r + scalar) != 96 or a is None or s >= L:  # noqa: PLR2004
        return False
    h = int.from_bytes(sha512(r + key + message).digest(), "little") % L
    minus = (P - a[0], a[1], a[2], P - a[3])
    terms, total = (None, BASE, minus, add(BASE, minus)), (0, 1, 1, 0)
    for bit in range(252, -1, -1):  # s * BASE - h * A, both bit by bit at once
        total = add(total, total)
        term = terms[(s >> bit & 1) + 2 * (h >> bit & 1)]
        total = add(total, term) if term else total
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return (y + ((x & 1) << 255)).to_bytes(32, "little") == r


def root_of(leaf: bytes, n: int, size: int, path: list[Any]) -> str | None:
    """RFC 6962: the root that the leaf at place n of a log of that size leads to."""
    if not 0 <= n < size or not all(map(is_hex, path)):
        return None
    node, last, rest = leaf, size - 1, [bytes.fromhex(item) for item in path]
    while last:
        if n & 1 or n < last:
            if not rest:
                return None
            other = rest.pop(0)
            node = sha256(b"\x01" + (other + node if n & 1 else node + other)).digest()
        n, last = n >> 1, last >> 1
    return None if rest else node.hex()


def grown(edge: list[Any], old: int, new: int, growth: list[Any]) -> str | None:
    """Add to the right edge the subtrees over old..new-1, as few as there can be; the new root, or None."""
    rest = [bytes.fromhex(item) for item in growth if is_hex(item)]
    if len(rest) != len(growth):
        return None
    while old < new:
        level = (new - old).bit_length() - 1
        level = min(level, (old & -old).bit_length() - 1) if old else level
        if not rest:
            return None
        node, old = rest.pop(0), old + (1 << level)
        while edge and edge[-1][0] == level:
            node, level = sha256(b"\x01" + edge.pop()[1] + node).digest(), level + 1
        edge.append((level, node))
    root = edge[-1][1]
    for _level, node in reversed(edge[:-1]):
        root = sha256(b"\x01" + node + root).digest()
    return None if rest else root.hex()
