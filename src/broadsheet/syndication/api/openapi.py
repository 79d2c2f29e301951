"""The API's description (OpenAPI 3.1), made from the same shapes and parameters that answer."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import TypeAdapter
from wagtail.api.v3.errors import PROBLEM_JSON

from broadsheet import __version__
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication
from broadsheet.syndication.api import shapes
from broadsheet.syndication.api.asked import LARGEST, Asked
from broadsheet.syndication.api.resources import RESOURCES, Resource, describe
from broadsheet.syndication.api.telling import ROOT

VERSION = "3.0.0"
"""Of the promise in `docs/contracts/api.md`: the first number never changes at this address."""
_REF = "#/components/schemas/{model}"
_HEADERS = {
    "ETag": {"description": "For `If-None-Match`.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "`public, no-cache`: copies may be kept and are asked about.", "schema": {"type": "string"}},
}
_LINK = {"Link": {"description": 'Where the list goes on, with `rel="next"`.', "schema": {"type": "string"}}}
_NUMBER = {
    "name": "pk", "in": "path", "required": True, "description": "Its `id`.", "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST}
}  # fmt: skip


def show(request: HttpRequest) -> HttpResponse:
    """The description."""
    return describe(request, lambda: {**described(), "info": _info(), "servers": [{"url": absolute("/").rstrip("/")}]})


def _info() -> dict[str, Any]:
    paper = publication()
    info: dict[str, Any] = {
        "title": f"{paper.name}: read API", "version": VERSION, "description": f"What is public, as JSON. Made by Broadsheet {__version__}."
    }  # fmt: skip
    if paper.licence:
        info["license"] = {"name": "Licence of the texts", "url": paper.licence}
    return info


@cache
def described() -> dict[str, Any]:
    """What is the same for every publication."""
    gives = {id(one.gives): one.gives for one in RESOURCES} | {0: shapes.Problem}
    refs, defined = TypeAdapter.json_schemas(
        [(key, "serialization", TypeAdapter(shape)) for key, shape in gives.items()], ref_template=_REF
    )
    parameters: dict[str, Any] = {}
    paths = {
        ROOT + one.path.replace("<int:pk>", "{pk}"): {"get": _operation(one, refs[(id(one.gives), "serialization")], parameters)}
        for one in RESOURCES
    }
    # What the parameters refer to and what the answers are made of have names of their own.
    schemas = {**defined.get("$defs", {}), **parameters}
    return {
        "openapi": "3.1.0", "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema", "paths": paths,
        "components": {"schemas": schemas, "responses": _refusals(refs[(0, "serialization")])},
    }  # fmt: skip


def _operation(one: Resource, schema: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    refusals = ["400", "405", "422", *(["404"] if one.has_number else [])]
    responses: dict[str, Any] = {
        "200": {
            "description": "What was asked for.", "headers": _HEADERS | (_LINK if one.is_list else {}),
            "content": {"application/json": {"schema": schema}},
        },
        "304": {"description": "What you have is what there is."},
        **{status: {"$ref": f"#/components/responses/{status}"} for status in refusals},
    }  # fmt: skip
    if one.path.startswith(("people/<", "topics/<")):
        responses["301"] = {"description": "It was merged into another, which is where `Location` says."}
    return {
        "operationId": one.name, "summary": one.says, "tags": [one.path.partition("/")[0] or "index"],
        "parameters": [*([_NUMBER] if one.has_number else []), *_parameters(one.asked, named)], "responses": responses,
    }  # fmt: skip


def _parameters(asked: type[Asked], named: dict[str, Any]) -> list[dict[str, Any]]:
    schema = asked.model_json_schema(ref_template=_REF)
    named.update(schema.get("$defs", {}))
    found = []
    for name, one in schema.get("properties", {}).items():
        # What may be left out is not therefore null.
        choice = next((part for part in one.get("anyOf", ()) if part.get("type") != "null"), None)
        says = one.get("description") or (choice or {}).get("description", "")
        of = {key: value for key, value in {**one, **(choice or {})}.items() if key not in ("anyOf", "title", "description")}
        if of.get("default", 0) is None:
            del of["default"]
        found.append({"name": name, "in": "query", "required": False, "description": says, "schema": of})
    return found


def _refusals(problem: dict[str, Any]) -> dict[str, Any]:
    of = {PROBLEM_JSON: {"schema": problem}}
    return {
        "400": {"description": "An address that nothing can have.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        "404": {"description": "There is none, or it is not public.", "content": of},
        "405": {"description": "Everything here is only read.", "content": of | {"text/html": {"schema": {"type": "string"}}}},
        "422": {"description": "The question cannot be understood; `errors` says what of it.", "content": of},
    }
