"""The single-file verifier stands alone, and its own arithmetic is that of the standards."""

from __future__ import annotations

import ast
import inspect
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment import ledger
from muniment.exports import verify_package
from muniment.ledger import tree

RFC_8032 = [  # section 7.1, tests 1, 2, 3 and SHA(abc): public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
        "c027beceea1ec40a",
    ),
]


def test_the_file_imports_the_standard_library_alone_and_is_short() -> None:
    source = inspect.getsource(verify_package)
    for node in ast.walk(ast.parse(source)):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        for module in modules:
            assert module.split(".")[0] in sys.stdlib_module_names, module
    assert len(source.splitlines()) < 500


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard_hold(public: str, message: str, signature: str) -> None:
    key, words, raw = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert verify_package.ed25519_holds(key, words, raw)
    assert not verify_package.ed25519_holds(key, words + b"x", raw)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=100), st.integers(0, 511))
def test_signatures_hold_as_they_do_for_the_library(message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    signature = private.sign(message)
    assert verify_package.ed25519_holds(public, message, signature)
    spoilt = bytearray(signature)
    spoilt[bit // 8] ^= 1 << bit % 8
    assert not verify_package.ed25519_holds(public, message, bytes(spoilt))
    assert not verify_package.ed25519_holds(bytes(32), message, signature)


def test_a_signature_whose_number_is_too_large_is_refused() -> None:
    """RFC 8032 section 5.1.7: S must be below the order, or one signature could be written in two ways."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    signature = private.sign(b"words")
    larger = int.from_bytes(signature[32:], "little") + verify_package.Q
    assert not verify_package.ed25519_holds(public, b"words", signature[:32] + larger.to_bytes(32, "little"))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 20])
def test_roots_and_proofs_are_those_of_the_ledger(size: int) -> None:
    leaves = [tree.leaf_hash(str(number).encode()) for number in range(size)]
    nodes: dict[tuple[int, int], bytes] = {}
    for number, leaf in enumerate(leaves):
        for level, index, digest in tree.grown(number, leaf, lambda at, place: nodes[at, place]):
            nodes[level, index] = digest
    root = tree.root(size, lambda level, index: nodes[level, index])
    assert verify_package.root_of(leaves) == root
    for number, leaf in enumerate(leaves):
        path = tree.inclusion(number, size, lambda level, index: nodes[level, index])
        assert verify_package.root_by_proof(number, size, leaf, path) == root
        assert verify_package.root_by_proof(number, size, leaf, [*path, bytes(32)]) != root


def test_a_leaf_is_that_of_the_ledger() -> None:
    entry = ledger.make(3, at="2031-05-01T08:00:00+00:00", kind="received", by="Rúna", payload={"a": "ä"})
    fields = {name: getattr(entry, name) for name in ("seq", "at", "kind", "by_commitment", "commitment")}
    assert verify_package.leaf_of(fields).hex() == entry.hash
