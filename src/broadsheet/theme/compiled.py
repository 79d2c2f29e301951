"""Templates as functions: what Django finds out anew whenever it renders one is found out once.

Only the few tags that components are made of are known here. A template with any other stays with Django, and so does each look-up that is more
than an attribute of a context; what is written is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from html import escape
from typing import Any

from django.template.base import (
    Node,
    Template,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, TemplateLiteral, WithNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # Django's types have forgotten it.

NAMES = {"True": True, "False": False, "None": None}
"""That every template knows."""
REQUIRED = object()
"""Stands for nothing: what is missing is an error."""


class Scope(dict[str, Any]):
    """What the names of a template stand for, and the language and zone it is rendered in."""

    __slots__ = ("language", "zone")

    def __init__(self, values: Mapping[str, Any], language: str | None, zone: str) -> None:
        super().__init__(values)
        self.language, self.zone = language, zone

    def inner(self) -> Scope:
        """One that begins with the same names."""
        return Scope(self, self.language, self.zone)


class Inside(Context):
    """Of a component that Django renders, in a language and a zone."""

    def __init__(self, values: dict[str, Any], language: str | None, zone: str) -> None:
        super().__init__(values)
        self.language, self.zone = language, zone


Write = Callable[[Scope], str]
Read = Callable[[Scope], Any]
Known = Mapping[type[Node], Callable[[Any, "Compiler"], Write]]
_ANYWHERE = Context()


class LeftToDjango(Exception):
    """The template has something in it that is not known here."""


class Operand:
    """A value in the condition of an `{% if %}`, as Django's operators ask for it."""

    __slots__ = ("eval",)

    def __init__(self, read: Read) -> None:
        self.eval = read


class _Plain(dict[type, bool]):
    """Which types have nothing but attributes: no items, and nothing to be called."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = not hasattr(kind, "__getitem__") and "__call__" not in dir(kind)
        return self[kind]


is_plain = _Plain().__getitem__


def shown(value: Any) -> str:
    """A value that is no plain text as a template writes it, escaped."""
    return value if type(value) is SafeString else render_value_in_context(value, _ANYWHERE)


class Compiler:
    """Makes functions of what a template is made of; `known` are further kinds of tags, and how they are written."""

    def __init__(self, template: Template, known: Known) -> None:
        self.template = template
        self.known: Known = {**_KNOWN, **known}

    def context(self, scope: Scope) -> Inside:
        """For what is left to Django inside of a compiled template."""
        made = Inside(scope, scope.language, scope.zone)
        made.template = self.template
        return made

    def nodes(self, nodes: Any) -> Write:
        """What writes these one behind the other."""
        parts = [self.node(node) for node in nodes if not isinstance(node, (LoadNode, CommentNode))]
        return parts[0] if len(parts) == 1 else lambda scope: "".join([part(scope) for part in parts])

    def node(self, node: Node) -> Write:
        """What writes one tag."""
        # A kind that is made of a known one may do something else.
        compile_ = self.known.get(type(node))
        if compile_ is None:
            raise LeftToDjango
        return compile_(node, self)

    def value(self, expression: Any, missing: Any = "") -> Read:
        """What reads a variable with its filters; `missing` stands for one that is not there."""
        read = self._variable(expression.var, missing) if expression.is_var else _constant(expression.var)
        if not expression.filters:
            return read
        filters = [self._filter(function, arguments) for function, arguments in expression.filters]

        def filtered(scope: Scope) -> Any:
            value = read(scope)
            for apply in filters:
                value = apply(value, scope)
            return value

        return filtered

    def condition(self, token: Any) -> Any:
        """What an `{% if %}` asks, with Django's own operators."""
        if type(token) is TemplateLiteral:
            return Operand(self.value(token.value, None))
        operator = copy(token)
        operator.first = self.condition(token.first)
        operator.second = None if token.second is None else self.condition(token.second)
        return operator

    def _variable(self, variable: Variable, missing: Any) -> Read:
        if variable.translate:
            raise LeftToDjango
        if variable.lookups is None:
            return _constant(variable.literal)
        first, *attributes = variable.lookups
        if first in NAMES and not attributes:
            return _constant(NAMES[first])

        def by_django(scope: Scope) -> Any:
            try:
                return variable.resolve(self.context(scope))
            except VariableDoesNotExist:
                if missing is REQUIRED:
                    raise
                return missing

        def read(scope: Scope) -> Any:
            try:
                value = scope[first]
                for name in attributes:
                    if not is_plain(type(value)):
                        return by_django(scope)
                    value = getattr(value, name)
            except (KeyError, AttributeError):
                return by_django(scope)
            return by_django(scope) if callable(value) else value

        return read

    def _filter(self, function: Any, arguments: list[tuple[bool, Any]]) -> Callable[[Any, Scope], Any]:
        reads = [
            self._variable(argument, REQUIRED) if is_variable else _constant(mark_safe(argument)) for is_variable, argument in arguments
        ]
        in_zone, escapes, is_safe = (getattr(function, sign, False) for sign in ("expects_localtime", "needs_autoescape", "is_safe"))
        how = {"autoescape": True} if escapes else {}

        def apply(value: Any, scope: Scope) -> Any:
            given = [read(scope) for read in reads]
            if in_zone:
                value = template_localtime(value)
            made = function(value, *given, **how)
            return mark_safe(made) if is_safe and isinstance(value, SafeData) else made

        return apply


def _constant(value: Any) -> Read:
    return lambda _scope: value


def _variable(node: VariableNode, to: Compiler) -> Write:
    value = to.value(node.filter_expression)

    def write(scope: Scope) -> str:
        found = value(scope)
        return escape(found) if type(found) is str else shown(found)

    return write


def _if(node: IfNode, to: Compiler) -> Write:
    branches = [(condition and to.condition(condition), to.nodes(nodes)) for condition, nodes in node.conditions_nodelists]

    def write(scope: Scope) -> str:
        for condition, inside in branches:
            try:
                applies = condition is None or condition.eval(scope)
            except VariableDoesNotExist:
                applies = False
            if applies:
                return inside(scope)
        return ""

    return write


def _for(node: ForNode, to: Compiler) -> Write:
    sequence, inside, empty = to.value(node.sequence, None), to.nodes(node.nodelist_loop), to.nodes(node.nodelist_empty)
    names = node.loopvars

    def write(scope: Scope) -> str:
        values = sequence(scope)
        if not hasattr(values, "__len__"):
            values = [] if values is None else list(values)
        last, inner = len(values) - 1, scope.inner()
        if last < 0:
            return empty(inner)
        loop = inner["forloop"] = {"parentloop": scope.get("forloop", {})}
        written = []
        for place, item in enumerate(reversed(values) if node.is_reversed else values):
            loop.update(
                counter0=place,
                counter=place + 1,
                revcounter=last - place + 1,
                revcounter0=last - place,
                first=place == 0,
                last=place == last,
            )
            inner.update(_unpacked(names, item) if len(names) > 1 else ((names[0], item),))
            written.append(inside(inner))
        return "".join(written)

    return write


def _unpacked(names: Sequence[str], item: Any) -> dict[str, Any]:
    count = len(item) if hasattr(item, "__len__") else 1
    if count != len(names):
        raise ValueError(f"Need {len(names)} values to unpack in for loop; got {count}. ")
    return dict(zip(names, item, strict=False))


def _with(node: WithNode, to: Compiler) -> Write:
    values = [(name, to.value(expression)) for name, expression in node.extra_context.items()]
    inside = to.nodes(node.nodelist)

    def write(scope: Scope) -> str:
        inner = scope.inner()
        inner.update((name, value(scope)) for name, value in values)
        return inside(inner)

    return write


def _translate(node: TranslateNode, to: Compiler) -> Write:
    words, about = node.filter_expression, node.message_context
    if node.asvar or words.filters or words.var.lookups is not None or about is not None and (about.is_var or about.filters):
        raise LeftToDjango
    by_language: dict[str | None, str] = {}

    def write(scope: Scope) -> str:
        text = by_language.get(scope.language)
        if text is None:
            text = by_language[scope.language] = node.render(to.context(scope))
        return text

    return write


def _left(node: BlockTranslateNode, to: Compiler) -> Write:
    if node.asvar:
        raise LeftToDjango
    return lambda scope: node.render(to.context(scope))


def _text(node: TextNode, _to: Compiler) -> Write:
    return _constant(node.s)


_KNOWN: Known = {
    TextNode: _text, VariableNode: _variable, IfNode: _if, ForNode: _for, WithNode: _with, TranslateNode: _translate, BlockTranslateNode: _left,
}  # fmt: skip


def compiled(template: Template, known: Known) -> Callable[[Mapping[str, Any], str | None, str], SafeString]:
    """What writes a template from values, a language and a zone; by Django where it has something in it that is not known here."""
    try:
        write = Compiler(template, known).nodes(template.nodelist)
    except LeftToDjango:
        return lambda values, language, zone: template.render(Inside(dict(values), language, zone))
    return lambda values, language, zone: mark_safe(write(Scope(values, language, zone)))
