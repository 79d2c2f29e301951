"""`{% include … only %}` of a component, remembered: the same values in the same language and zone give the same HTML."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Template, Token
from django.template.context import Context
from django.template.engine import Engine
from django.template.loader_tags import IncludeNode, do_include
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from broadsheet.stories.contexts import Card

register = template.Library()

FOLDER = "broadsheet/components/"
REMEMBERED = 4096
"""Pieces of HTML kept, the least recently used out first: some 10 MB."""

Values = tuple[tuple[str, type, Any], ...]


class Inside(Context):
    """Of a component that is being rendered to be remembered, in a language and a zone."""

    def __init__(self, values: dict[str, Any], language: str | None, zone: str) -> None:
        super().__init__(values)
        self.language, self.zone = language, zone


@lru_cache(maxsize=256)
def _component(engine: Engine, name: str) -> Template:
    return engine.get_template(name)


@lru_cache(maxsize=REMEMBERED)
def _rendered(name: str, values: Values, language: str | None, zone: str) -> SafeString:
    return _component(Engine.get_default(), name).render(Inside({key: value for key, _type, value in values}, language, zone))


class ComponentNode(IncludeNode):
    """Django's include; a component that gets nothing but its arguments is rendered once for equal ones.

    Contexts are frozen and equal by value, so what is remembered cannot become stale: another headline is another key.
    """

    def render(self, context: Context) -> SafeString:
        """The component's HTML."""
        name = self.template.resolve(context)
        engine = Engine.get_default()
        if (
            not self.isolated_context
            or not isinstance(name, str)
            or not name.startswith(FOLDER)
            or engine.debug
            or engine.string_if_invalid
        ):
            return super().render(context)
        values = [(key, variable.resolve(context)) for key, variable in self.extra_context.items()]
        if isinstance(context, Inside):
            language, zone = context.language, context.zone
            if any(isinstance(value, Card) for _key, value in values):
                # A part of a card that will be remembered whole: to remember the part as well costs more than it saves.
                return _component(engine, name).render(Inside(dict(values), language, zone))
        else:
            language, zone = translation.get_language(), timezone.get_current_timezone_name()
        try:
            # With their types: “a” that is marked safe equals “a” that is not, and 1 equals True.
            typed = tuple((key, type(value), value) for key, value in values)
            return _rendered(name, typed, language, zone)
        except TypeError:
            # What cannot be a key, such as a list, is rendered each time.
            return super().render(context)


@register.tag("include")
def include(parser: Parser, token: Token) -> IncludeNode:
    """Django's `include` in our templates, with components remembered."""
    plain = do_include(parser, token)
    return ComponentNode(plain.template, extra_context=plain.extra_context, isolated_context=plain.isolated_context)
