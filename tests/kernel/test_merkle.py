"""The tree against RFC 6962's definition written out naively, and against the constants published with it."""

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from hypothesis import given
from hypothesis import strategies as st

from keqiao.kernel.record import merkle

# The eight inputs of the reference implementation's own tests, and the roots it publishes for 1..8 of them.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
SIZES = st.integers(1, 70)


def leaves(size):
    return [merkle.leaf_hash(index.to_bytes(2, "big")) for index in range(size)]


def naive(hashes):
    if not hashes:
        return merkle.sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return merkle.node_hash(naive(hashes[:k]), naive(hashes[k:]))


def naive_path(m, hashes):
    if len(hashes) == 1:
        return []
    k = merkle.split(len(hashes))
    if m < k:
        return [*naive_path(m, hashes[:k]), naive(hashes[k:])]
    return [*naive_path(m - k, hashes[k:]), naive(hashes[:k])]


def naive_consistency(m, hashes, whole=True):
    if m == len(hashes):
        return [] if whole else [naive(hashes)]
    k = merkle.split(len(hashes))
    if m <= k:
        return [*naive_consistency(m, hashes[:k], whole), naive(hashes[k:])]
    return [*naive_consistency(m - k, hashes[k:], False), naive(hashes[:k])]


def node_of(hashes):
    return lambda level, index: naive(hashes[index << level : (index + 1) << level])


def test_the_empty_tree():
    assert merkle.Frontier().root().hex() == EMPTY


def test_published_roots():
    edge = merkle.Frontier()
    roots = []
    for data in INPUTS:
        edge.append(merkle.leaf_hash(data))
        roots.append(edge.root().hex())
    assert roots == ROOTS


def test_published_inclusion_proof():
    """Leaf 5 of 8: its neighbour, then the pair before, then the left half."""
    hashes = [merkle.leaf_hash(data) for data in INPUTS]
    assert [item.hex() for item in merkle.inclusion_path(5, 8, node_of(hashes))] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_published_consistency_proof():
    """From 6 to 8 of the reference inputs."""
    hashes = [merkle.leaf_hash(data) for data in INPUTS]
    assert [item.hex() for item in merkle.consistency_path(6, 8, node_of(hashes))] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(SIZES, st.data())
def test_inclusion(size, data):
    n = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    path = merkle.inclusion_path(n, size, node_of(hashes))
    assert path == naive_path(n, hashes)
    assert merkle.root_from_path(hashes[n], n, size, path) == naive(hashes)


@given(SIZES, st.data())
def test_consistency(size, data):
    old = data.draw(st.integers(1, size))
    hashes = leaves(size)
    path = merkle.consistency_path(old, size, node_of(hashes))
    roots = naive(hashes[:old]), naive(hashes)
    assert path == naive_consistency(old, hashes)
    assert merkle.verify_consistency(old, roots[0], size, roots[1], path)


@given(SIZES, st.data())
def test_a_changed_path_proves_nothing(size, data):
    n = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    path = merkle.inclusion_path(n, size, node_of(hashes))
    wrong = [[*path, bytes(32)], path[:-1], [bytes(32), *path[1:]]] if path else [[bytes(32)]]
    for other in wrong:
        assert merkle.root_from_path(hashes[n], n, size, other) != naive(hashes)


@given(SIZES, st.data())
def test_a_changed_beginning_is_not_consistent(size, data):
    old = data.draw(st.integers(1, size))
    hashes = leaves(size)
    path = merkle.consistency_path(old, size, node_of(hashes))
    false = naive([bytes(32), *hashes[1:old]])
    assert not merkle.verify_consistency(old, false, size, naive(hashes), path)
    assert not merkle.verify_consistency(old, naive(hashes[:old]), size, false, [*path, bytes(32)])


@given(st.integers(0, 80), st.integers(0, 80))
def test_a_cover_joins_the_edge_to_the_new_root(old, more):
    hashes = leaves(old + more)
    edge = merkle.Frontier()
    for level, index in [*merkle.cover(0, old), *merkle.cover(old, old + more)]:
        edge.append(node_of(hashes)(level, index), level=level)
    assert (edge.size, edge.root()) == (old + more, naive(hashes))


def test_places_outside_the_tree_are_refused():
    for n, size in ((3, 3), (-1, 3), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_path(n, size, node_of([]))
        assert merkle.root_from_path(bytes(32), n, size, []) is None
    with pytest.raises(ValueError, match="contain"):
        merkle.consistency_path(4, 3, node_of([]))
    with pytest.raises(ValueError, match="fit"):
        edge = merkle.Frontier()
        edge.append(bytes(32))
        edge.append(bytes(32), level=1)


def test_another_hash_can_be_used():
    """SM3's own test vector: the digest of 'abc'."""
    try:
        digest = merkle.sm3(b"abc")
    except UnsupportedAlgorithm:
        pytest.skip("this OpenSSL has no SM3")
    assert digest.hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    edge = merkle.Frontier(hashed=merkle.sm3)
    edge.append(merkle.leaf_hash(b"abc", hashed=merkle.sm3))
    assert edge.root() == merkle.sm3(b"\x00abc")
