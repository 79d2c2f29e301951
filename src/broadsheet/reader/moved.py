"""Addresses that nothing here has: an editor's redirect, another spelling of one of ours, or what an old site had there.

Asked only after every page has been looked for, so that nothing of ours can be hidden by an address of the past.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.encoding import escape_uri_path, iri_to_uri
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from broadsheet.stories.models import Gone, StaticPage, Story
from broadsheet.stories.queries import SectionTree


@dataclass(frozen=True, slots=True)
class Answer:
    """What an old address is answered with."""

    status: int
    """301, 302, 404 or 410."""
    to: str = ""
    """Path of ours, not percent-encoded, with a `?` where a query begins; or a whole address on the web."""
    fragment: str = ""


Resolver = Callable[[str, Mapping[str, str]], Answer | None]
"""Path (decoded) and query → answer; None: that is no address of the past."""
_OF_FRAGMENTS = "%/:@!$&'()*+,;=~-._"
ENDINGS = ("changes/", "changes.json", "report/", "republish/", "text/", "statements.json", "statements.csv")
"""What a story has below its address."""
_OF_LIST = re.compile(r"(/.+/)(feed/(?:own/)?(?:(?:atom|json)/)?|archive/(?:[0-9]{4}/(?:[0-9]{2}/){0,2})?|said/|statements\.(?:json|csv))")
"""The address of a section, a person, a topic or a list, and what it has below it."""
_NAMED = re.compile("/(?:people|topics|lists)/[^/]+/")
_of_queries: list[tuple[frozenset[str], Resolver]] = []
_of_paths: list[Resolver] = []


def register(*, names: frozenset[str], by_query: Resolver, by_path: Resolver) -> None:
    """Let an importer answer: `by_query` before any page, when the query has one of `names`; `by_path` where no page is."""
    _of_queries.append((names, by_query))
    _of_paths.append(by_path)


def asked_by_query(request: HttpRequest) -> HttpResponse | None:
    """The answer to `/?p=12` and its like, which would otherwise get the front.

    Raises Http404 for the number of something that is not public.
    """
    for names, resolver in _of_queries:
        if names.isdisjoint(request.GET):
            continue
        answer = resolver(request.path_info, request.GET.dict())
        if answer is not None:
            if answer.status == 404:
                raise Http404
            return respond(answer, request)
    return None


def asked_by_path(request: HttpRequest) -> HttpResponse | None:
    """The answer to an address at which no page is; None for 404."""
    path = request.path_info
    if "\x00" in path or path.startswith("//"):
        return None
    # Where a page lives but for the slash, an address of the past is no more in force than at the page itself.
    to = spelt_differently(path)
    if not to or to.rstrip("/") != _composed(path).rstrip("/"):
        if redirect := redirected(request):
            return redirect
    if to:
        return respond(Answer(301, to), request)
    for resolver in _of_paths:
        answer = resolver(path, request.GET.dict())
        if answer is not None and answer.status != 404:
            return respond(answer, request)
    if to := _below_a_story(request) or _below_a_list(request):
        return respond(Answer(301, to), request)
    return respond(Answer(410), request) if Gone.objects.filter(permalink=path).exists() else None


def _below_a_story(request: HttpRequest) -> str:
    """Where a page of a story is that is asked for below an old address of it; or nothing."""
    path = request.path_info
    ending = next((one for one in ENDINGS if path.endswith(f"/{one}")), "")
    old = path.removesuffix(ending)
    if not ending or old == "/":
        return ""
    wanted = _led_to(request, old)
    story = Story.objects.filter(permalink__in=wanted, live=True).values_list("permalink", flat=True).first() if wanted else None
    return asked_on(f"{story.rstrip('/')}/{ending}", request.GET.dict()) if story else ""


def _below_a_list(request: HttpRequest) -> str:
    """Where a feed or an archive is that is asked for below an old address of its section, person or topic; or nothing."""
    found = _OF_LIST.fullmatch(request.path_info)
    wanted = _led_to(request, found[1]) if found else []
    there = {entry.url for entry in SectionTree.read().entries if entry.live} if wanted else set()
    to = next((path for path in wanted if path in there or _NAMED.fullmatch(path)), "")
    return asked_on(f"{to}{found[2]}", request.GET.dict()) if found and to else ""


def _led_to(request: HttpRequest, old: str) -> list[str]:
    """Paths that an address of the past leads to."""
    found = get_redirect(request, Redirect.normalise_path(quote(old), decode_unicode=False))
    told = [found.link] if found and found.link else []
    told += [answer.to for resolver in _of_paths if (answer := resolver(old, {})) and answer.status == 301]
    return [unquote(urlsplit(to).path) for to in told]


def respond(answer: Answer, request: HttpRequest) -> HttpResponse:
    """The response of an answer that is no 404."""
    if answer.status == 410:
        from broadsheet.reader.views import gone

        return gone(request)
    if answer.to.startswith(("http://", "https://")):
        to = iri_to_uri(answer.to)
    else:
        path, mark, query = answer.to.partition("?")
        to = escape_uri_path("/" + path.lstrip("/")) + mark + query
    to += f"#{quote(answer.fragment, safe=_OF_FRAGMENTS)}" if answer.fragment else ""
    return HttpResponsePermanentRedirect(to) if answer.status == 301 else HttpResponseRedirect(to)


def redirected(request: HttpRequest) -> HttpResponse | None:
    """An editor's redirect, with the query first and then without, as Wagtail's middleware looks for it.

    A query that the redirect was not asked with is handed on.
    """
    full = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    bare = Redirect.normalise_path(request.path, decode_unicode=False)
    for path in dict.fromkeys([full, bare]):
        found = get_redirect(request, path)
        if found and found.link:
            to = found.link if path != bare else asked_on(found.link, request.GET.dict())
            return HttpResponsePermanentRedirect(to) if found.is_permanent else HttpResponseRedirect(to)
    return None


def asked_on(to: str, query: Mapping[str, str]) -> str:
    """An address with what was asked for handed on; what the address itself asks for counts."""
    if not query:
        return to
    parts = urlsplit(to)
    return parts._replace(query=urlencode({**query, **dict(parse_qsl(parts.query, keep_blank_values=True))})).geturl()


def spelt_differently(path: str) -> str:
    """The address here that differs from `path` in its last slash, in composition of letters or in case; or nothing."""
    plain = _composed(path)
    return _living(path, plain, plain.lower())


def but_for_the_slash(path: str) -> str:
    """The address here that differs from `path` in its last slash, or in composition of letters; or nothing."""
    return _living(path, _composed(path))


def _living(path: str, *spellings: str) -> str:
    """The first address but `path` at which something lives, of spellings without and with a slash; or nothing."""
    stems = dict.fromkeys(one.rstrip("/") for one in spellings)
    wanted = [one for stem in stems if stem for one in (stem, f"{stem}/") if one != path]
    stories, pages = (m.objects.filter(permalink__in=wanted, live=True).order_by().values_list("permalink") for m in (Story, StaticPage))
    found = {permalink for (permalink,) in stories.union(pages)} | {e.url for e in SectionTree.read().entries if e.live}
    return next((one for one in wanted if one in found), "")


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)
