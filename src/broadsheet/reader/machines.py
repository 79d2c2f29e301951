"""The page that tells people what machines may ask: the read API's description, to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.reader import contexts as c
from broadsheet.reader.frame import Frame, head
from broadsheet.syndication.api.openapi import described

ROOT = "/api/"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that can be asked for in an address's query."""

    name: str
    kind: str
    """What it may be: a type, or the values there are."""
    says: str
    default: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An address of the API."""

    address: str
    """`{pk}` stands for a number."""
    url: str
    """Where an answer can be looked at; empty for one of many."""
    says: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ApiPage(c.Page):
    """What can be asked of the read API."""

    name: str
    description_url: str
    """Of the description for machines (OpenAPI)."""
    operations: tuple[Operation, ...]


def api_page(frame: Frame) -> ApiPage:
    """The read API for people."""
    told = described()
    name = _("Read API")
    operations = tuple(
        Operation(
            path, "" if "{" in path else path, one["get"]["summary"],
            tuple(_parameter(p, told["components"]["schemas"]) for p in one["get"]["parameters"] if p["in"] == "query"),
        )
        for path, one in told["paths"].items()
    )  # fmt: skip
    return ApiPage(
        site=frame.site, head=head(frame, title=name, path=ROOT), language=frame.site.language, direction=frame.site.direction,
        name=name, description_url="/api/v3/openapi.json", operations=operations,
    )  # fmt: skip


def _parameter(told: dict[str, Any], schemas: dict[str, Any]) -> Parameter:
    schema = told["schema"]
    if reference := schema.get("$ref"):
        schema = {**schemas[reference.rpartition("/")[2]], **schema}
    values = schema.get("enum")
    kind = ", ".join(map(str, values)) if values else " ".join(filter(None, (schema.get("type", ""), schema.get("format", ""))))
    default = schema.get("default")
    shown = "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
    return Parameter(told["name"], kind, told["description"], shown)
