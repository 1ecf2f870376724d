"""The verifier's own Ed25519 against RFC 8032's vectors and against another implementation."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from keqiao.kernel.record.verify_arithmetic import L, is_signed

# RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc): public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
            "454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
            "3dca179c138ac17ad9bef1177331a704"
        ),
    ),
]
PUBLIC, MESSAGE, SIGNATURE = VECTORS[1]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_published_vectors(public, message, signature):
    assert is_signed(public, signature, bytes.fromhex(message))


@pytest.mark.parametrize("place", [0, 20, 63, 64, 100, 127])
def test_a_changed_signature_does_not_hold(place):
    other = "1" if SIGNATURE[place] != "1" else "2"
    assert not is_signed(PUBLIC, SIGNATURE[:place] + other + SIGNATURE[place + 1 :], bytes.fromhex(MESSAGE))


def test_another_message_or_key_does_not_hold():
    assert not is_signed(PUBLIC, SIGNATURE, b"")
    assert not is_signed(VECTORS[0][0], SIGNATURE, bytes.fromhex(MESSAGE))


def test_a_scalar_beyond_the_order_is_refused():
    """Else every signature would have a second spelling."""
    scalar = int.from_bytes(bytes.fromhex(SIGNATURE[64:]), "little") + L
    assert not is_signed(PUBLIC, SIGNATURE[:64] + scalar.to_bytes(32, "little").hex(), bytes.fromhex(MESSAGE))


@pytest.mark.parametrize("public", ["", "zz" * 32, PUBLIC.upper(), PUBLIC[:-2], "ff" * 32, "02" + "00" * 31])
def test_what_is_no_key_is_refused(public):
    assert not is_signed(public, SIGNATURE, bytes.fromhex(MESSAGE))


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_agrees_with_another_implementation(seed, message):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw().hex(), key.sign(message).hex()
    assert is_signed(public, signature, message)
    assert not is_signed(public, signature, message + b"x")
