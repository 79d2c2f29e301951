"""Old bodies as body blocks: every block the contract names, malformed ones, bracketed prose, and no word lost."""

from __future__ import annotations

import json
import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.html import plain_text
from broadsheet.importing.blocks.convert import convert, numbered, words_of
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.records import Attachment
from broadsheet.importing.wordpress.reader import Export

PICTURES = {
    str(n): Attachment(str(n), f"https://tern.example/wp-content/uploads/{n}.jpg", f"{n}.jpg", caption=f"Caption {n}", alt=f"Alt {n}")
    for n in (3, 4, 5)
}
AROUND = Surroundings(base="https://tern.example", attachments=PICTURES, children=("4", "5"))


def block(name: str, html: str = "", **attrs: object) -> str:
    data = f" {json.dumps(attrs)}" if attrs else ""
    return f"<!-- wp:{name}{data} -->{html}<!-- /wp:{name} -->" if html else f"<!-- wp:{name}{data} /-->"


def made(body: str) -> list[tuple[str, object]]:
    return [(one["type"], one["value"]) for one in convert(body, AROUND).blocks]


def text(html: str) -> list[tuple[str, object]]:
    return [("text", html)]


class TestBlockMarkup:
    def test_paragraphs_headings_and_lists_are_one_passage(self) -> None:
        body = (
            block("heading", "<h2>One</h2>", level=2)
            + block("paragraph", '<p class="has-x">Two <strong>bold</strong> <mark>kept</mark></p>')
            + block("list", f"<ul>{block('list-item', '<li>a<ul><li>b</li></ul></li>')}{block('list-item', '<li>c</li>')}</ul>")
            + block("heading", "<h6>Three</h6>", level=6)
        )
        assert made(body) == text("<h2>One</h2><p>Two <b>bold</b> kept</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><h4>Three</h4>")

    def test_image(self) -> None:
        html = (
            '<figure class="wp-block-image alignwide"><a href="https://tern.example/about/"><img src="https://tern.example/a-300x200.jpg" '
            'alt="Sea" class="wp-image-3"/></a><figcaption>The <em>sea</em></figcaption></figure>'
        )
        [(kind, value)] = made(block("image", html, id=3))
        assert kind == "picture"
        assert {k: value[k] for k in ("attachment", "alt", "caption", "size", "link", "source")} == {
            "attachment": "3", "alt": "Sea", "caption": "The <i>sea</i>", "size": "wide", "link": "/about/",
            "source": "https://tern.example/a-300x200.jpg",
        }  # fmt: skip

    def test_a_link_to_the_file_itself_is_none(self) -> None:
        html = '<figure><a href="https://tern.example/a.jpg"><img src="https://tern.example/a.jpg"/></a></figure>'
        assert made(block("image", html))[0][1]["link"] == ""

    def test_gallery_new_and_old(self) -> None:
        image = '<figure class="wp-block-image"><img src="https://tern.example/{0}.jpg" class="wp-image-{0}"/><figcaption>C{0}</figcaption></figure>'
        new = (
            '<figure class="wp-block-gallery">'
            + "".join(block("image", image.format(n), id=n) for n in (3, 4))
            + '<figcaption class="blocks-gallery-caption">All</figcaption></figure>'
        )
        old = (
            '<ul class="wp-block-gallery"><li class="blocks-gallery-item"><figure><img src="https://tern.example/3.jpg" data-id="3"/>'
            "<figcaption>C3</figcaption></figure></li></ul>"
        )
        [(kind, value)] = made(block("gallery", new, ids=[3, 4]))
        assert (kind, [p["caption"] for p in value["pictures"]], value["caption"]) == ("gallery", ["C3", "C4"], "All")
        [(kind, value)] = made(block("gallery", old))
        assert (kind, [p["attachment"] for p in value["pictures"]]) == ("gallery", ["3"])

    def test_quotations(self) -> None:
        quote = '<blockquote class="wp-block-quote"><p>One <cite>Title</cite> two.</p><cite>Ada Holm</cite></blockquote>'
        assert made(block("quote", quote)) == [("quote", {"text": "<p>One <i>Title</i> two.</p>", "attribution": "Ada Holm", "cite": ""})]
        pull = '<figure class="wp-block-pullquote"><blockquote><p>A line</p><cite>Bo</cite></blockquote></figure>'
        assert made(block("pullquote", pull)) == [("pullquote", {"text": "A line", "attribution": "Bo"})]

    def test_table(self) -> None:
        html = (
            '<figure class="wp-block-table"><table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td colspan="2" onclick="x()">'
            "1 <b>x</b></td></tr></tbody></table><figcaption>Prices</figcaption></figure>"
        )
        expected = '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td colspan="2">1 <b>x</b></td></tr></tbody></table>'
        assert made(block("table", html)) == [("table", {"caption": "Prices", "html": expected})]

    def test_code_and_verse_keep_their_lines(self) -> None:
        assert made(block("code", '<pre class="wp-block-code"><code>a &lt; b\n  [gallery]</code></pre>', language="py")) == [
            ("code", {"language": "py", "text": "a < b\n  [gallery]"})
        ]
        assert made(block("verse", '<pre class="wp-block-verse">One<br>two\nthree</pre>')) == [("verse", {"text": "One\ntwo\nthree"})]

    def test_embed_is_a_link_with_its_caption_as_title(self) -> None:
        html = (
            '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/abcdefghijk\n</div>'
            "<figcaption>The film</figcaption></figure>"
        )
        expected = [("embed", {"url": "https://youtu.be/abcdefghijk", "title": "The film", "provider": "YouTube"})]
        assert made(block("embed", html, url="https://youtu.be/abcdefghijk")) == expected
        assert made(block("core-embed/youtube", html, url="https://youtu.be/abcdefghijk")) == expected

    def test_files_and_recordings(self) -> None:
        audio = '<figure class="wp-block-audio"><audio controls src="https://tern.example/a.mp3"></audio><figcaption>Waves</figcaption></figure>'
        assert made(block("audio", audio)) == [
            ("file", {"document": None, "url": "https://tern.example/a.mp3", "title": "Waves", "kind": "audio"})
        ]
        file = '<div class="wp-block-file"><a href="https://tern.example/a.pdf">Plan</a><a href="https://tern.example/a.pdf" class="wp-block-file__button" download>Download</a></div>'
        assert made(block("file", file))[0][1]["title"] == "Plan"

    def test_details_and_marked_groups_are_fact_boxes(self) -> None:
        assert made(block("details", "<details><summary>What?</summary><p>This.</p></details>")) == [
            ("factbox", {"heading": "What?", "text": "<p>This.</p>"})
        ]
        group = (
            f'<div class="wp-block-group is-style-factbox">{block("heading", "<h3>Key</h3>")}{block("list", "<ul><li>a</li></ul>")}</div>'
        )
        assert made(block("group", group)) == [("factbox", {"heading": "Key", "text": "<ul><li>a</li></ul>"})]

    def test_buttons_social_links_and_separators(self) -> None:
        html = '<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="https://tern.example/join/">Join</a></div></div>'
        assert made(block("buttons", html) + block("separator", "<hr/>")) == [
            ("buttons", {"links": [{"text": "Join", "url": "/join/"}]}), ("separator", None)
        ]  # fmt: skip
        links = block("social-links", f"<ul>{block('social-link', url='https://x.com/tern', service='x')}</ul>")
        assert made(links) == [("buttons", {"links": [{"text": "X", "url": "https://x.com/tern"}]})]

    def test_columns_and_covers_are_flattened_in_order(self) -> None:
        def column(words: str) -> str:
            return block("column", f'<div class="wp-block-column">{block("paragraph", f"<p>{words}</p>")}</div>')

        assert made(block("columns", f'<div class="wp-block-columns">{column("a")}{column("b")}</div>')) == text("<p>a</p><p>b</p>")
        cover = made(block("cover", "<div><p>Over</p></div>", url="https://tern.example/c.jpg", id=3))
        assert [kind for kind, _value in cover] == ["picture", "text"]

    def test_reusable_blocks_are_filled_in_and_circles_end(self) -> None:
        around = Surroundings(
            reusable={"9": "<!-- wp:paragraph --><p>Again</p><!-- /wp:paragraph -->", "8": '<!-- wp:block {"ref":8} /-->'}
        )
        assert convert(block("block", ref=9), around).blocks[0]["value"] == "<p>Again</p>"
        assert len(convert(block("block", ref=8), around).blocks) == 1

    def test_a_dynamic_block_stays_visible_in_the_desk(self) -> None:
        result = convert(block("latest-posts", postsToShow=3))
        assert result.blocks[0]["value"] == {"name": "latest-posts", "html": "", "raw": '<!-- wp:latest-posts {"postsToShow": 3} /-->'}
        assert result.unknown == {"core/latest-posts": 1}

    def test_a_plug_ins_block_keeps_its_text(self) -> None:
        result = convert(block("acme/box", f"<div>{block('paragraph', '<p>Kept</p>')}</div>"))
        assert [(b["type"], b["value"]) for b in result.blocks] == text("<p>Kept</p>")
        assert result.unknown == {"acme/box (its text and pictures kept)": 1}

    def test_footnotes_come_from_where_the_old_site_kept_them(self) -> None:
        around = Surroundings(footnotes=json.dumps([{"id": "x", "content": "See <em>there</em><script>x</script>"}]))
        assert convert(block("footnotes"), around).blocks[0]["value"] == "<ol><li>See <em>there</em></li></ol>"

    @pytest.mark.parametrize(
        "body",
        [
            "<!-- wp:paragraph --><p>a</p>",
            "<p>a</p><!-- /wp:paragraph -->",
            "<!-- wp:group --><div><!-- wp:paragraph --><p>a</p><!-- /wp:group -->",
            '<!-- wp:paragraph {"broken": --><p>a</p><!-- /wp:paragraph -->',
            '<!-- wp:paragraph {"a":"-->"} --><p>a</p><!-- /wp:paragraph -->',
            "a\n<!-- wp:spacer --><div></div><!-- /wp:spacer -->",
        ],
    )
    def test_malformed_markup_loses_nothing(self, body) -> None:
        assert "a" in words_of(convert(body).blocks).split()

    def test_freeform_between_blocks_gets_its_paragraphs(self) -> None:
        assert made("One\n\nTwo\n" + block("paragraph", "<p>Three</p>")) == text("<p>One</p><p>Two</p><p>Three</p>")

    def test_depth_without_end(self) -> None:
        body = "<!-- wp:group --><div>" * 500 + "deep" + "</div><!-- /wp:group -->" * 500
        assert "deep" in words_of(convert(body).blocks)
        assert "deep" in words_of(convert("<div>" * 3000 + "deep").blocks)


class TestClassic:
    def test_blank_lines_and_line_ends(self) -> None:
        assert made("One\r\ntwo\r\n\r\nThree <em>x</em>") == text("<p>One<br>two</p><p>Three <i>x</i></p>")

    def test_html_in_between(self) -> None:
        body = "Intro\n<h2>Head</h2>\nText\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<blockquote>Said\n\nTwice</blockquote>\nEnd"
        assert made(body) == [
            ("text", "<p>Intro</p><h2>Head</h2><p>Text</p><ul><li>a</li><li>b</li></ul>"),
            ("quote", {"text": "<p>Said</p><p>Twice</p>", "attribution": "", "cite": ""}),
            ("text", "<p>End</p>"),
        ]

    def test_preformatted_text_keeps_its_lines(self) -> None:
        assert made("a\n<pre>x\n\ny</pre>\nb")[1] == ("code", {"language": "", "text": "x\n\ny"})

    def test_formatting_over_several_paragraphs(self) -> None:
        assert made("<strong>One\n\nTwo</strong> three") == text("<p><b>One</b></p><p><b>Two</b> three</p>")

    def test_caption(self) -> None:
        body = '[caption id="attachment_3" align="left" width="300"]<a href="https://x.example/"><img src="https://tern.example/3.jpg" alt="A" /></a> The [old] quay[/caption]\nText'
        picture, after = made(body)
        assert (picture[1]["attachment"], picture[1]["caption"], picture[1]["link"]) == ("3", "The [old] quay", "https://x.example/")
        assert after == ("text", "<p>Text</p>")

    def test_gallery_by_ids_and_of_the_item(self) -> None:
        [(kind, value)] = made('[gallery ids="5,3,99"]')
        assert (kind, [p["attachment"] for p in value["pictures"]]) == ("gallery", ["5", "3", "99"])
        [(_kind, value)] = made('[gallery columns="2" exclude="4"]')
        assert [(p["attachment"], p["caption"], p["alt"]) for p in value["pictures"]] == [("5", "Caption 5", "Alt 5")]

    def test_players(self) -> None:
        body = (
            '[audio src="https://tern.example/a.mp3"]\n\n[embed]https://vimeo.com/12[/embed]\n\n[youtube https://www.youtube.com/watch?v=abcdefghijk]\n\n'
            "https://twitter.com/tern/status/1\n\nhttps://unknown.example/page\n\n"
            '<iframe src="//www.youtube.com/embed/abcdefghijk" title="Film"></iframe>'
        )
        blocks = made(body)
        assert [(kind, value["url"] if isinstance(value, dict) else value) for kind, value in blocks] == [
            ("file", "https://tern.example/a.mp3"), ("embed", "https://vimeo.com/12"), ("embed", "https://www.youtube.com/watch?v=abcdefghijk"),
            ("embed", "https://twitter.com/tern/status/1"),
            ("text", '<p><a href="https://unknown.example/page" rel="noopener">https://unknown.example/page</a></p>'),
            ("embed", "https://www.youtube.com/watch?v=abcdefghijk"),
        ]  # fmt: skip
        assert blocks[-1][1]["title"] == "Film"

    def test_text_after_an_old_player_stays(self) -> None:
        assert "after" in words_of(convert('<embed src="https://a.example/x.swf"></embed> after').blocks)

    def test_a_player_that_is_never_closed_takes_nothing_with_it(self) -> None:
        words = words_of(convert('<video src="https://tern.example/a.mp4">\n\nOne\n\nTwo').blocks)
        assert "One" in words and "Two" in words

    def test_more_and_next_page(self) -> None:
        assert [kind for kind, _ in made("a\n<!--more Read on-->\nb\n<!--nextpage-->\nc")] == ["text", "more", "text"]

    @pytest.mark.parametrize(
        "prose",
        [
            "He said [sic] that",
            "[Brad Pitt] plays",
            "see [1] and [and so on]",
            "[the <a href='https://x.example/'>link</a>]",
            "array[0]",
            "[Version 2.0]",
        ],
    )
    def test_bracketed_prose_stays_prose(self, prose) -> None:
        [(kind, value)] = made(prose)
        assert kind == "text" and plain_text(value) == plain_text(prose)

    def test_a_plug_ins_shortcode_is_kept_for_the_desk_and_its_content_for_readers(self) -> None:
        result = convert('[box type="info"]Read <b>this</b>[/box]')
        assert [b["type"] for b in result.blocks] == ["unknown", "text"]
        assert result.blocks[0]["value"]["raw"] == '[box type="info"]'
        assert result.blocks[1]["value"] == "<p>Read <b>this</b></p>"

    def test_an_escaped_shortcode_is_shown(self) -> None:
        assert made("Use [[gallery]] here") == text("<p>Use [gallery] here</p>")

    def test_emoji_pictures_become_characters(self) -> None:
        assert made('Hi <img class="emoji" src="https://s.w.org/images/core/emoji/1f600.png" alt="😀" />!') == text("<p>Hi 😀!</p>")

    def test_pixels_that_count_readers_are_dropped(self) -> None:
        assert made('a<img src="https://spy.example/p.gif" width="1" height="1">') == text("<p>a</p>")

    def test_own_addresses_become_paths(self) -> None:
        html = made('<a href="http://www.tern.example/2024/03/x/#top">a</a> <a href="https://other.example/x">b</a>')[0][1]
        assert 'href="/2024/03/x/#top"' in html and 'href="https://other.example/x"' in html


HOSTILE = [
    "<script>alert(1)</script>", '<img src="javascript:alert(1)">', '<a href="jav&#x0A;ascript:alert(1)">x</a>',
    '<iframe src="data:text/html,x"></iframe>', '<bs-block data-id="7">x</bs-block>', "<p onclick=alert(1) style='x'>x</p>",
    '<svg onload="alert(1)"><p>x</p></svg>', '[embed]javascript:alert(1)[/embed]', '[caption]<img src=x onerror=alert(1)>"><script>[/caption]',
    '<table><tr><td><a href="vbscript:x">x</a></td></tr></table>', '<!-- wp:html --><form action="https://x"><input></form><!-- /wp:html -->',
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_bodies_come_out_harmless(body) -> None:
    for one in convert(body).blocks:
        shown = {k: v for k, v in one["value"].items() if k != "raw"} if isinstance(one["value"], dict) else one["value"]
        told = json.dumps(shown).casefold()
        assert not re.search(r"<script|onerror|onclick|onload|<form|<iframe", told), told
        assert not re.search(r"""(?:href=|"(?:url|link|source|cite)": )\\?"(?:javascript|vbscript|data):""", told), told


@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table><tr><td>", "</table>", "<blockquote>", "</blockquote>", "<figure>", "</figure>",
    "<!-- wp:group -->", "<!-- /wp:group -->", "<!-- wp:quote --><blockquote>", "<!-- /wp:quote -->", "\n\n", "\n", "[caption]", "[/caption]",
    "<a href='https://a.example/'>", "</a>", "<div>", "</div>", "<h2>", "</h2>", "<details><summary>", "</details>", "<dl><dt>", "<img src='https://a.example/x.jpg'>",
    " w1 ", " w2 ", " w3 ", " w4 ", "<br>", "<hr>", "<!--more-->",
]), max_size=25))  # fmt: skip
def test_no_word_is_lost_whatever_the_markup(pieces: list[str]) -> None:
    body = "".join(pieces)
    before = Counter(re.findall(r"w\d", body))
    after = Counter(re.findall(r"w\d", words_of(convert(body).blocks)))
    assert not before - after, (body, convert(body).blocks)


def test_ids_depend_on_the_item_only() -> None:
    blocks = convert("a\n<hr>\nb").blocks
    assert numbered(blocks, "x") == numbered(blocks, "x") != numbered(blocks, "y")
    assert len({one["id"] for one in numbered(blocks, "x")}) == 3


def _before(body: str) -> str:
    """The words of a body as its readers saw them, by other means than the converter's."""
    body = re.sub(r"<!--.*?-->", "", body, flags=re.S)
    body = re.sub(r"<(script|style|noscript|textarea|select|svg)\b.*?</\1>", "", body, flags=re.S | re.I)
    body = re.sub(r"<a\b[^>]*wp-block-file__button[^>]*>.*?</a>", "", body, flags=re.S)
    names = "caption|gallery|audio|video|embed|wpcredits|playlist|youtube|vimeo|wpvideo|googlemaps|everest_form|sourcecode|bash|wp-pdf-view|d3-source"
    return plain_text(re.sub(rf"\[/?(?:{names})\b[^\]]*\]", " ", body))


MEASURED = (
    "real/wporg-news-posts", "real/wporg-news-podcasts", "real/cclabs-en-30authors", "real/hsoub-news-ar", "real/bitcoinfrance-fr",
    "real/cactifans-zh", "real/sheepless-ko-tumblr-import", "real/filmwallaa-reviews", "official/themeunittestdata-2024",
    "official/64-block-test-data", "theme-demos/colormag-magazine",
)  # fmt: skip


def test_real_bodies_keep_their_words(fixtures) -> None:
    worst: list[tuple[float, str]] = []
    bodies = 0
    for name in MEASURED:
        export = Export([fixtures / f"{name}.xml"])
        for one in export.items():
            if one.type in {"nav_menu_item", "custom_css", "wp_global_styles"} or not one.body.strip():
                continue
            around = Surroundings(
                export.survey.site.base_url, export.survey.ledger.attachments, (), export.survey.reusable, one.meta.get("footnotes", "")
            )
            before = Counter(re.findall(r"\w+", _before(one.body).casefold()))
            after = Counter(re.findall(r"\w+", words_of(convert(one.body, around).blocks).casefold()))
            if total := sum(before.values()):
                bodies += 1
                worst.append((1 - sum((before - after).values()) / total, f"{name} {one.source_id} {one.title[:40]}"))
    worst.sort()
    assert bodies > 900
    assert [one for one in worst if one[0] < 0.995] == []


class TestKeptWhateverItsForm:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("[youtube=https://www.youtube.com/watch?v=abcdefghijk&w=640]", ("embed", "https://www.youtube.com/watch?v=abcdefghijk")),
            ("[vimeo=https://vimeo.com/1234]", ("embed", "https://vimeo.com/1234")),
            ("[audio:https://tern.example/b.mp3|titles=Waves]", ("file", "https://tern.example/b.mp3")),
        ],
    )
    def test_players_as_they_were_written_once(self, body, found) -> None:
        assert [(kind, value["url"]) for kind, value in made(body)] == [found]

    @pytest.mark.parametrize(
        "body",
        [
            block("gallery", ids=[3, 4]),
            block("jetpack/tiled-gallery", ids=[3, 4]),
            block(
                "jetpack/tiled-gallery",
                '<div class="wp-block-jetpack-tiled-gallery"><figure><img data-id="3" src="https://tern.example/3.jpg"/></figure>'
                '<figure><img data-id="4" src="https://tern.example/4.jpg"/></figure></div>',
            ),
            block(
                "jetpack/slideshow",
                '<div class="wp-block-jetpack-slideshow"><ul><li><figure><img data-id="3" src="https://tern.example/3.jpg"/></figure></li>'
                '<li><figure><img data-id="4" src="https://tern.example/4.jpg"/></figure></li></ul></div>',
            ),
            '[gallery columns="3" ids="3,4" type="rectangular"]',
        ],
    )
    def test_galleries(self, body) -> None:
        [(kind, value)] = made(body)
        assert (kind, [p["attachment"] for p in value["pictures"]]) == ("gallery", ["3", "4"])

    def test_a_picture_that_only_its_id_names_keeps_its_place(self) -> None:
        [(_kind, value)] = made('[gallery ids="3,998"]')
        assert [p["source"] for p in value["pictures"]][1] == "https://tern.example/?attachment_id=998"

    def test_captions_and_shapes(self) -> None:
        [(_kind, value)] = made(
            '[wp_caption id="attachment_3" caption="Old &quot;sea&quot;"]<img src="https://tern.example/3.jpg" />[/wp_caption]'
        )
        assert value["caption"] == 'Old "sea"'
        assert made("[dropcap]D[/dropcap]er Tag") == text("<p>Der Tag</p>")

    def test_bracketed_prose(self) -> None:
        words = "He said [sic] and [Brad] in [PDF], [1], [...], [Name Surname], [see also page 3], [a/b]."
        assert made(words) == text(f"<p>{words}</p>")


LOOSE = {
    "comments": "<!--", "more tags": "<!--more ", "delimiters": '<!-- wp:a {"a":1} ', "tags": "<p ", "quoted": "<p '\"", "code": "[code]",
    "verbatim": "<pre>", "shortcodes": "[gallery ids=1]", "spaces": " ", "hard spaces": "\xa0", "hard spaces and breaks": "\xa0 <br>",
    "dashes": "[a ------", "elements": "<div>", "players": "[youtube=https://x", "sounds": "[audio:https://x",
}  # fmt: skip


@pytest.mark.parametrize("kind", LOOSE)
def test_what_nothing_closes_takes_no_time_and_loses_no_words(kind):
    piece = LOOSE[kind]
    mass = piece * (30_000 // len(piece))
    wrapped = f"<!-- wp:paragraph --><p>before {mass} after</p><!-- /wp:paragraph -->"
    for body in (f"before {mass} after", f"before {mass} after x-->", wrapped):
        began = time.process_time()
        words = words_of(convert(body, Surroundings()).blocks)
        assert time.process_time() - began < 4
        assert "before" in words
        # An end at the very end takes what is before it with it.
        assert "after" in words or body.endswith(">")


def test_a_tag_that_does_not_end_is_text():
    assert words_of(convert("<p>one</p> two <three", Surroundings()).blocks).split() == ["one", "two", "<three"]
    assert words_of(convert("one <!-- two", Surroundings()).blocks).split() == ["one", "<!--", "two"]


def test_code_between_its_ends_is_code_and_what_follows_is_not():
    blocks = convert('[code lang="php"]a < b[/code] then [code]c', Surroundings()).blocks
    assert [block["type"] for block in blocks] == ["code", "text"]
    assert blocks[0]["value"] == {"language": "php", "text": "a < b"} and "[code]c" in blocks[1]["value"]
