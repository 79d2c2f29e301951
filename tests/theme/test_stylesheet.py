"""One stylesheet: small, logical, readable in both schemes, and strict about its settings."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import palette
from broadsheet.theme import stylesheet
from broadsheet.theme.stylesheet import BadSetting, Look, compile_stylesheet, minified

SCRIPTS = Path(stylesheet.__file__).parent / "static" / "broadsheet" / "js"
COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z")
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:left|right|top|bottom)|(?:max-|min-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def sheets() -> list[Path]:
    return sorted(stylesheet.FOLDER.glob("*.css"))


def test_every_file_is_compiled_or_stands_alone() -> None:
    assert {p.stem for p in sheets()} == {*stylesheet.SHEETS, "standalone"}


def test_small_enough() -> None:
    assert len(gzip.compress(compile_stylesheet().text.encode())) <= 14_000
    # One script: a story is to be there in four requests.
    (script,) = SCRIPTS.glob("*.js")
    assert len(gzip.compress(script.read_bytes())) <= 4_500


@pytest.mark.parametrize("path", sheets(), ids=lambda p: p.stem)
def test_only_logical_properties_and_nothing_from_elsewhere(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    css = re.sub(r"@(?:media|container)[^{]*", "", css)
    assert PHYSICAL.findall(css) == []
    assert "url(" not in css and "@import" not in css
    assert css.count("{") == css.count("}")


def test_layers_come_in_their_order() -> None:
    text = compile_stylesheet().text
    assert text.startswith("@layer reset,tokens,base,layout,components,utilities,site;")
    assert set(re.findall(r"@layer (\w+)\{", text)) <= set(stylesheet.LAYERS[7:-1].split(","))


def test_nothing_is_set_in_capitals_or_spaced_out() -> None:
    text = compile_stylesheet().text
    assert "uppercase" not in text and "small-caps" not in text
    for value in re.findall(r"letter-spacing:([^;}]+)", text):
        assert value == "0" or "var(--track)" in value or value == ".5em"
    for script in re.findall(r":is\((?::lang\((?:ar|ur|bn|zh)\)[^{]*)\{([^}]*--leading-head[^}]*)\}", text):
        assert "--track:0" in script


@pytest.mark.parametrize("language", ["ur", "ks", "pnb"])
def test_nastaliq_has_room(language: str) -> None:
    rule = next(
        b for s, b in re.findall(r"([^{}]+)\{([^{}]*)\}", compile_stylesheet().text) if f":lang({language})" in s and "--leading" in b
    )
    leadings = {name: float(value) for name, value in re.findall(r"(--leading[a-z-]*):([\d.]+)", rule)}
    assert set(leadings) == {"--leading", "--leading-ui", "--leading-head"} and min(leadings.values()) >= 1.95


def test_every_pair_can_be_read() -> None:
    pairs = list(palette.text_pairs(palette.BRAND, palette.TONES))
    assert len(pairs) > 50
    assert [(name, palette.contrast(a, b)) for name, a, b in pairs if palette.contrast(a, b) < palette.AA] == []


@given(COLOURS)
def test_any_brand_colour_can_be_read(brand: str) -> None:
    assert all(palette.contrast(a, b) >= palette.AA for _, a, b in palette.text_pairs(brand, {}))


def test_contrast_is_that_of_the_guidelines() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_colours_in_the_files_are_those_of_the_palette() -> None:
    known = set()
    for path in sheets():
        if path.stem != "standalone":
            known |= set(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text()))
    # The red of a live label, its white, and the black behind a video.
    assert known <= {"#c4001a", "#fff", "#000"}
    assert palette.contrast("#c4001a", "#ffffff") >= palette.AA


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (Look(brand="red"), "brand colour 'red'"),
        (Look(brand="#12345"), "brand colour"),
        (Look(brand="#123456;}body{display:none"), "brand colour"),
        (Look(brand="#123456\n"), "brand colour"),
        (Look(type_set="comic"), "type set 'comic'"),
        (Look(tones={"sport": "#123456"}), "tone 'sport'"),
        (Look(tones={"news": "url(x)"}), "colour of tone news"),
    ],
)
def test_settings_that_are_not_css_are_refused(look: Look, words: str) -> None:
    with pytest.raises(BadSetting, match=re.escape(words)):
        compile_stylesheet(look)


@pytest.mark.parametrize(
    "css",
    ["}", "a{b:c", "a{}} @layer x{", "@import 'x.css';", "/* no end", "a{content:'open}", "</style><script>", "@charset 'x';", "a{b:c}}{"],
)
def test_css_that_would_leave_its_layer_is_refused(css: str) -> None:
    with pytest.raises(BadSetting):
        compile_stylesheet(site_css=css)


def test_the_sites_own_css_comes_last() -> None:
    text = compile_stylesheet(site_css='/* ours } */ .name { content: "}{"; color: red }').text
    assert text.endswith('@layer site{.name{content:"}{";color:red}}')


def test_settings_change_text_and_name() -> None:
    made = {
        compile_stylesheet(look).file_name
        for look in (Look(), Look(brand="#005500"), Look(type_set="modern"), Look(tones={"news": "#004400"}))
    }
    assert len(made) == 4
    assert compile_stylesheet().file_name == compile_stylesheet(Look()).file_name
    assert "Palatino" in compile_stylesheet(Look(type_set="old-style")).text


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a  :hover { color : red ; }", "a :hover{color :red}"),
        ("a:hover{}", "a:hover{}"),
        ('a{content:" ;  { "}', 'a{content:" ;  { "}'),
        ("a{b:calc(1px  +  2px)}/* c */ d{}", "a{b:calc(1px + 2px)}d{}"),
        ("a{b:url(x;y)}", "a{b:url(x;y)}"),
    ],
)
def test_minified_means_the_same(css: str, expected: str) -> None:
    assert minified(css) == expected
