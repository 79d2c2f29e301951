"""Trees, tiles, notes and signatures: the published examples, and that nothing can be changed without being found."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.record import signing
from broadsheet.record.proving import (
    TILE,
    Checkpoint,
    Tree,
    Wrong,
    bundle,
    is_consistent,
    is_signed,
    key_number,
    leaf_hash,
    node_hash,
    open_note,
    read_checkpoint,
    read_key,
    root_by_path,
    tile_path,
    unbundle,
)
from broadsheet.record.tree import EMPTY, root_of, whole

# The inputs and trees of Certificate Transparency's own tests of RFC 6962.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]  # fmt: skip
PATH_6_OF_8 = [
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]  # fmt: skip
FROM_6_TO_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]  # fmt: skip
FROM_2_TO_5 = [
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
]
# RFC 8032, section 7.1, tests 1 to 3: secret key, public key, message, signature.
SIGNED = [
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip
# The example of the documentation of golang.org/x/mod/sumdb/note, which C2SP signed-note was written after.
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    f"{TEXT}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n".encode()
)
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"


def simply(data):
    """The tree as RFC 6962 defines it, word by word."""
    if not data:
        return EMPTY
    if len(data) == 1:
        return leaf_hash(data[0])
    k = 1 << (len(data) - 1).bit_length() - 1
    return node_hash(simply(data[:k]), simply(data[k:]))


def files_of(data):
    """All files of a log with these entries, at every size it had."""
    held = {}
    hashes, level = [leaf_hash(one) for one in data], 0
    while hashes:
        for number in range(-(-len(hashes) // TILE)):
            part = hashes[number * TILE : (number + 1) * TILE]
            held[tile_path(str(level), number, len(part))] = b"".join(part)
            if not level:
                held[tile_path("entries", number, len(part))] = bundle(data[number * TILE : (number + 1) * TILE])
        hashes = [whole(hashes[n : n + TILE]) for n in range(0, len(hashes) // TILE * TILE, TILE)]
        level += 1
    return held


def tree_of(data, size=None):
    return Tree(files_of(data).get, len(data) if size is None else size)


def heads(data):
    return [Checkpoint("news.example/record", size, simply(data[:size])) for size in range(len(data) + 1)]


def test_the_published_trees():
    data = [bytes.fromhex(one) for one in LEAVES]
    for size, root in enumerate(ROOTS, 1):
        assert (
            simply(data[:size]).hex()
            == tree_of(data[:size]).hash(0, size).hex()
            == root_of([[leaf_hash(one) for one in data[:size]]]).hex()
            == root
        )
    tree = tree_of(data)
    assert [one.hex() for one in tree.path(5, 0, 8)] == PATH_6_OF_8
    assert root_by_path(5, 8, leaf_hash(data[5]), [bytes.fromhex(one) for one in PATH_6_OF_8]).hex() == ROOTS[7]
    assert [one.hex() for one in tree.since(6, 0, 8)] == FROM_6_TO_8
    assert [one.hex() for one in tree_of(data[:5]).since(2, 0, 5)] == FROM_2_TO_5
    head = heads(data)
    assert is_consistent(head[6], head[8], [bytes.fromhex(one) for one in FROM_6_TO_8])
    assert not is_consistent(head[5], head[8], [bytes.fromhex(one) for one in FROM_6_TO_8])


@pytest.mark.parametrize(("secret", "public", "message", "signature"), SIGNED)
def test_the_published_signatures(secret, public, message, signature):
    public, message, signature = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert is_signed(public, signature, message) and not is_signed(public, signature, message + b"!")
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert (private.sign(message), signing.public_of(private)) == (signature, public)
    # The same point and a number larger by the order: RFC 8032 refuses it, for else there were two signatures of one thing.
    more = int.from_bytes(signature[32:], "little") + 2**252 + 27742317777372353535851937790883648493
    assert not is_signed(public, signature[:32] + more.to_bytes(32, "little"), message)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511), st.integers(0, 2**20))
def test_no_bit_of_a_signature_can_be_another(secret, message, bit, other):
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = signing.public_of(private), private.sign(message)
    assert is_signed(public, signature, message)
    broken = bytearray(signature)
    broken[bit // 8] ^= 1 << bit % 8
    assert not is_signed(public, bytes(broken), message) and not is_signed(public, signature, message + str(other).encode())
    another = bytearray(public)
    another[bit // 16] ^= 1 << bit % 8
    assert not is_signed(bytes(another), signature, message)


def test_the_published_note():
    key = read_key(PUBLIC)
    assert open_note(NOTE, [key]) == TEXT
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(PRIVATE)[1:])
    signer = signing.Signer(1, private, signing.public_of(private))
    assert signing.note(TEXT, [signer], "PeterNeumann") == NOTE
    assert signing.written(signer.public, "PeterNeumann") == PUBLIC
    # The key of the other example of the specification.
    assert read_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").name == "example.com/foo"


def test_a_note_whose_signers_are_not_known_is_none():
    key = read_key(PUBLIC)
    other = read_key(signing.written(bytes(range(32)), "PeterNeumann"))
    with pytest.raises(Wrong, match="none of the keys"):
        open_note(NOTE, [other])
    # Of somebody who is not known there may be signatures besides.
    besides = base64.b64encode(b"\x01\x02\x03\x04" + bytes(90)).decode()
    assert open_note(NOTE + f"\u2014 witness.example/w1 {besides}\n".encode(), [key]) == TEXT
    wrong = base64.b64encode(key.number + bytes(64)).decode()
    with pytest.raises(Wrong, match="not right"):
        open_note(NOTE + f"\u2014 PeterNeumann {wrong}\n".encode(), [key])


@given(st.integers(0, len(NOTE) * 8 - 1))
def test_no_bit_of_a_note_can_be_another(bit):
    broken = bytearray(NOTE)
    broken[bit // 8] ^= 1 << bit % 8
    try:
        text = open_note(bytes(broken), [read_key(PUBLIC)])
    except Wrong:
        return
    # Base64 has letters whose last bits say nothing.
    assert text == TEXT and bit // 8 > len(NOTE) - 5


@pytest.mark.parametrize(
    "text", ["a/b\n1\n", "a/b\n01\nAAAA\n", "a/b\n-1\n", "\n1\n", "a/b\n1\nAAAA\n", "a/b\n1\n" + base64.b64encode(bytes(32)).decode(), ""]
)
def test_what_is_no_checkpoint(text):
    with pytest.raises(Wrong):
        read_checkpoint(text)


def test_the_example_of_checkpoints():
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert read_checkpoint(text)[:2] == ("example.com/behind-the-sofa", 20852163)
    assert read_checkpoint(text + "an extension\n").size == 20852163
    note = f"{text}\n\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    with pytest.raises(Wrong, match="none of the keys"):
        open_note(note.encode(), [read_key(PUBLIC)])


def test_the_examples_of_tiles():
    assert tile_path("0", 1234067) == "tile/0/x001/x234/067" and tile_path("entries", 5, 17) == "tile/entries/005.p/17"
    assert tile_path("2", 0, 1) == "tile/2/000.p/1"
    sizes = {path: len(data) // 32 for path, data in files_of([b"x"] * 70_000).items() if "entries" not in path}
    begun = {path: size for path, size in sizes.items() if ".p/" in path}
    assert begun == {"tile/0/273.p/112": 112, "tile/1/001.p/17": 17, "tile/2/000.p/1": 1}
    assert len(sizes) - len(begun) == 274 and sizes["tile/1/000"] == 256
    assert {path for path in files_of([b"x"] * 256) if "entries" not in path} == {"tile/0/000", "tile/1/000.p/1"}


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles(entries):
    assert unbundle(bundle(entries)) == entries
    if entries:
        with pytest.raises(Wrong):
            unbundle(bundle(entries) + b"\0")


DATA = [b"entry %d" % n for n in range(700)]
FILES = files_of(DATA)


@given(st.integers(1, 700), st.data())
def test_every_entry_of_every_size_is_proved(size, draw):
    tree = Tree(files_of(DATA[:size]).get, size)
    root = simply(DATA[:size])
    assert tree.hash(0, size) == root
    place = draw.draw(st.integers(0, size - 1))
    path = tree.path(place, 0, size)
    assert tree.entry(place) == DATA[place]
    assert root_by_path(place, size, leaf_hash(DATA[place]), path) == root
    for other in (leaf_hash(b"forged"), leaf_hash(DATA[place] + b"\0")):
        assert root_by_path(place, size, other, path) != root
    if size > 1:
        elsewhere = draw.draw(st.integers(0, size - 1).filter(lambda n: n != place))
        assert root_by_path(elsewhere, size, leaf_hash(DATA[place]), path) != root
        assert root_by_path(place, size, leaf_hash(DATA[place]), path[:-1]) != root


@given(st.integers(0, 700), st.integers(0, 700))
def test_any_two_sizes_are_consistent_and_no_two_others(one, other):
    old, new = sorted((one, other))
    head = Checkpoint("a", old, simply(DATA[:old])), Checkpoint("a", new, simply(DATA[:new]))
    path = Tree(files_of(DATA[:new]).get, new).since(old, 0, new) if 0 < old < new else []
    assert is_consistent(*head, path)
    if old:
        assert not is_consistent(head[0]._replace(root=hashlib.sha256(b"forged").digest()), head[1], path)
        assert not is_consistent(head[0], head[1]._replace(root=hashlib.sha256(b"forged").digest()), path)
    if old < new:
        assert not is_consistent(head[1], head[0], path)
    if path:
        assert not is_consistent(*head, path[:-1])


@given(st.integers(0, 700))
def test_a_size_cut_out_of_a_level_that_is_not_carried_up_yet(size):
    """As the verification of a whole log looks at an older checkpoint."""
    hashes = [leaf_hash(one) for one in DATA[:size]]
    full = (max(size, 1) - 1) // TILE
    level = [whole(hashes[n * TILE : (n + 1) * TILE]) for n in range(full)]
    assert root_of([hashes[full * TILE :], level]) == simply(DATA[:size])


def test_key_numbers():
    assert (
        key_number(
            "PeterNeumann", base64.b64decode(PUBLIC.rpartition("+")[2] if PUBLIC.count("+") == 2 else PUBLIC.split("+", 2)[2])[1:]
        ).hex()
        == "c74f20a3"
    )
