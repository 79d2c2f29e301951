"""Patterns of an old site's redirects: what they match as JavaScript would, where they lead, and that none stops the site."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.rerouting import compiled, first, is_target, named


@pytest.mark.parametrize(("source", "path"), [
    ("/old/", "/old/"), ("/old", "/old"), ("^/old/$", "/old/"), ("^\\/old\\/?$", "/old/"), ("/a/old.html", "/a/old.html"), ("/%C3%A9t%C3%A9/", "/été/"),
    ("^/tag/(.*)/$", ""), ("/my-url/i", ""), ("/old|/older", ""), ("old", ""), ("//evil.example", ""), ("/a\\d", ""), ("/x{2}", ""),
])  # fmt: skip
def test_a_source_that_names_one_path(source, path) -> None:
    assert named(source) == path


@pytest.mark.parametrize(("source", "to", "path", "end"), [
    ("^/tag/(.*)/$", "/topics/$1/", "/tag/ferries/", "/topics/ferries/"),
    ("^\\/(\\d{4})\\/(\\d{2})\\/([a-z-]+)", "/$3/", "/2019/05/a-tide/", "/a-tide/"),
    ("/blog/(?<slug>[a-z]+)", "/$<slug>/", "/blog/tide/", "/tide/"),
    # What is not matched stays, and so does what JavaScript's `replace` leaves alone.
    ("/old/(.*)", "/new/$1", "/shop/old/x", "/shop/new/x"), ("^/a$", "/b/$$/$9/$&", "/a", "/b/$/$9//a"),
    ("/MY-url/i", "/new/", "/my-URL/", "/new/"), ("^/(?!amp)(\\w+)/amp$", "/$1/", "/tide/amp", "/tide/"),
    ("^/go/(.*)$", "https://shop.example/$1?a=1", "/go/tea", "https://shop.example/tea?a=1"),
    ("^/(.*)/x$", "/$1", "/evil.example/x", "/evil.example"), ("^/y/(.*)$", "$1", "/y//evil.example", "/evil.example"),
    ("^/caf%C3%A9/(.*)", "/cafe/$1", "/café/a", "/cafe/a"), ("^/no/(x)?$", "/yes/$1", "/no/", "/yes/"),
])  # fmt: skip
def test_a_pattern_and_where_it_leads(source, to, path, end) -> None:
    assert first([(source, to, True)], path, {}) == (end, True)


def test_the_first_that_fits_counts_and_others_do_not() -> None:
    rules = [("^/a/(\\d+)$", "/one/$1", False), ("^/a/(.*)$", "/two/$1", True), ("^/[", "/x", True)]
    assert first(rules, "/a/7", {}) == ("/one/7", False)
    assert first(rules, "/a/b", {}) == ("/two/b", True)
    assert first(rules, "/b", {}) is None and first(rules, "/a/" + "b" * 2000, {}) is None


def test_a_query_is_handed_on_and_the_targets_own_counts() -> None:
    assert first([("^/s/(.*)$", "/t/$1?b=2", True)], "/s/x", {"a": "1 &", "b": "9"}) == ("/t/x?a=1+%26&b=2", True)


@pytest.mark.parametrize(("to", "may"), [
    ("/a/", True), ("https://x.example/$1", True), ("https://$1/", False), ("javascript:x()", False), ("//x.example/", False), ("a/", False),
    ("https://x.example@y.example/", False), ("http://[", False), ("/\\x.example", False),
])  # fmt: skip
def test_where_a_redirect_may_lead(to, may) -> None:
    assert is_target(to) is may


@pytest.mark.parametrize("source", ["^/(?:(?:a{1000}){1000}){1000}$", "^/(?:a{99999}){99999,}$", "^/(?:(?:(?:a{100}){0,}){100}){100}$"])
def test_a_pattern_that_would_be_written_out_to_no_end_is_none(source) -> None:
    began = time.process_time()
    assert compiled(source) is None
    assert time.process_time() - began < 2
    assert compiled("^/(\\d{4})/(\\d{2})/(\\d{2})/([a-z]{1,99})/$") is not None


def test_a_pattern_that_never_ends_costs_no_more_than_its_moment() -> None:
    begun = time.monotonic()
    assert first([("^/(a|aa)+(a|aa)+(a|aa)+b$", "/x", True)] * 50, "/" + "a" * 900, {}) is None
    assert time.monotonic() - begun < 2


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=60))
def test_whatever_stands_there_is_a_pattern_or_none(source, to, path) -> None:
    compiled(source), named(source)
    if is_target(to):
        found = first([(source, to, True)], path, {})
        assert found is None or not found[0].startswith("//")
