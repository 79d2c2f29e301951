"""`{% include … only %}` of a component, remembered: the same values in the same language and zone give the same HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.engine import Engine
from django.template.loader_tags import IncludeNode, do_include
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from broadsheet.stories.contexts import Card
from broadsheet.theme.compiled import Compiler, Inside, LeftToDjango, Scope, Write, compiled
from broadsheet.theme.straight import Written, straight

register = template.Library()

FOLDER = "broadsheet/components/"
REMEMBERED = 4096
"""Pieces of HTML kept, the least recently used out first: some 10 MB."""

Values = tuple[tuple[str, type, Any], ...]


@lru_cache(maxsize=256)
def _component(engine: Engine, name: str) -> Callable[[dict[str, Any], str | None, str], SafeString]:
    template = engine.get_template(name)
    carefully = compiled(template, {ComponentNode: _included})
    try:
        at_once = straight(template, ComponentNode, _inside)
    except LeftToDjango:
        return carefully

    def write(values: dict[str, Any], language: str | None, zone: str) -> SafeString:
        try:
            return SafeString(at_once(values, language, zone))
        except Exception:
            # Whatever is out of the ordinary; what is an error is one there, too.
            return carefully(values, language, zone)

    return write


@lru_cache(maxsize=REMEMBERED)
def _rendered(name: str, values: Values, language: str | None, zone: str) -> SafeString:
    return _component(Engine.get_default(), name)({key: value for key, _type, value in values}, language, zone)


def _written(name: str, values: dict[str, Any], language: str | None, zone: str, *, inside: bool) -> SafeString:
    """A component's HTML; `inside` of another that is going to be remembered."""
    engine = Engine.get_default()
    if inside and Card in map(type, values.values()):
        # A part of a card that will be remembered whole: to remember the part as well costs more than it saves.
        return _component(engine, name)(values, language, zone)
    try:
        # With their types: “a” that is marked safe equals “a” that is not, and 1 equals True.
        return _rendered(name, tuple((key, type(value), value) for key, value in values.items()), language, zone)
    except TypeError:
        # What cannot be a key, such as a list, is rendered each time.
        return _component(engine, name)(values, language, zone)


class ComponentNode(IncludeNode):
    """Django's include; a component that gets nothing but its arguments is rendered once for equal ones.

    Contexts are frozen and equal by value, so what is remembered cannot become stale: another headline is another key.
    """

    def render(self, context: Context) -> SafeString:
        """The component's HTML."""
        name, engine = self.template.resolve(context), Engine.get_default()
        if not self.isolated_context or not _is_component(name) or engine.debug or engine.string_if_invalid:
            return super().render(context)
        values = {key: variable.resolve(context) for key, variable in self.extra_context.items()}
        if isinstance(context, Inside):
            return _written(name, values, context.language, context.zone, inside=True)
        return _written(name, values, translation.get_language(), timezone.get_current_timezone_name(), inside=False)


def _inside(name: str) -> Written:
    if not _is_component(name):
        raise LeftToDjango
    engine = Engine.get_default()
    part: Written | None = None

    def write(values: dict[str, Any], language: str | None, zone: str) -> str:
        nonlocal part
        if Card not in map(type, values.values()):
            return _written(name, values, language, zone, inside=False)
        # As in `_written`, found once.
        part = part or _component(engine, name)
        return part(values, language, zone)

    return write


def _is_component(name: object) -> bool:
    return isinstance(name, str) and name.startswith(FOLDER)


def _included(node: ComponentNode, to: Compiler) -> Write:
    if not node.isolated_context:
        raise LeftToDjango
    name, reads = to.value(node.template), [(key, to.value(expression)) for key, expression in node.extra_context.items()]

    def write(scope: Scope) -> str:
        if not _is_component(of := name(scope)):
            return node.render(to.context(scope))
        return _written(of, {key: read(scope) for key, read in reads}, scope.language, scope.zone, inside=True)

    return write


@register.tag("include")
def include(parser: Parser, token: Token) -> IncludeNode:
    """Django's `include` in our templates, with components remembered."""
    plain = do_include(parser, token)
    return ComponentNode(plain.template, extra_context=plain.extra_context, isolated_context=plain.isolated_context)
