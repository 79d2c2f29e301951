"""What is written by functions is what Django would have written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.template.base import Template
from django.utils import translation
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from broadsheet.theme import compiled, patterns, straight
from broadsheet.theme.templatetags import components

COMPONENTS = Path(patterns.__file__).parent / "templates" / "broadsheet" / "components"


@dataclass(frozen=True)
class Piece:
    """Something with attributes, as contexts are."""

    text: Any = "a < b"
    number: int = 7
    parts: tuple[Any, ...] = ()

    def said(self) -> str:
        """A method, which templates call."""
        return "<said>"

    def more(self, needed: str) -> str:
        """One that they cannot."""
        return needed


MOMENT = dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC)
VALUES = {
    "piece": Piece(parts=(Piece("x"), Piece(mark_safe("<b>y</b>")), Piece(None))), "plain": "it's \"<&>\"", "safe": mark_safe("<i>&amp;</i>"), "lazy": lazystr("<lazy>"),
    "none": None, "zero": 0, "list": [1, 2.5, "3"], "pairs": [("a", 1), ("b", 2)], "empty": [], "dict": {"key": "<v>", "items": "own"}, "when": MOMENT,
    "function": lambda: "called & done",
}  # fmt: skip
SOURCES = [
    "{{ plain }}|{{ safe }}|{{ lazy }}|{{ none }}|{{ zero }}|{{ list }}|{{ when }}|{{ missing }}|{{ missing.further }}|{{ True }}|{{ None }}|{{ 'text' }}|{{ 3.50 }}",
    "{{ piece.text }}|{{ piece.number }}|{{ piece.missing }}|{{ piece.said }}|{{ piece.more }}|{{ piece.text.0 }}|{{ piece.parts.1.text }}|{{ piece.parts.9 }}",
    "{{ dict.key }}|{{ dict.items }}|{{ dict.missing }}|{{ list.1 }}|{{ function }}|{{ none.any }}",
    "{{ plain|upper }}|{{ safe|upper }}|{{ plain|default:safe }}|{{ none|default:plain }}|{{ missing|default:'<none>' }}|{{ plain|escape }}|{{ plain|safe }}|{{ list|join:', <' }}|{{ when|date:'c' }}|{{ plain|cut:safe }}|{{ plain|linebreaks }}",
    "{% if plain and not none %}1{% endif %}{% if missing or zero %}2{% elif zero == 0 %}3{% else %}4{% endif %}{% if 1 in list and 9 not in list %}5{% endif %}{% if none < 1 %}6{% endif %}{% if none is None %}7{% endif %}{% if missing.more == none %}8{% endif %}{% if plain|length > 3 %}9{% endif %}{% if plain|default:missing %}0{% endif %}",
    "{% for one in list %}{{ forloop.counter }}{{ forloop.counter0 }}{{ forloop.revcounter }}{{ forloop.revcounter0 }}{{ forloop.first }}{{ forloop.last }}{{ one }},{% endfor %}{{ one }}{{ forloop }}",
    "{% for one in pairs reversed %}{% for two in list %}{{ forloop.parentloop.counter }}{{ forloop.counter }}{{ one.0 }}{{ two }} {% endfor %}{% endfor %}",
    "{% for key, number in pairs %}{{ key }}={{ number }};{% endfor %}{{ key }}{% for key in empty %}x{% empty %}nothing {{ plain }}{% endfor %}{% for a in missing %}x{% empty %}none{% endfor %}{% for a in none %}x{% endfor %}{% for one in plain %}{{ one }}.{% endfor %}",
    "{% with plain=safe more=piece.text|upper %}{{ plain }}{{ more }}{% with plain='inner' %}{{ plain }}{% endwith %}{{ plain }}{% endwith %}{{ plain }}{{ more }}",
    "{% load i18n %}{% translate 'Search' %}{% translate 'and' context 'before the last name of a byline' %}{% translate '100%' %}{% translate 'Search' noop %}{% blocktranslate with name=plain %}RSS feed of {{ name }}{% endblocktranslate %}{% for name in list %}{% blocktranslate %}RSS feed of {{ name }}{% endblocktranslate %}{{ forloop.counter }}{% endfor %}",
    "{# not said #}{% comment %}nor {{ plain }}{% endcomment %}{% include 'broadsheet/components/kicker.html' with kicker=piece label=plain omit=missing only %}",
    # What is left to Django.
    "{% load i18n %}{% cycle 'a' 'b' %}{% translate 'Search' as word %}{{ word }}{% translate plain %}{% filter upper %}{{ plain }}{% endfilter %}{% autoescape off %}{{ plain }}{% endautoescape %}",
    "{% include 'broadsheet/components/kicker.html' with label=plain %}{{ _('Search') }}",
]  # fmt: skip


def by_django(source: Template, values: dict[str, Any], language: str) -> str:
    return str(source.render(compiled.Inside(values, language, "Europe/Rome")))


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("source", SOURCES)
def test_writes_what_django_writes(source: str, language: str) -> None:
    template = Template(source, engine=engines["django"].engine)
    write = compiled.compiled(template, {components.ComponentNode: components._included})
    with translation.override(language):
        wanted = by_django(template, VALUES, language)
        # Twice: what is kept from the first time is the same.
        assert [write(VALUES, language, "Europe/Rome") for _ in range(2)] == [wanted, wanted]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_text_is_kept_for_its_language(language: str) -> None:
    template = Template("{% load i18n %}{% translate 'Search' %}", engine=engines["django"].engine)
    write = compiled.compiled(template, {})
    found = []
    for one in ("en", language, "en"):
        with translation.override(one):
            found.append(write({}, one, "UTC"))
    assert found == ["Search", {"en": "Search", "de": "Suche"}[language], "Search"]


def test_too_few_values_fail_as_with_django() -> None:
    template = Template("{% for a, b in list %}{{ a }}{% endfor %}", engine=engines["django"].engine)
    for write in (lambda: by_django(template, VALUES, "en"), lambda: compiled.compiled(template, {})(VALUES, "en", "UTC")):
        with pytest.raises(ValueError, match="Need 2 values to unpack in for loop; got 1"):
            write()


@pytest.mark.parametrize("name", sorted(path.name for path in COMPONENTS.glob("*.html")))
def test_no_component_is_left_to_django(name: str) -> None:
    template = engines["django"].engine.get_template(f"broadsheet/components/{name}")
    assert compiled.Compiler(template, {components.ComponentNode: components._included}).nodes(template.nodelist)


@pytest.mark.parametrize("name", ["", *patterns.PAGES])
def test_pages_are_the_same_by_django(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    components._rendered.cache_clear()
    fast = patterns.render_patterns(name)
    # Where unknown names are to be seen, everything is rendered by Django.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "unknown")
    assert fast == patterns.render_patterns(name)


def test_a_tag_that_is_made_of_a_known_one_is_not_taken_for_it() -> None:
    class Shouting(compiled.VariableNode):
        def render(self, context: Any) -> str:
            return super().render(context).upper()

    template = Template("{{ plain }}", engine=engines["django"].engine)
    template.nodelist[0] = Shouting(template.nodelist[0].filter_expression)
    assert compiled.compiled(template, {})(VALUES, "en", "UTC") == by_django(template, VALUES, "en") != ""


ORDINARY = [
    "{{ plain }}|{{ safe }}|{{ lazy }}|{{ none }}|{{ zero }}|{{ when }}|{{ True }}|{{ 'text' }}|{{ 3.50 }}|{{ piece.text }}|{{ piece.parts }}|{{ plain|upper }}|{{ safe|upper }}|{{ when|date:'c' }}|{{ safe|safe }}",
    "{% if plain and not none %}1{% endif %}{% if zero %}2{% elif zero == 0 %}3{% else %}4{% endif %}{% if 1 in list and 9 not in list or none %}5{% endif %}{% if none is None and zero <= 1 %}6{% endif %}{% if zero %}{% endif %}{% if zero %}7{% else %}{% endif %}",
    "{% for one in list %}{{ forloop.counter }}{{ forloop.counter0 }}{{ forloop.revcounter }}{{ forloop.revcounter0 }}{{ forloop.first }}{{ forloop.last }}{{ one }},{% endfor %}",
    "{% for one in pairs reversed %}{% for two in list reversed %}{{ forloop.counter }}{{ two }}{{ one }}{% endfor %}{{ forloop.counter }}{% endfor %}{% for key, number in pairs %}{{ key }}={{ number }};{% empty %}x{% endfor %}{% for one in empty %}x{% empty %}none{{ plain }}{% endfor %}",
    "{% for plain in piece.parts %}{{ plain.text }}{{ plain.number }}{% endfor %}{{ plain }}{% with plain=safe more=piece.text|upper %}{{ plain }}{{ more }}{% with plain=piece %}{{ plain.text }}{{ zero }}{% endwith %}{{ plain }}{% endwith %}{{ plain }}{{ zero }}",
    "{% load i18n %}{% translate 'Search' %}{# no #}{% comment %}{{ missing }}{% endcomment %}{% include 'broadsheet/components/kicker.html' with kicker=none label=plain omit=safe only %}",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("source", ORDINARY)
def test_what_is_ordinary_is_written_at_once(source: str, language: str) -> None:
    template = Template(source, engine=engines["django"].engine)
    with translation.override(language):
        write = straight.straight(template, components.ComponentNode, components._inside)
        assert write(dict(VALUES), language, "Europe/Rome") == by_django(template, VALUES, language)


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}", "{{ dict.key }}", "{{ function }}", "{{ function|upper }}", "{{ piece.said }}", "{{ piece.missing }}", "{{ plain.upper }}", "{% if none < 1 %}{% endif %}",
        "{% for one in plain %}{{ one }}{% endfor %}", "{% for one in none %}{{ one }}{% endfor %}", "{% for one in list %}{{ one.real }}{{ one.real.real.conjugate }}{% endfor %}",
        "{% with own=dict %}{{ own.key }}{% endwith %}", "{% if function %}{% endif %}",
    ],
)  # fmt: skip
def test_what_is_not_is_found_out(source: str) -> None:
    template = Template(source, engine=engines["django"].engine)
    write = straight.straight(template, components.ComponentNode, components._inside)
    with pytest.raises((straight.ExtraordinaryError, LookupError, AttributeError, TypeError)):
        write(dict(VALUES), "en", "UTC")


@pytest.mark.parametrize(
    "source",
    ["{{ list.1 }}", "{{ piece.class }}", "{% cycle 'a' 'b' %}", "{{ plain|cut:safe }}", "{{ forloop.counter }}", "{% for one in list %}{{ forloop.parentloop }}{% endfor %}"],
)  # fmt: skip
def test_what_is_not_known_is_left(source: str) -> None:
    template = Template(source, engine=engines["django"].engine)
    with pytest.raises(compiled.LeftToDjango):
        straight.straight(template, components.ComponentNode, components._inside)


def test_what_most_pages_are_made_of_is_written_at_once() -> None:
    for name in (
        "card",
        "card-list",
        "card-meta",
        "card-headline",
        "byline",
        "kicker",
        "picture",
        "head",
        "menu",
        "hit",
        "periods",
        "calendar",
    ):
        template = engines["django"].engine.get_template(f"broadsheet/components/{name}.html")
        straight.straight(template, components.ComponentNode, components._inside)
