"""Markdown as the demo's authors write it, turned into block markup."""

import pytest
from gutenberg import Attached, Converter, ManuscriptError


def convert(body, **options):
    return Converter(
        attach=lambda name: Attached(7, f"https://tern.example/{name}.jpg", 'A "ferry"'),
        address=lambda target: f"https://tern.example{target}",
    ).convert(body, **options)


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ("One\nline & two.", "<!-- wp:paragraph -->\n<p>One line &amp; two.</p>\n<!-- /wp:paragraph -->"),
        (
            "## Sub <b>",
            '<!-- wp:heading -->\n<h2 class="wp-block-heading">Sub &lt;b&gt;</h2>\n<!-- /wp:heading -->',
        ),
        (
            "### S",
            '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading">S</h3>\n<!-- /wp:heading -->',
        ),
        (
            "> We sail.\n>\n> Soon.\n> — The captain",
            (
                '<!-- wp:quote -->\n<blockquote class="wp-block-quote"><!-- wp:paragraph -->\n<p>We sail.</p>\n'
                "<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n<p>Soon.</p>\n<!-- /wp:paragraph -->"
                "<cite>The captain</cite></blockquote>\n<!-- /wp:quote -->"
            ),
        ),
        (
            "- one\n  more\n- two",
            (
                '<!-- wp:list -->\n<ul class="wp-block-list"><!-- wp:list-item -->\n<li>one more</li>\n'
                "<!-- /wp:list-item -->\n\n<!-- wp:list-item -->\n<li>two</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->"
            ),
        ),
        (
            "1. one",
            (
                '<!-- wp:list {"ordered":true} -->\n<ol class="wp-block-list"><!-- wp:list-item -->\n<li>one</li>\n'
                "<!-- /wp:list-item --></ol>\n<!-- /wp:list -->"
            ),
        ),
        (
            "| A | B |\n|---|---|\n| 1 | 2 |",
            (
                '<!-- wp:table -->\n<figure class="wp-block-table"><table class="has-fixed-layout"><thead><tr><th>A</th>'
                "<th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></figure>\n<!-- /wp:table -->"
            ),
        ),
        (
            "![At *sea*](ferry)",
            (
                '<!-- wp:image {"id":7,"sizeSlug":"large","linkDestination":"none"} -->\n'
                '<figure class="wp-block-image size-large"><img src="https://tern.example/ferry.jpg" '
                'alt="A &quot;ferry&quot;" class="wp-image-7"/>'
                '<figcaption class="wp-element-caption">At <em>sea</em></figcaption></figure>\n<!-- /wp:image -->'
            ),
        ),
        (
            ":::pullquote\nWe sail.\n— The captain\n:::",
            (
                '<!-- wp:pullquote -->\n<figure class="wp-block-pullquote"><blockquote><p>We sail.</p>'
                "<cite>The captain</cite></blockquote></figure>\n<!-- /wp:pullquote -->"
            ),
        ),
        (
            ":::factbox The ship\n- old\n:::",
            (
                '<!-- wp:group {"className":"is-style-factbox","layout":{"type":"constrained"}} -->\n'
                '<div class="wp-block-group is-style-factbox"><!-- wp:heading {"level":3} -->\n'
                '<h3 class="wp-block-heading">The ship</h3>\n<!-- /wp:heading -->\n\n<!-- wp:list -->\n'
                '<ul class="wp-block-list"><!-- wp:list-item -->\n<li>old</li>\n<!-- /wp:list-item --></ul>\n'
                "<!-- /wp:list --></div>\n<!-- /wp:group -->"
            ),
        ),
        (
            "---",
            '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity"/>\n<!-- /wp:separator -->',
        ),
    ],
)
def test_block(body, markup):
    assert convert(body) == markup


def test_gallery_nests_its_pictures():
    markup = convert(":::gallery\n![One](a)\n![Two](b)\n:::")
    assert markup.startswith('<!-- wp:gallery {"linkTo":"none"} -->\n<figure class="wp-block-gallery has-nested-images')
    assert markup.count("<!-- wp:image ") == 2


@pytest.mark.parametrize(
    ("words", "markup"),
    [
        ("**Bold** and *soft* and _soft_", "<strong>Bold</strong> and <em>soft</em> and <em>soft</em>"),
        ("3 * 4 * 5 and a_b_c", "3 * 4 * 5 and a_b_c"),
        ("[the *ship*](/a_b_c/)", '<a href="https://tern.example/a_b_c/">the <em>ship</em></a>'),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_words(words, markup):
    assert convert(words) == f"<!-- wp:paragraph -->\n<p>{markup}</p>\n<!-- /wp:paragraph -->"


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        ("One.\n\n# Big", 3, "subheads are"),
        (":::pullquote\nwords", 1, "never closed"),
        (":::gallery\nwords\n:::", 2, "a gallery holds only"),
        (":::sidebar\nwords\n:::", 1, "no container “sidebar”"),
        (":::factbox\nwords\n:::", 1, "needs a title"),
        (":::pullquote\n:::", 1, "holds nothing"),
        ("| A | B |\n|---|---|\n| 1 |", 3, "this row has 1 cells"),
        ("| A | B |\n| 1 | 2 |", 1, "a table is"),
        ("- one\n  - nested", 2, "lists are flat"),
        ("See ![x](y) here", 1, "stands on a line of its own"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(body, line, problem):
    with pytest.raises(ManuscriptError, match=problem) as raised:
        convert(body, first_line=10)
    assert raised.value.line == line + 9
