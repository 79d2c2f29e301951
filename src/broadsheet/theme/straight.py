"""A component as one Python function, written out: no look-up of a name and no call for a piece of text is left of its template.

It is right for what is ordinary: names that are there, contexts with attributes, values that are no functions. Whatever is not raises an error, and the
component is written by the functions of `compiled` instead, from its beginning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from keyword import iskeyword
from typing import Any

from django.template.base import Template, TextNode, VariableNode
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, TemplateLiteral, WithNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import TranslateNode
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import get_current_timezone, template_localtime  # type: ignore[attr-defined]  # Django's types have forgotten it.

from broadsheet.theme.compiled import NAMES, Compiler, LeftToDjango, Scope, is_plain, shown

Written = Callable[[dict[str, Any], str | None, str], str]
"""What writes a component from values, a language and a zone."""
OPERATORS = {"or", "and", "==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not"}
PLACES = {
    "counter": "{n} + 1", "counter0": "{n}", "revcounter": "{last} - {n} + 1", "revcounter0": "{last} - {n}",
    "first": "{n} == 0", "last": "{n} == {last}",
}  # fmt: skip
"""What `forloop` says, of the place `n` in a list whose last is `last`."""


class ExtraordinaryError(Exception):
    """A value is not as plain as it has to be here."""


def _plain(value: Any) -> Any:
    if not is_plain(type(value)):
        raise ExtraordinaryError
    return value


def _given(value: Any) -> Any:
    if callable(value):
        raise ExtraordinaryError
    return value


def _text(value: Any) -> str:
    return shown(_given(value))


def _list(value: Any) -> Any:
    if type(value) is not tuple and type(value) is not list:
        raise ExtraordinaryError
    return value


def _local(value: Any, here: dt.tzinfo) -> Any:
    """A moment by the clock of readers, whose zone is asked for once in a component."""
    return value.astimezone(here) if type(value) is dt.datetime and value.tzinfo else template_localtime(value)


def _filter(function: Callable[..., Any], arguments: list[Any]) -> Callable[[Any], Any]:
    escapes, is_safe = (getattr(function, sign, False) for sign in ("needs_autoescape", "is_safe"))
    given, how = [mark_safe(argument) for argument in arguments], {"autoescape": True} if escapes else {}

    def apply(value: Any) -> Any:
        made = function(value, *given, **how)
        return mark_safe(made) if is_safe and isinstance(value, SafeData) else made

    return apply if given or how or is_safe else function


def straight(template: Template, component: type[IncludeNode], inside: Callable[[str], Written]) -> Written:
    """The function of a template; `component` is the tag of another inside of it, and `inside` gives what writes that by its name.

    Raises LeftToDjango for a template with something in it that is not known here.
    """
    author = _Author(template, component, inside)
    author.nodes(template.nodelist)
    author.flush()
    given = [f"    {author.names[name]} = values[{name!r}]" for name in author.asked]
    checks = [f"    plain({author.names[name]})" for name in author.asked if author.names[name] in author.opened]
    start = ["    here = get_current_timezone()"] * author.is_local + ["    written = []", "    add = written.append"]
    lines = ["def write(values, language, zone):", *given, *checks, *start, *author.lines]
    # Nothing but names that are checked, numbers and quoted text is written into it.
    exec(compile("\n".join([*lines, "    return ''.join(written)"]), f"<{template.name}>", "exec"), author.constants)  # noqa: S102
    write: Written = author.constants["write"]
    return write


class _Author:
    """Writes the lines of one function."""

    def __init__(self, template: Template, component: type[IncludeNode], inside: Callable[[str], Written]) -> None:
        self.to = Compiler(template, {})
        self.component, self.inside = component, inside
        self.lines: list[str] = []
        self.names: dict[str, str] = {}
        """What each name of the template is called in the function, here."""
        self.asked: list[str] = []
        """Names that are given to the template."""
        self.opened: set[str] = set()
        """Names of the function whose attributes are read."""
        self.loops: list[dict[str, str]] = []
        self.depth, self.count, self.is_local = 1, 0, False
        self.waiting = ""
        self.constants: dict[str, Any] = {
            "plain": _plain, "given": _given, "text": _text, "list_": _list, "local": _local,
            "escape": escape, "get_current_timezone": get_current_timezone,
        }  # fmt: skip

    def line(self, text: str) -> None:
        self.flush()
        self.lines.append("    " * self.depth + text)

    def flush(self) -> None:
        if self.waiting:
            self.lines.append(f"{'    ' * self.depth}add({self.waiting!r})")
            self.waiting = ""

    def constant(self, value: Any) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def fresh(self) -> str:
        self.count += 1
        return f"v{self.count}"

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        self.line(head)
        self.depth += 1
        start = len(self.lines)
        yield
        self.flush()
        if len(self.lines) == start:
            self.line("pass")
        self.depth -= 1

    def nodes(self, nodes: Any) -> None:
        for node in nodes:
            if not isinstance(node, (LoadNode, CommentNode)):
                self.node(node)

    def node(self, node: Any) -> None:
        kind = type(node)
        if kind is TextNode:
            self.waiting += node.s
        elif kind is VariableNode:
            name = self.fresh()
            self.line(f"{name} = {self.value(node.filter_expression, checked=False)}")
            self.line(f"add(escape({name}) if type({name}) is str else text({name}))")
        elif kind is TranslateNode:
            self.line(f"add({self.constant(self.words(node))}(language, zone))")
        elif kind is self.component:
            self.include(node)
        elif kind is IfNode:
            self.branches(node)
        elif kind is ForNode:
            self.loop(node)
        elif kind is WithNode:
            values = [(name, self.value(expression)) for name, expression in node.extra_context.items()]
            with self.named([name for name, _value in values]) as names:
                for own, (_name, value) in zip(names, values, strict=True):
                    self.line(f"{own} = {value}")
                self.with_checks(names, node.nodelist)
        else:
            raise LeftToDjango

    def words(self, node: Any) -> Callable[[str | None, str], str]:
        write = self.to.node(node)
        return lambda language, zone: write(Scope({}, language, zone))

    def include(self, node: Any) -> None:
        if not node.isolated_context or node.template.is_var or node.template.filters:
            raise LeftToDjango
        given = ", ".join(f"{key!r}: {self.value(expression)}" for key, expression in node.extra_context.items())
        self.line(f"add({self.constant(self.inside(node.template.var))}({{{given}}}, language, zone))")

    def branches(self, node: Any) -> None:
        for place, (condition, nodes) in enumerate(node.conditions_nodelists):
            word = "else" if condition is None else f"{'elif' if place else 'if'} {self.condition(condition)}"
            with self.block(f"{word}:"):
                self.nodes(nodes)

    def condition(self, token: Any) -> str:
        if type(token) is TemplateLiteral:
            return self.value(token.value)
        if token.id == "not":
            return f"(not {self.condition(token.first)})"
        if token.id not in OPERATORS:
            raise LeftToDjango
        return f"({self.condition(token.first)} {token.id} {self.condition(token.second)})"

    def loop(self, node: Any) -> None:
        values, n, last = self.fresh(), self.fresh(), self.fresh()
        self.line(f"{values} = list_({self.value(node.sequence)})")
        self.line(f"{last} = len({values}) - 1")
        with self.named(node.loopvars) as names:
            order = f"reversed({values})" if node.is_reversed else values
            item = names[0] if len(names) == 1 else f"({', '.join(names)})"
            with self.block(f"for {n}, {item} in enumerate({order}):"):
                self.loops.append({word: f"({said.format(n=n, last=last)})" for word, said in PLACES.items()})
                self.with_checks(names, node.nodelist_loop)
                self.loops.pop()
        if node.nodelist_empty:
            with self.block(f"if {last} < 0:"):
                self.nodes(node.nodelist_empty)

    def with_checks(self, names: list[str], nodes: Any) -> None:
        """What is inside, behind a look at those of these names whose attributes are read there."""
        self.flush()
        start = len(self.lines)
        self.nodes(nodes)
        self.flush()
        self.lines[start:start] = [f"{'    ' * self.depth}plain({name})" for name in names if name in self.opened]

    @contextmanager
    def named(self, names: list[str]) -> Iterator[list[str]]:
        """Inside, these names of the template stand for something of their own."""
        before, own = self.names, [self.fresh() for _name in names]
        # What is asked for inside for the first time stays known.
        shadowed = {name: before.get(name) for name in names}
        self.names.update(zip(names, own, strict=True))
        yield own
        for name, former in shadowed.items():
            del self.names[name]
            if former:
                self.names[name] = former

    def value(self, expression: Any, *, checked: bool = True) -> str:
        """A variable with its filters."""
        if not expression.is_var:
            found = self.constant(expression.var)
        elif expression.var.translate:
            raise LeftToDjango
        elif expression.var.lookups is None:
            found = self.constant(expression.var.literal)
        else:
            found = self.variable(*expression.var.lookups)
            if checked or expression.filters:
                found = f"given({found})"
        for function, arguments in expression.filters:
            if any(is_variable for is_variable, _argument in arguments):
                raise LeftToDjango
            if getattr(function, "expects_localtime", False):
                self.is_local, found = True, f"local({found}, here)"
            found = f"{self.constant(_filter(function, [argument for _is_variable, argument in arguments]))}({found})"
        return found

    def variable(self, first: str, *attributes: str) -> str:
        if not first.isidentifier() or not all(name.isidentifier() and not iskeyword(name) for name in attributes):
            raise LeftToDjango
        if first in NAMES and not attributes:
            return first
        if first == "forloop":
            if not self.loops or len(attributes) != 1 or attributes[0] not in PLACES:
                raise LeftToDjango
            return self.loops[-1][attributes[0]]
        if first not in self.names:
            self.names[first] = self.fresh()
            self.asked.append(first)
        found = self.names[first]
        if attributes:
            self.opened.add(found)
            found = f"{found}.{attributes[0]}"
        for name in attributes[1:]:
            found = f"plain({found}).{name}"
        return found
