"""Small files that machines look for at fixed addresses: robots.txt, ads.txt, trust.txt, security.txt; and oEmbed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from broadsheet.people.declarations import ANSWERING, TRAINING, lines_of
from broadsheet.people.models import Declarations
from broadsheet.stories.cards import Names, card_of, people_in, rows_of
from broadsheet.stories.models import Story
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree
from broadsheet.syndication.xml import element

REFUSED = {Declarations.Crawlers.NO_TRAINING.value: TRAINING, Declarations.Crawlers.NO_AI.value: (*TRAINING, *ANSWERING)}
LASTS = 180
"""Days for which security.txt says it holds, from the first of the month: an operator who is gone is not asked for ever."""
WIDTH, HEIGHT = 1200, 630
"""Pixels of the picture for sharing; where whoever embeds has less room, it is left out."""


def _declared() -> Declarations:
    return Declarations.objects.order_by("pk").first() or Declarations()


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read (RFC 9309): everything but the desk, and for those for AI what the publication chose."""
    refused = REFUSED.get(_declared().crawlers, ())
    groups = [["User-agent: *", "Disallow: /desk/"]]
    if refused:
        groups.append([*(f"User-agent: {name}" for name in sorted(refused, key=str.casefold)), "Disallow: /"])
    groups.append([f"Sitemap: {absolute(path)}" for path in ("/sitemap.xml", "/sitemap-news.xml")])
    return _text("\n".join("\n".join(lines) + "\n" for lines in groups))


@require_safe
def ads(request: HttpRequest) -> HttpResponse:
    """Who may sell advertising here (ads.txt 1.1); 404 where nobody has said."""
    return _written(_declared().ads_txt)


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """Whom the publication belongs to (trust.txt); 404 where nobody has said."""
    declared = _declared()
    said = {line.partition("=")[0].strip().lower() for _number, line in lines_of(declared.trust_txt)}
    closed = declared.crawlers != Declarations.Crawlers.ALL and said and "datatrainingallowed" not in said
    return _written(declared.trust_txt.rstrip() + "\ndatatrainingallowed=no" * bool(closed))


def _written(text: str) -> HttpResponse:
    if not text.strip():
        raise Http404
    return _text("\n".join(text.splitlines()).strip() + "\n")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); 404 where nobody has said."""
    contact = _declared().security_contact
    if not contact:
        raise Http404
    expires = timezone.now().astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=LASTS)
    lines = [
        f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", f"Preferred-Languages: {publication().language}",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]  # fmt: skip
    return _text("\n".join(lines) + "\n")


@require_safe
def security_at_the_root(request: HttpRequest) -> HttpResponse:
    """Where older programs look for it."""
    return HttpResponsePermanentRedirect("/.well-known/security.txt")


def oembed_address(permalink: str, form: str = "json") -> str:
    """Where a story's description for embedding is."""
    return absolute("/oembed/?" + urlencode({"url": absolute(permalink), "format": form}))


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """A public story as whoever links to it shows it (oembed.com, type `link`); 404 for what is none, 501 for a form that is not made."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse("Only json and xml.\n", status=501, content_type="text/plain; charset=utf-8")
    described = _described(request.GET.get("url", ""), _room(request, "maxwidth"), _room(request, "maxheight"))
    if described is None:
        raise Http404
    if form == "json":
        return JsonResponse(described, json_dumps_params={"ensure_ascii": False}, headers={"Access-Control-Allow-Origin": "*"})
    parts = "".join(element(name, str(value)) for name, value in described.items())
    document = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{parts}</oembed>\n'
    return HttpResponse(document, content_type="text/xml; charset=utf-8")


def _room(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 100_000


def _described(url: str, width: int, height: int) -> dict[str, Any] | None:
    try:
        parts = urlsplit(url[:2000] if "\x00" not in url else "")
    except ValueError:
        # A host that is none: brackets, or letters that stand for a slash.
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.casefold() != urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc.casefold():
        return None
    pk = Story.objects.filter(permalink=unquote(parts.path), live=True).order_by().values_list("pk", flat=True).first()
    rows = rows_of([pk]) if pk else []
    if not rows:
        return None
    card = card_of(rows[0], SectionTree.read(), Names(people_in(rows)))
    paper = publication()
    described: dict[str, Any] = {
        "type": "link", "version": "1.0", "title": card.headline, "provider_name": paper.name, "provider_url": absolute("/"),
        "cache_age": 3600,
    }  # fmt: skip
    if card.byline:
        described |= {"author_name": ", ".join(person.name for person in card.byline), "author_url": absolute(card.byline[0].url)}
    picture = ((rows[0][4] or {}).get("picture") or {}).get("social")
    if picture and width >= WIDTH and height >= HEIGHT:
        described |= {"thumbnail_url": absolute(picture), "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return described
