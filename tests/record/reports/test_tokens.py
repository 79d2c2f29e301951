"""What a form carries: nothing but what was made here is taken for one, whatever comes in."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from broadsheet.record.reports import tokens

NOW = 1_800_000_000.0


@given(st.integers(1, 2**60), st.floats(0, 4e9))
def test_what_was_made_is_read_and_no_two_are_alike(story, now):
    one, other = tokens.issue(story, now), tokens.issue(story, now)
    read = tokens.read(one, story)
    assert read.made == int(now) and read.nonce != tokens.read(other, story).nonce
    with pytest.raises(tokens.NotOurs):
        tokens.read(one, story + 1)


@given(st.one_of(st.text(), st.text(alphabet="0123456789.:-_AZaz", max_size=250), st.binary().map(lambda b: b.decode("latin-1"))))
def test_anything_else_is_none(text):
    with pytest.raises(tokens.NotOurs):
        tokens.read(text, 1)


@given(st.integers(0, 76), st.characters())
def test_changed_anywhere_it_is_none(place, sign):
    token = tokens.issue(1, NOW)
    assume(sign != token[place % len(token)])
    changed = token[: place % len(token)] + sign + token[place % len(token) + 1 :]
    with pytest.raises(tokens.NotOurs):
        tokens.read(changed, 1)


@given(st.integers(-10_000, 200_000))
def test_too_early_or_too_old_or_neither(age):
    token = tokens.read(tokens.issue(1, NOW), 1)
    early, old = token.is_early(NOW + age), token.is_old(NOW + age)
    assert early == (age < tokens.QUICKEST) and old == (age > tokens.OLDEST) and not (early and old)


def test_another_key_makes_others(settings):
    token = tokens.issue(1, NOW)
    settings.SECRET_KEY = "another"
    with pytest.raises(tokens.NotOurs):
        tokens.read(token, 1)
