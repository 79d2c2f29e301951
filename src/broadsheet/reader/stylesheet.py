"""The one stylesheet of the site: the theme's and the publication's settings, named by its content."""

from __future__ import annotations

import functools
from collections.abc import Callable

from broadsheet.people.models import Publication

Compile = Callable[..., tuple[str, str]]
_compile: list[Compile] = []


def use(compile_stylesheet: Compile) -> None:
    """Let the theme make the stylesheet: `(type_set=…, brand_colour=…) -> (digest, css)`."""
    _compile[:] = [compile_stylesheet]
    _compiled.cache_clear()


@functools.lru_cache(maxsize=16)
def _compiled(type_set: str, brand_colour: str) -> tuple[str, str]:
    return _compile[0](type_set=type_set, brand_colour=brand_colour)


def stylesheet_address(paper: Publication) -> str:
    """Where a publication's stylesheet is; another setting gives another address."""
    return f"/assets/{_compiled(paper.type_set, paper.brand_colour)[0]}.css"


def stylesheet_text(digest: str, paper: Publication) -> str | None:
    """The text behind an address, or None when it is not this publication's."""
    made, css = _compiled(paper.type_set, paper.brand_colour)
    return css if made == digest else None
