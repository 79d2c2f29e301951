"""Where each thing of the API is, and how a request is answered: what cannot be understood with a reason, what is known already with 304."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from pydantic import ValidationError
from wagtail.api.v3.errors import problem_response

from broadsheet.stories.permalinks import absolute
from broadsheet.syndication.api import shapes, stories, things
from broadsheet.syndication.api.asked import LARGEST, Asked, ListAsked, NothingAsked, StoriesAsked, StoryAsked, only
from broadsheet.syndication.api.telling import ROOT
from broadsheet.syndication.conditional import State, anything

METHODS = "GET, HEAD, OPTIONS"
ORIGINS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
SERVICE = '</api/>; rel="service-doc", </api/v3/openapi.json>; rel="service-desc"'
"""Where the API is told of, for people and for machines (RFC 8631)."""
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match", "Access-Control-Max-Age": "86400"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resource:
    """An address of the API."""

    path: str
    """Below the root, as Django's URL patterns are written; it may have one number, `pk`."""
    name: str
    """Unique; the operation's id in the description."""
    says: str
    answer: Callable[..., Any]
    """(what is asked, the number if the path has one) → what is told, or for a list its items and where it goes on."""
    asked: type[Asked]
    gives: Any
    is_list: bool = False
    by_content: bool = False
    """What is in it may change without anything being published, so that only its bytes tell whether it has."""

    @property
    def has_number(self) -> bool:
        """Whether it is one thing of many."""
        return "<int:pk>" in self.path


def _named(
    *, word: str, item: Any, detail: Any, many: Callable[..., Any], one: Callable[[int], Any], what: str
) -> tuple[Resource, Resource]:
    return (
        Resource(f"{word}/", f"{word}_list", f"List {what}", many, ListAsked, shapes.list_of(item), is_list=True),
        Resource(f"{word}/<int:pk>/", f"{word}_detail", f"One of the {what}", lambda _asked, pk: one(pk), NothingAsked, detail),
    )


def _index(_asked: Asked) -> shapes.Index:
    return {
        "resources": {one.path.rstrip("/"): absolute(ROOT + one.path) for one in RESOURCES if one.path and not one.has_number},
        "openapi": absolute(f"{ROOT}openapi.json"),
    }


def _story(asked: StoryAsked, pk: int) -> Any:
    return only(dict(stories.story(pk)), asked.fields and asked.fields.split(","))


def _stories(asked: StoriesAsked) -> Any:
    items, end = stories.listed(asked)
    return [only(dict(one), asked.fields and asked.fields.split(",")) for one in items], end


RESOURCES: tuple[Resource, ...] = (
    Resource("", "index", "Where everything is", _index, NothingAsked, shapes.Index),
    Resource("publication/", "publication", "The publication", lambda _asked: things.told_publication(), NothingAsked, shapes.Publication),
    Resource("stories/", "stories_list", "List stories", _stories, StoriesAsked, shapes.list_of(shapes.StoryItem), is_list=True),
    Resource("stories/<int:pk>/", "stories_detail", "One story", _story, StoryAsked, shapes.Story),
    *_named(word="sections", item=shapes.Section, detail=shapes.SectionDetail, many=things.sections, one=things.section, what="sections"),
    *_named(
        word="people", item=shapes.Person, detail=shapes.PersonDetail, many=things.people, one=things.person, what="people with stories"
    ),
    *_named(word="topics", item=shapes.Topic, detail=shapes.TopicDetail, many=things.topics, one=things.topic, what="topics"),
    *_named(word="images", item=shapes.Picture, detail=shapes.Image, many=things.images, one=things.image, what="pictures"),
    *_named(word="pages", item=shapes.StaticItem, detail=shapes.StaticDetail, many=things.pages, one=things.page, what="static pages"),
    Resource("fronts/", "fronts_list", "List fronts", stories.fronts, ListAsked, shapes.list_of(shapes.Page), is_list=True),
    Resource("fronts/<int:pk>/", "fronts_detail", "A front", lambda _a, pk: stories.front(pk), NothingAsked, shapes.Front, by_content=True),
)


def answer(request: HttpRequest, resource: Resource, pk: int | None = None) -> HttpResponse:
    """What a request for a resource is answered with."""
    return _open(_answered(request, resource, pk))


def not_there(request: HttpRequest, rest: str) -> HttpResponse:
    """404 for an address below the root at which nothing is."""
    return _open(problem_response(status=404, detail="Nothing is at this address."))


def describe(request: HttpRequest, make: Callable[[], Any]) -> HttpResponse:
    """The same for what is made of the publication alone."""
    refused = _not_read(request)
    state = anything(request)
    return _open(refused or state.unchanged(request) or state.mark(_json(make())))


def _open(response: HttpResponse) -> HttpResponse:
    """Whoever may read the site may read this, from any origin."""
    for name, value in ORIGINS.items():
        response.headers[name] = value
    return response


def _not_read(request: HttpRequest) -> HttpResponse | None:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": METHODS, **PREFLIGHT})
    if request.method not in ("GET", "HEAD"):
        refused = problem_response(status=405, detail="Everything here is only read.")
        refused.headers["Allow"] = METHODS
        return refused
    return None


def _json(told: Any) -> HttpResponse:
    return HttpResponse(json.dumps(told, ensure_ascii=False, separators=(",", ":")), content_type="application/json; charset=utf-8")


def _answered(request: HttpRequest, resource: Resource, pk: int | None) -> HttpResponse:
    if refused := _not_read(request):
        return refused
    try:
        asked = resource.asked.model_validate(request.GET.dict())
    except ValidationError as error:
        errors: Any = error.errors(include_url=False, include_context=False, include_input=False)
        return problem_response(status=422, detail="The question cannot be understood.", errors=errors)
    state = anything(request)
    if not resource.by_content and (unchanged := state.unchanged(request)):
        return unchanged
    try:
        told = _told(request, resource, asked, pk)
    except Http404:
        return problem_response(status=404, detail="There is none, or it is not public.")
    except things.Merged as merged:
        return HttpResponse(status=301, headers={"Location": absolute(ROOT + resource.path.replace("<int:pk>", str(merged)))})
    response = _json(told)
    if not resource.path:
        response.headers["Link"] = SERVICE
    if resource.is_list and told["next"]:
        response.headers["Link"] = f'<{told["next"]}>; rel="next"'
    if resource.by_content:
        state = State.of(request, response.content, moment=None)
        return state.unchanged(request) or state.mark(response)
    return state.mark(response)


def _told(request: HttpRequest, resource: Resource, asked: Asked, pk: int | None) -> Any:
    if pk is not None and not 0 < pk <= LARGEST:
        raise Http404
    if not resource.is_list:
        return resource.answer(asked, *([pk] if resource.has_number else []))
    items, end = resource.answer(asked)
    query = request.GET.copy()
    query["cursor"] = str(end)
    return {"items": items, "next": absolute(f"{ROOT}{resource.path}?{query.urlencode()}") if end else None}


patterns = [path(one.path, answer, {"resource": one}) for one in RESOURCES]
