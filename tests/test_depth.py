"""Markup made to be slow: however its tags are hidden, no parser goes deeper than any text does; ordinary markup stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import depth
from broadsheet.depth import shallow
from broadsheet.html import sanitise

FEW = 20
NAMES = sorted(
    depth._EMPTY | depth._FORMATTING | depth._BLOCKS | depth._PARTS | depth._WALLS | depth._FOREIGN | depth._OPTIONAL
    | {"span", "x-a", "rb", "rtc", "ruby", "select", "foreignobject", "desc", "mi", "path", "summary", "body", "html", "frameset",
       "noscript", "textarea", "iframe", "title", "script", "plaintext"}
)  # fmt: skip
_ALL = nh3.Cleaner(tags=set(NAMES) - {"script"}, attributes={}, clean_content_tags=set(), link_rel=None)
_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)[^>]*>")


def seen_depth(html: str) -> int:
    """How many elements stand in each other, as an HTML5 parser sees them: what it writes down has all ends."""
    deepest = open_ = 0
    for tag in _TAG.finditer(_ALL.clean(html)):
        if tag[1]:
            open_ -= 1
        elif tag[2] not in depth._EMPTY:
            open_ += 1
            deepest = max(deepest, open_)
    return deepest


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything is looked at, and hardly anything may be deep."""
    with monkeypatch.context() as patched:
        patched.setattr(depth, "MANY", 0)
        patched.setattr(depth, "DEEPEST", FEW)
        yield


HIDDEN = {
    "nothing": "<div>",
    "ends of others": "<div></b>",
    "ends in values": '<div title="</div>">',
    "ends in values between apostrophes": "<div title='</div>'>",
    "ends in values after an equals sign too many": '<div ="></div>',
    "ends in comments": "<div><!--</div>-->",
    "ends in comments that end otherwise": "<div><!--></div--!>",
    "ends in a script": "<div><script></div></script>",
    "ends in a text field": "<div><textarea></div></textarea>",
    "ends in what is no comment": "<div><!</div>",
    "ends in another alphabet": "<x\u212a></xk>",
    "beginnings that are closed at once": "<div/>",
    "beginnings beside what ends itself": "<li><dd>",
    "beginnings that a value seems to hold": '<a b=c"><div></a"\'>',
    "beginnings in a drawing": "<svg><foreignObject><div></svg>",
    "in a drawing, what is text there": "<svg><![CDATA[></svg>]]><div>",
    "empty ones in a drawing": "<svg><input>",
    "tables": "<table><tr><td></table-x>",
    "names that begin like an empty one": "<link-x>",
    "upper case": "<DIV></Div-x>",
}


@pytest.mark.parametrize("piece", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.usefixtures("little")
def test_what_is_deep_is_seen_however_it_is_hidden(piece: str) -> None:
    assert seen_depth(shallow(piece * 100)) <= 2 * FEW
    assert seen_depth(shallow(f"<p>{piece * 7}</p>" * 20)) <= 2 * FEW


@pytest.mark.parametrize("piece", ["<div>", "<div></b>", "<div title='</div>'>", "<ul><li>", "<x-a><!--</x-a>-->"])
def test_what_is_too_deep_in_a_long_text_is_its_words_alone(piece: str) -> None:
    assert sanitise(piece * 2_000 + "words").strip() == "words"


@st.composite
def markup(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5))
    name = st.sampled_from(names)
    begin, end = name.map("<{}>".format), name.map("</{}>".format)
    odd = st.sampled_from(["<{}/>", '<{0} t="</{0}>">', "<{0} t='<{0}>'>", "<!--{}-->", "<!--<{}>-->", "<{0}></{0}>", "<{0} a>"])
    other = st.sampled_from(["x", " ", "<![CDATA[x>", "]]>", "<!--", "-->", '"', "'", "<", ">", "&", "</>", "<?", "/"])
    some = st.lists(st.one_of(begin, begin, end, st.builds(str.format, odd, name), other), max_size=12).map("".join)
    return f"{draw(some)}{draw(some) * draw(st.integers(1, 60))}{draw(some)}"


@settings(max_examples=150, deadline=None)
@given(html=markup())
def test_no_parser_goes_deeper(html: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(depth, "MANY", 0)
        patched.setattr(depth, "DEEPEST", FEW)
        made = shallow(html)
        # A table has parts that nobody wrote.
        assert seen_depth(made) <= 2 * FEW + 3
        assert made == html or shallow(made) == made or "<" not in made


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <b>b <i>c</i></b></p>", "<ul><li>a</li><li>b</li></ul>", "a < b & c &amp; d", '<a title="</b>">x</a>', "<br><hr/><img src=x>",
        "<!-- <div><div> --><p>a</p>", "<script>a && b</script>", "<table><tr><td>a</td></tr></table>",
    ],
)  # fmt: skip
def test_what_is_sound_is_left_as_it_is(html: str) -> None:
    assert shallow(html * 1_100) == html * 1_100


@pytest.mark.parametrize(
    "piece",
    [
        "<p>a <b>b</b>", "<p>a<p>b<ul><li>c<li>d</ul>", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<table><tr><td>a<td>b<tr><th>c</table>",
        "<div><p>a</div>", "<p>a</p><svg><path d='m'/><path/></svg><p>b</p>", "<script>if (a<b) c()</script><p>d</p>", "<ol><li><p>a<li><ul><li>b</ul></ol>",
        "<blockquote><p>a<p>b</blockquote>", "<p>a<h2>b</h2>c</p><p>d", "<p>1 < 2 & 3</p><b>x</b>", "<details><summary>a</summary><p>b</details>",
        "<p><a href='https://x.example/?a=1&b=2'>c</a><br>d", "<noscript><img src=x></noscript><p>a</p>",
    ],
)  # fmt: skip
def test_missing_ends_are_where_a_parser_would_put_them(piece: str) -> None:
    assert shallow(piece * 1_100) != piece * 1_100 or "</p>" in piece
    assert sanitise(piece * 1_100) == "".join(sanitise(piece * 10) for _ in range(110))


def test_what_ends_in_the_wrong_order_keeps_its_elements() -> None:
    assert sanitise("<p><b>a <i>b</b></i></p>" * 1_100).count("<i>") == 1_100


def test_emphasis_that_each_paragraph_would_have_to_repeat_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    html = "".join(f"<div><b id={number}></div>" for number in range(240)) + "<p>x</p>" * 2_000
    monkeypatch.setattr(depth, "REPEATED", 100_000)
    assert _ALL.clean(html).count("<b>") > 400_000
    assert _ALL.clean(shallow(html)).count("<b>") < 1_000
    # So are links in links, each of which ends the one around it.
    html = ("".join(f"<a><b id={number}>" for number in range(240)) + "</b></a>" * 240) * 10
    assert _ALL.clean(shallow(html)).count("<b>") < 10_000


def test_a_tag_of_thousands_of_attributes_has_none() -> None:
    many = " ".join(f"a{number}=1" for number in range(20_000))
    assert shallow(f"<p {many}>x</p>") == "<p>x</p>"
    few = f"<p title='{'a ' * 60_000}' lang=en>x</p>"
    assert shallow(few) == few


@pytest.mark.parametrize("sign", ["&", "& ", "&amp;", "&x", "< "])
def test_a_text_of_signs_alone_comes_in_pieces(sign: str) -> None:
    html = sign * 110_000
    pieces = shallow(html).split("<!---->")
    assert max(piece.count("&") for piece in pieces) <= depth.TOGETHER
    assert _ALL.clean("".join(pieces)) == _ALL.clean(html) == _ALL.clean("<!---->".join(pieces))
