"""Old address → where it is here, by rule, from what the import remembers; a handful of queries whatever the archive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from broadsheet.importing import languages, rerouting
from broadsheet.importing.models import FormerSlug, SourceItem, SourceMedia, SourcePerson, SourceRedirect, SourceSite, SourceTerm
from broadsheet.importing.spelling import key_of, original_name, path_of
from broadsheet.people.models import Person
from broadsheet.reader.moved import Answer, spelt_differently
from broadsheet.stories.models import Galley, Listing, StaticPage, Story, Topic
from broadsheet.stories.projections import publication, successors
from broadsheet.stories.queries import SectionTree, is_used, span_of

QUERY = frozenset(
    {"p", "page_id", "attachment_id", "cat", "author", "tag", "feed", "m", "s", "name", "pagename", "author_name", "category_name",
     "tag_id", "taxonomy", "year", "monthnum", "paged", "rest_route", "attachment"}
)  # fmt: skip
"""What WordPress answers at its root when it is asked with one of these."""

_FORMAT = r"(?:feed|rdf|rss2?|atom)"
_ENDING = re.compile(
    rf"/(?:(?P<feed>(?:feed/)?{_FORMAT})|amp|page/\d+|comment-page-\d+|embed|trackback|\d{{1,3}})/?$", re.I
)  # fmt: skip
LONGEST, ENDINGS, ENDING = 2_000, 6, 60
"""Signs of an old path, endings behind it, and signs of one: what has more was the address of nothing, and is not looked through."""
_FEED = re.compile(
    rf"/(?:comments/)?(?:feed/)?{_FORMAT}/?|/wp-(?:rss2?|rdf|atom|feed|commentsrss2)\.php|/(?:rss|atom|feed|index)\.xml", re.I
)
_SITEMAP = re.compile(r"/(?:wp-sitemap[\w-]*|[\w-]*sitemap(?:[_-]index)?\d*|sitemap-[a-z][\w-]*)\.(?:xml(?:\.gz)?|xsl)", re.I)
_MACHINERY = re.compile(r"/(?:wp-(?:admin|json|includes)(?:/.*)?|wp-content/(?!uploads/|blogs\.dir/).*|(?:wp-[\w-]+|xmlrpc)\.php)", re.I)
_DATE = re.compile(r"(?:/[^/]+){0,2}?/((?:19|20)\d\d)(?:/(\d{1,2}))?(?:/(\d{1,2}))?/?")
_UPLOADS = re.compile(r"/(?:wp-content/uploads|content/(?:images|media|files)|wp-content/blogs\.dir/\d+/files|files/\d{4})/", re.I)


@dataclass(frozen=True, slots=True)
class Sites:
    """What every site that was moved in is told by."""

    folders: frozenset[str]
    categories: frozenset[str]
    tags: frozenset[str]
    patterns: bool
    """Whether one had redirects by pattern."""

    @classmethod
    def read(cls) -> Sites | None:
        """One query; None when nothing was ever moved in, so that there are no old addresses."""
        patterns = Exists(SourceRedirect.objects.filter(site=OuterRef("pk"), is_pattern=True))
        sites = SourceSite.objects.brought_in().annotate(patterns=patterns)
        rows = list(sites.values_list("base_url", "category_base", "tag_base", "patterns"))
        if not rows:
            return None
        folders = {_normal(urlsplit(base).path) for base, _category, _tag, _patterns in rows}
        return cls(
            frozenset(folders - {""}),
            frozenset({"category", *(c.casefold() for _b, c, _t, _p in rows if c)}),
            frozenset({"tag", *(t.casefold() for _b, _c, t, _p in rows if t)}),
            any(patterns for _b, _c, _t, patterns in rows),
        )

    def below_root(self, path: str) -> str:
        """The path below the front page of the site it was on."""
        for folder in self.folders:
            if (path + "/").startswith(folder + "/"):
                return path[len(folder) :] or "/"
        return path


def _normal(path: str) -> str:
    return unicodedata.normalize("NFC", path).rstrip("/")


def by_query(path: str, query: Mapping[str, str]) -> Answer | None:
    """The answer to a question at the old root: `/?p=12`, `/index.php?cat=3`, `/?feed=rss2`; None when it is not put there."""
    sites = Sites.read()
    if sites is None or (_normal(sites.below_root(_normal(path))) or "/") not in ("/", "/index.php"):
        return None
    feed = _ending(query["feed"]) if "feed" in query else None
    to = _asked_for(query, feed=feed)
    if to is not None:
        return Answer(301, to) if to else Answer(404)
    if feed is not None:
        return Answer(301, f"/feed/{feed}")
    if "rest_route" in query:
        return Answer(410)
    if "s" in query:
        return Answer(301, _search(query["s"]))
    return Answer(301, "/latest/") if "paged" in query else None


def _asked_for(query: Mapping[str, str], *, feed: str | None) -> str | None:
    """Where a query leads; nothing for what is not public, None when it asks for nothing in particular."""
    numbers = [query[name] for name in ("p", "page_id", "attachment_id") if query.get(name)]
    if numbers:
        return _numbered(numbers[0])
    if slug := next((query[n] for n in ("name", "pagename", "attachment") if query.get(n)), ""):
        return _at(slug) or _of_slug(slug.strip("/").rpartition("/")[2])
    wanted: list[tuple[str, Q]] = []
    if query.get("cat"):
        wanted.append(("category", _number_is(query["cat"].split(",")[0])))
    if query.get("category_name"):
        wanted.append(("category", _slug_is(query["category_name"].strip("/").rpartition("/")[2])))
    if query.get("tag"):
        wanted.append(("post_tag", _slug_is(re.split(r"[,+ ]", query["tag"])[0])))
    if query.get("tag_id"):
        wanted.append(("post_tag", _number_is(query["tag_id"])))
    if query.get("taxonomy") and query.get("term"):
        wanted.append((query["taxonomy"], _slug_is(query["term"])))
    for taxonomy, which in wanted:
        return _list(_term(Q(taxonomy=taxonomy) & which), feed=feed)
    if query.get("author"):
        return _list(_person(_number_is(query["author"])), feed=feed)
    if query.get("author_name"):
        return _list(_person(_slug_is(query["author_name"])), feed=feed)
    return _dated(query)


def _dated(query: Mapping[str, str]) -> str | None:
    if found := re.fullmatch(r"(\d{4})(\d\d)?(\d\d)?\d*", query.get("m", "")):
        return _date(*found.groups())
    if re.fullmatch(r"\d{4}", query.get("year", "")):
        return _date(query["year"], query.get("monthnum"), query.get("day") if query.get("monthnum") else None)
    return None


def _date(year: str, month: str | None = None, day: str | None = None) -> str:
    """The list of a year, month or day, if anything was published then."""
    try:
        numbers = [int(part) for part in (year, month, day) if part]
        span = span_of(publication().tzinfo, *numbers)
    except (ValueError, OverflowError):
        return ""
    there = Listing.objects.of("site").between(*span).exists()
    return "/" + "".join(f"{number:02d}/" for number in numbers) if there else ""


def by_path(path: str, query: Mapping[str, str]) -> Answer | None:
    """The answer to an old path at which nothing is here; None when it is none we know."""
    sites = Sites.read() if len(path) <= LONGEST else None
    if sites is None:
        return None
    asked = unicodedata.normalize("NFC", path)
    rest = sites.below_root(asked)
    if _MACHINERY.fullmatch(rest) and not _FEED.fullmatch(rest):
        return Answer(410)
    if sites.patterns and (rerouted := _rerouted(rest, query)) is not None:
        return rerouted if rerouted.to != path else None
    if rest.startswith("/search/"):
        return Answer(301, _search(rest.split("/")[2].replace("+", " ")))
    to = _furniture(rest, asked) or _file(asked) or _page(asked, rest, sites)
    return Answer(301, to) if to and to != path else None


def _rerouted(path: str, query: Mapping[str, str]) -> Answer | None:
    """The answer of an owner's redirects by pattern, which stood before everything on the old site."""
    rules = SourceRedirect.objects.filter(is_pattern=True).order_by("site_id", "position").values_list("source", "to", "permanent")
    found = rerouting.first(rules, path, dict(query))
    if found is None:
        return None
    to, status = found[0], 301 if found[1] else 302
    parts = urlsplit(to)
    if parts.netloc:
        return Answer(status, to)
    # Nobody is sent on twice when the address it leads to is an old one too.
    here = leads_to(unquote(parts.path)) or unquote(parts.path)
    return Answer(status, here + (f"{'&' if '?' in here else '?'}{parts.query}" if parts.query else ""), parts.fragment)


def leads_to(path: str) -> str:
    """Where an old path of the site leads that is no page here; nothing when it is one, or leads nowhere."""
    sites = Sites.read()
    if sites is None or is_here(path):
        return ""
    rest = sites.below_root(unicodedata.normalize("NFC", path))
    return _furniture(rest, path) or _file(path) or _page(path, rest, sites)


def is_here(path: str) -> bool:
    """Whether a page of ours is at a path."""
    models = (Story, StaticPage)
    return path in _section_addresses() or any(m._base_manager.filter(permalink=path, live=True).exists() for m in models)


def _search(words: str) -> str:
    return f"/search/?{urlencode({'q': words})}"


def _furniture(rest: str, asked: str) -> str:
    """Front, feeds and sitemaps."""
    if _normal(re.sub(r"/page/\d+/?$|/amp/?$", "", rest, flags=re.I)) in ("", "/index.php"):
        return "/latest/" if "/page/" in rest else "/" if asked != "/" else ""
    if _FEED.fullmatch(rest):
        return f"/feed/{_ending(rest)}"
    return "/sitemap.xml" if _SITEMAP.fullmatch(rest) else ""


def _page(asked: str, rest: str, sites: Sites) -> str:
    """Items, lists and dates, with or without an ending (`feed/`, `amp/`, `page/2/` …) behind them."""
    if to := _at(asked, rest):
        return to
    feed: str | None = None
    plain = rest
    bases = sites.categories | sites.tags | {"author"}
    for _ending_of in range(ENDINGS):
        date = _date_in(plain, bases)
        found = None if date else _ENDING.search(plain, max(0, len(plain) - ENDING))
        if not found:
            break
        # `/category/rdf/` is the category of that name, and `/tag/2/` a tag's.
        if plain[: found.start()].rpartition("/")[2].casefold() in bases:
            break
        feed, plain = _ending(found["feed"]) if found["feed"] else feed, plain[: found.start()]
    if date:
        return _date(*date.groups())
    parts = [part for part in plain.split("/") if part]
    if not parts:
        return "/latest/" if feed is None else f"/feed/{feed}"
    there = ""
    if plain != rest:
        whole = asked[: len(asked) - len(rest)] + plain
        there = spelt_differently(whole) or _at(whole, plain) or (spelt_differently(plain) if plain != whole else "")
    if feed is not None and there in _section_addresses():
        return f"{there}feed/{feed}"
    # A page may be the front of a language; its feed was that of the language.
    if len(parts) == 1 and (feed is not None or not there) and (to := languages.leads_to(parts[0], feed)):
        return to
    if there:
        return there
    for place, part in enumerate(parts[:3]):
        slug = _slug_is(parts[-1])
        if len(parts) == place + 1:
            break
        if part.casefold() in sites.categories:
            return _list(_term(Q(taxonomy="category") & slug), feed=feed)
        if part.casefold() in sites.tags:
            # Of Ghost's tags some are sections here; a tag that is one counts before a category of its name, public or not.
            return _list(_term(Q(taxonomy__in=["category", "post_tag"]) & slug), feed=feed)
        if part.casefold() == "author":
            return _list(_person(slug), feed=feed)
    if len(parts) == 2 and (to := _list(_term(Q(taxonomy=parts[0]) & _slug_is(parts[1])), feed=feed)):
        return to
    if len(parts) == 2 and parts[0].casefold() == "archives" and parts[1].isdecimal():
        return _numbered(parts[1])
    return _of_slug(re.sub(r"\.(?:html?|php|aspx?)$", "", parts[-1]))


def _date_in(path: str, bases: frozenset[str]) -> re.Match[str] | None:
    """The date a path ends in, unless it is the name of a list, as in `/tag/2020/`."""
    found = _DATE.fullmatch(path)
    return found if found and bases.isdisjoint(path[: found.start(1)].casefold().split("/")) else None


def _slug_is(slug: str) -> Q:
    slug = unicodedata.normalize("NFC", slug.strip())
    return Q(slug__in={slug, slug.lower()})


def _number_is(number: str) -> Q:
    return Q(source_id=number.lstrip("0")) if number.isascii() and number.isdecimal() and number.lstrip("0") else Q(pk=None)


_ADDRESS = ("page__story__permalink", "page__staticpage__permalink", "page__live")


def _public(rows: Iterable[tuple[Any, ...]]) -> str:
    """The address of the first public page among rows that begin with `_ADDRESS`."""
    return next((row[0] or row[1] for row in rows if row[2] and (row[0] or row[1])), "")


def _at(*paths: str) -> str:
    """The page that had the first of these addresses that one had, in whatever spelling."""
    for key in dict.fromkeys(key for path in paths if (key := key_of(path))):
        rows = SourceItem.objects.filter(address=key).order_by("pk").values_list(*_ADDRESS)
        if to := _public(rows[:5]) or _media(Q(address=key)):
            return to
    return ""


def _numbered(number: str) -> str:
    """The public page or file with an id; ids of all sites are looked through, the first moved in first."""
    # The sites are named, so that the index by site and id is used.
    which = _number_is(number) & Q(site_id__in=SourceSite.objects.values("pk"))
    rows = SourceItem.objects.filter(which).order_by("site_id").values_list(*_ADDRESS)
    return _public(rows) or _media(which)


def _of_slug(slug: str) -> str:
    """The newest public page that has, or once had, a slug."""
    slugs = {unicodedata.normalize("NFC", slug), unicodedata.normalize("NFC", slug).lower()}
    rows = SourceItem.objects.filter(slug__in=slugs, page__live=True).order_by("-page__first_published_at")
    former = FormerSlug.objects.filter(slug__in=slugs, item__page__live=True).order_by("-item__page__first_published_at")
    return _public(rows.values_list(*_ADDRESS)[:5]) or _public(former.values_list(*(f"item__{name}" for name in _ADDRESS))[:5])


def _media(which: Q) -> str:
    """Where an attachment's page leads: to the story it was made for, else to the file."""
    row = SourceMedia.objects.filter(which).select_related("image", "document").order_by("pk").first()
    if row is None:
        return ""
    if row.parent and (to := _public(SourceItem.objects.filter(site=row.site_id, source_id=row.parent).values_list(*_ADDRESS))):
        return to
    return file_address(row) if may_be_given(row) else ""


def _file(path: str) -> str:
    """A file below the uploads folder, in the size nearest to the one asked for."""
    if not _UPLOADS.search(path):
        return ""
    asked = re.sub(r"(\.(?:jpe?g|png|gif))\.(?:webp|avif)$", r"\1", path, flags=re.I)
    found = SourceMedia.objects.filter(name=key_of(original_name(asked))).select_related("image", "document").order_by("pk")[:10]
    exact = unicodedata.normalize("NFC", asked).casefold()
    rows = sorted(found, key=lambda row: not unicodedata.normalize("NFC", row.url).casefold().endswith(exact))
    size = re.search(r"-(\d{1,5})x\d{1,5}\.\w+$|/size/w(\d{1,5})", asked)
    width = int(size[1] or size[2]) if size else 0
    return next((to for row in rows if (to := file_address(row, width=width)) and may_be_given(row)), "")


def may_be_given(row: SourceMedia) -> bool:
    """Whether readers may have a file: not one that only what is unpublished here was made with or shows."""
    users = is_used([thing for thing in (row.image, row.document) if thing])
    if True in users:
        return True
    made_for = SourceItem.objects.filter(site=row.site_id, source_id=row.parent) if row.parent.strip("0") else None
    if made_for is None:
        return not users
    if made_for.filter(page__live=True).exists():
        return True
    # Bodies link files by their old addresses.
    linked = Q(page__live=True, body_html__contains=path_of(row.url))
    return bool(row.document and row.url) and Galley.objects.filter(linked).exists()


def file_address(row: SourceMedia, *, width: int = 0) -> str:
    """Path of the public file: the smallest one at least `width` pixels wide, the largest for 0; nothing without a file here."""
    if row.document:
        return str(row.document.url)
    files = (row.image.encoded or {}).get("full", []) if row.image else []
    if not files:
        return ""
    chosen = next((one for one in files if width and one[0] >= width), files[-1])
    return f"{settings.MEDIA_URL}{chosen[2]}.jpg"


Found = tuple[str, str]
"""Path of a list here and of its feed."""


def _term(which: Q) -> Found | None:
    """The public list that a category, tag or other group became."""
    row = SourceTerm.objects.filter(which).select_related("section", "topic", "placement").order_by("-taxonomy", "pk").first()
    if row is None:
        return None
    if row.section:
        path = "/" + row.section.url_path.lstrip("/").partition("/")[2]
        return (path, f"{path}feed/") if row.section.live else None
    if row.placement:
        return row.placement.get_absolute_url(), f"{row.placement.get_absolute_url()}feed/"
    if row.topic:
        topic = row.topic if row.topic.merged_into_id is None else Topic.objects.get(pk=successors(Topic)[row.topic.pk])
        if topic.promoted or Listing.objects.filter(list_key=f"topic:{topic.pk}").exists():
            return topic.get_absolute_url(), f"{topic.get_absolute_url()}feed/"
    return None


def _person(which: Q) -> Found | None:
    """The public page of an author."""
    row = SourcePerson.objects.filter(which).select_related("person").order_by("pk").first()
    if row is None:
        return None
    person = row.person if row.person.merged_into_id is None else Person.objects.get(pk=successors(Person)[row.person.pk])
    if not Listing.objects.filter(list_key=f"person:{person.pk}").exists():
        return None
    return person.get_absolute_url(), f"{person.get_absolute_url()}feed/"


def _list(found: Found | None, *, feed: str | None) -> str:
    if found is None:
        return ""
    return found[0] if feed is None else f"{found[1]}{feed}"


def _ending(feed: str) -> str:
    """What stands behind `feed/` here for a feed of WordPress: Atom is Atom, all others are RSS."""
    return "atom/" if re.search(r"atom(?:\.php|\.xml)?/?$", feed, re.I) else ""


def _section_addresses() -> set[str]:
    return {entry.url for entry in SectionTree.read().entries}
