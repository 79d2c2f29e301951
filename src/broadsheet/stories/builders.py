"""Who builds the response of each page model; `reader` registers itself here, so that models need not know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Builder = Callable[..., HttpResponse]
_builders: dict[str, Builder] = {}


def register(model_label: str, builder: Builder) -> None:
    """Let `builder(page, request, preview=False)` answer for a page model, named as `stories.story`."""
    _builders[model_label] = builder


def respond(page: Any, request: HttpRequest, *, preview: bool = False) -> HttpResponse:
    """The response for a page."""
    return _builders[page._meta.label_lower](page, request, preview=preview)
