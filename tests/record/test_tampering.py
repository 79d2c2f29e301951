"""Whatever is done to the files of a log is found from these files alone."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.record import checking
from broadsheet.record.digests import entry, entry_digest
from broadsheet.record.proving import TILE, Checkpoint, Key, Wrong, bundle, key_number, leaf_hash, open_note, unbundle
from broadsheet.record.signing import Signer, note, public_of
from broadsheet.record.tree import root_of, whole
from broadsheet.record.verifying import Ends, head_of, verify
from tests.record.test_proving import files_of, simply

MOMENT = dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC)
NAME = "news.example/record"


def made(count):
    """Entries of stories that take turns, each in a chain of its own."""
    ends, data = {}, []
    for place in range(count):
        story = 1 + place % 7
        number, before = ends.get(story, (0, ""))
        told = {
            "story": story, "number": number + 1, "moment": MOMENT, "kind": "update" if number else "first", "about": None, "said": "", "chosen": True,
            "text": f"{place:064x}", "previous": before,
        }  # fmt: skip
        data.append(entry(**told))
        ends[story] = (number + 1, entry_digest(**told))
    return data


@pytest.fixture(scope="module")
def signer():
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    return Signer(1, private, public_of(private))


def signed(data, by):
    root = base64.b64encode(simply(data)).decode()
    return note(f"{NAME}\n{len(data)}\n{root}\n", [by], NAME)


def found(files, by, kept=None):
    key = Key(NAME, key_number(NAME, by.public), by.public)
    try:
        head = head_of(files.get, [key], NAME)
    except Wrong as wrong:
        return [str(wrong)]
    return [line for _count, lines in verify(files.get, head, Ends(), kept) for line in lines]


def log_of(data, by):
    return {**files_of(data), "checkpoint": signed(data, by)}


DATA = made(2 * TILE + 40)


@pytest.fixture(scope="module")
def files(signer):
    return log_of(DATA, signer)


def test_an_untouched_log_is_right(files, signer):
    assert found(files, signer) == []
    for size in (0, 1, 7, TILE - 1, TILE, TILE + 1, 2 * TILE, len(DATA)):
        kept = Checkpoint(NAME, size, simply(DATA[:size]))
        assert found(files, signer, kept) == [] and found(log_of(DATA[:size], signer), signer) == []
        assert not size or found(files, signer, kept._replace(root=bytes(32)))


@given(data=st.data())
def test_any_bit_of_any_file_that_is_changed_is_found(files, signer, data):
    name = data.draw(st.sampled_from(sorted(files)))
    bit = data.draw(st.integers(0, len(files[name]) * 8 - 1))
    broken = bytearray(files[name])
    broken[bit // 8] ^= 1 << bit % 8
    lines = found({**files, name: bytes(broken)}, signer)
    if name == "checkpoint" and not lines:
        # The last letter of a signature in base64 has bits that say nothing.
        assert (
            open_note(bytes(broken), [Key(NAME, key_number(NAME, signer.public), signer.public)])
            == files[name].decode().rpartition("\n\n")[0] + "\n"
        )
    else:
        assert lines


@given(data=st.data())
def test_any_file_that_is_gone_is_found(files, signer, data):
    name = data.draw(st.sampled_from(sorted(files)))
    assert found({path: content for path, content in files.items() if path != name}, signer)


@given(data=st.data(), how=st.sampled_from(["dropped", "doubled", "exchanged", "forged", "cut"]), honest=st.booleans())
def test_any_entry_that_is_dropped_moved_or_replaced_is_found(files, signer, data, how, honest):
    """`honest`: by somebody without the key, who leaves the checkpoint; else the newsroom itself makes all files anew and signs them."""
    place, other = sorted(data.draw(st.lists(st.integers(0, len(DATA) - 1), min_size=2, max_size=2, unique=True)))
    forged = list(DATA)
    if how == "dropped":
        del forged[place]
    elif how == "doubled":
        forged.insert(other, forged[place])
    elif how == "exchanged":
        forged[place], forged[other] = forged[other], forged[place]
    elif how == "forged":
        forged[place] = json.dumps({**json.loads(forged[place]), "text": "f" * 64}, separators=(",", ":"), sort_keys=True).encode()
    else:
        forged = forged[: place or 1]
    held = log_of(forged, signer)
    kept = Checkpoint(NAME, len(DATA), simply(DATA))
    if honest:
        assert found({**held, "checkpoint": files["checkpoint"]}, signer)
    else:
        # A newsroom that begins anew deceives those who look for the first time, and nobody who has an older checkpoint.
        assert found(held, signer, kept)


@given(st.sampled_from([
    b"", b"{}", b"null", b"[1]", b"\xff", b'{"a":' * 2000, DATA[3] + b" ", DATA[3].replace(b'"chosen":true', b'"chosen":1'), DATA[3].replace(b":", b": ", 1),
    DATA[3].replace(b'"kind":"first"', b'"kind":"first","kind":"first"'), DATA[3].replace(b'"story":4', b'"story":"4"'), DATA[3].replace(b'"about":null', b'"about":1'),
]))  # fmt: skip
def test_what_is_no_entry_is_told_though_it_is_signed(data):
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    by = Signer(1, private, public_of(private))
    forged = [*DATA[:3], data, *DATA[4:20]]
    assert any("entry 3" in line for line in found(log_of(forged, by), by))


def test_a_large_tree_goes_by_levels(signer):
    """Two levels of full tiles, with entries that say nothing."""
    data = made(3) + [b"x"] * (TILE * TILE)
    hashes = [leaf_hash(one) for one in data]
    files = files_of(data)
    level, begun = hashes, []
    while level:
        full = len(level) // TILE
        begun.append(level[full * TILE :])
        level = [whole(level[n * TILE : (n + 1) * TILE]) for n in range(full)]
    files["checkpoint"] = note(f"{NAME}\n{len(data)}\n{base64.b64encode(root_of(begun)).decode()}\n", [signer], NAME)
    lines = found(files, signer)
    assert lines and all("is no entry of a record" in line for line in lines)
    del files["tile/1/000"]
    assert any("tile/1/000 is not there" in line for line in found(files, signer))


def test_bundles_are_what_they_were():
    assert unbundle(bundle(DATA)) == DATA


@pytest.mark.parametrize("forked", [0, 1])
def test_one_of_two_entries_in_the_same_place_is_found_by_whoever_checks_one_story(signer, monkeypatch, forked):
    """A newsroom that enters a change twice and tells of the one it likes: each follows from the one before."""
    data = made(14)
    told = {**json.loads(data[7 * forked]), "text": "f" * 64}
    told["moment"] = MOMENT
    data.insert(7 * forked, entry(**told))
    places = [0 if forked else 1, 8]
    public = "/".join(("https:/", NAME))
    key = f"{NAME}+{key_number(NAME, signer.public).hex()}+{base64.b64encode(bytes([1]) + signer.public).decode()}"
    of_story = json.dumps({"story": 1, "log": "/record/", "places": places, "waiting": False, "text": "{}", "salt": ""}).encode()
    there = {f"{public}/{path}": held for path, held in log_of(data, signer).items()}
    there |= {f"{public}/keys": key.encode(), f"{public}/of/ferry/": of_story, "https://news.example/ferry/": b""}
    monkeypatch.setattr(checking, "get", there.get)
    monkeypatch.setattr(checking, "at", lambda url: (url, there.get(url)))
    with pytest.raises(Wrong, match="the story's too, and not among those that the site tells"):
        checking.check("https://news.example/ferry/", key, None, quick=False, say=lambda line: None)
