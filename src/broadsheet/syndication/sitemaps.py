"""Sitemaps (sitemaps.org 0.9): what search engines may know of, by month and by kind of page, found by looking up and never by walking."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, Func, Max, OuterRef, Q, Subquery, Sum, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, Concat

from broadsheet.delivery.keys import note
from broadsheet.delivery.models import Stamp
from broadsheet.delivery.stamps import LISTS, NAMES
from broadsheet.people.models import Person
from broadsheet.stories.models import Galley, Listing, StaticPage, Story, Topic
from broadsheet.stories.permalinks import absolute, home
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import LINKED_FROM, SectionTree
from broadsheet.stories.sitemap_places import MOST, PREFIX
from broadsheet.syndication.conditional import day
from broadsheet.syndication.xml import HEAD, element, raw, text

NEWS_MOST, NEWS_DAYS = 1_000, 2
LONGEST = 2_048
"""Signs of an address that a sitemap may name."""
HEAVIEST = 5_000
"""Bytes of an entry: with these, `MOST` of them stay below the 50 MB of a sitemap; other languages are left out rather."""
_SHARED = (
    Galley.objects.filter(page=OuterRef("story_id")).order_by().values(url=KeyTextTransform("social", KeyTransform("picture", "card")))
)
# Asked of the stories that have one.
_IMAGE = Case(When(story__lead_image__isnull=False, then=Subquery(_SHARED)), output_field=TextField())
_LANGUAGE = KeyTextTransform("language", "story__galley__card")
_MONTH = re.compile(r"sitemap:(\d{4}-\d\d(?:-\d+)?)")


class Moment(Func):
    """A moment as sitemaps write it, made by the database: for thousands of rows, Python reads and writes dates longer than all the rest takes."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps moments in UTC."""
        return self.as_sql(compiler, connection, template="strftime('%%%%Y-%%%%m-%%%%dT%%%%H:%%%%M:%%%%SZ', %(expressions)s)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL keeps a moment and shows it in a zone."""
        template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that search engines may know of; all addresses are complete."""

    url: str
    changed: str = ""
    """As `conditional.day` writes it."""
    image: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, address) of the page in each language, its own included; empty where there is only one."""


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """A story of the last two days."""

    url: str
    title: str
    language: str
    published: str
    """As `conditional.day` writes it."""


def addresses() -> list[str]:
    """The paths of all sitemaps but that of the news, in a stable order."""
    made = ["sections"]
    made += _numbered("pages", range(-(-_static_pages().count() // MOST)))
    made += _numbered("people", _blocks(Person, _PERSON))
    made += _numbered("topics", _blocks(Topic, _TOPIC))
    return [f"/sitemap-{name}.xml" for name in [*made, *_months()]]


def _numbered(name: str, parts: Iterable[int]) -> list[str]:
    return [name if part == 0 else f"{name}-{part + 1}" for part in parts]


def _months() -> list[str]:
    """The months, and parts of months, that hold a story: from each to the next one look-up, however many stories are between them."""
    table = connection.ops.quote_name(Listing._meta.db_table)
    following = f"SELECT min(list_key) FROM {table} WHERE list_key >"  # noqa: S608 — a name of ours
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE step (list_key) AS (SELECT ({following} %s) UNION ALL"  # noqa: S608
            f" SELECT ({following} step.list_key) FROM step WHERE substr(step.list_key, 1, {len(PREFIX)}) = %s) SELECT list_key FROM step",
            [PREFIX.rstrip(":"), PREFIX],
        )
        found = [match[1] for (key,) in cursor.fetchall() if key and (match := _MONTH.fullmatch(key))]
    # A database may sort by the rules of a language.
    return sorted(found, key=lambda month: tuple(map(int, month.split("-"))))


_PERSON = "one.merged_into_id IS NULL AND EXISTS (SELECT 1 FROM stories_listing WHERE list_key = 'person:' || one.id)"
_TOPIC = (
    "one.merged_into_id IS NULL AND (one.promoted OR EXISTS"  # noqa: S608 — a number of ours
    f" (SELECT 1 FROM stories_listing WHERE list_key = 'topic:' || one.id LIMIT 1 OFFSET {LINKED_FROM - 1}))"
)


def _blocks(model: type[Person] | type[Topic], which: str) -> list[int]:
    """Which blocks of `MOST` ids hold one that is shown; only until the first of each is found."""
    last = model.objects.aggregate(last=Max("pk"))["last"]
    if last is None:
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    rows = ", ".join(f"({block}, {block * MOST}, {(block + 1) * MOST})" for block in range(last // MOST + 1))
    with connection.cursor() as cursor:
        cursor.execute(  # Numbers and the words above are all that is written into it.
            f"WITH block (number, first, beyond) AS (VALUES {rows}) SELECT number FROM block WHERE EXISTS"  # noqa: S608
            f" (SELECT 1 FROM {table} one WHERE one.id >= first AND one.id < beyond AND {which}) ORDER BY number"
        )
        return [number for (number,) in cursor.fetchall()]


def _newest(word: str, *, place: int = 0) -> Subquery:
    rows = Listing.objects.filter(list_key=Concat(Value(f"{word}:"), Cast(OuterRef("pk"), CharField()))).order_by("-published", "-story_id")
    return Subquery(rows.values("published")[place : place + 1])


def people(part: int) -> Iterator[Entry]:
    """The people with public stories, a block of ids at a time."""
    block = Person.objects.filter(pk__gte=part * MOST, pk__lt=(part + 1) * MOST, merged_into=None).order_by("pk")
    shown = block.annotate(newest=_newest("person")).filter(newest__isnull=False)
    for slug, newest in shown.values_list("slug", Moment("newest")):
        yield Entry(absolute(f"/people/{slug}/"), newest)


def topics(part: int) -> Iterator[Entry]:
    """The topics that are indexed: promoted ones and those of enough stories."""
    block = Topic.objects.filter(pk__gte=part * MOST, pk__lt=(part + 1) * MOST, merged_into=None).order_by("pk")
    found = block.annotate(newest=_newest("topic"), last_needed=_newest("topic", place=LINKED_FROM - 1))
    for slug, newest in found.filter(Q(promoted=True) | Q(last_needed__isnull=False)).values_list("slug", Moment("newest")):
        yield Entry(absolute(f"/topics/{slug}/"), newest or "")


def sections(part: int) -> Iterator[Entry]:
    """The front and the public sections."""
    if part == 0:
        yield Entry(absolute("/"))
        yield from (Entry(absolute(entry.url)) for entry in SectionTree.read().entries if entry.live)


def _static_pages() -> Any:
    return StaticPage.objects.filter(live=True, noindex=False, permalink__isnull=False).order_by("pk")


def pages(part: int) -> Iterator[Entry]:
    """About, Contact and what else stands beside the news."""
    shown = _static_pages()[part * MOST : (part + 1) * MOST]
    rows = list(shown.values_list("permalink", "translation_group", "language"))
    groups: dict[uuid.UUID, list[tuple[str, str]]] = defaultdict(list)
    language = publication().language
    linked = _static_pages().filter(translation_group__in={group for _link, group, _tag in rows if group})
    for group, link, tag in linked.values_list("translation_group", "permalink", "language"):
        groups[group].append((tag or language, absolute(link or "/")))
    for link, group, _tag in rows:
        yield Entry(absolute(link or "/"), alternates=_several(groups, group))


PARTS: dict[str, Callable[[int], Iterator[Entry]]] = {"sections": sections, "pages": pages, "people": people, "topics": topics}


@Prepared
def _month_state(key: str) -> Any:
    # Every publish gives a row a number that is higher than any before: together with how many there are, their sum tells each change.
    stamps = [Subquery(Stamp.objects.filter(name=name).values("moment")[:1]) for name in (LISTS, NAMES)]
    rows = Listing.objects.filter(list_key=key).order_by().values("list_key").annotate(count=Count("pk"), sum=Sum("pk"))
    return rows.annotate(lists=stamps[0], names=stamps[1]).values_list("count", "sum", "lists", "names")


def month_state(month: str) -> tuple[int, int, int | None, int | None] | None:
    """(stories, sum of their rows' numbers, last change of any list, last change of any name) of a month; None without stories."""
    return next(iter(_month_state(f"{PREFIX}{month}")), None)  # type: ignore[arg-type]


@Prepared
def _month(key: str) -> Any:
    rows = Listing.objects.of(key)
    changed = Moment(Coalesce("story__updated", "published"))
    return rows.values_list("story__permalink", changed, _IMAGE, "story__translation_group")


def month_xml(month: str) -> str:
    """The sitemap of a month or a part of one, newest first; one query, and one more when some have translations."""
    rows, at = _month(f"{PREFIX}{month}"), home()
    translated = _translated({group for _link, _changed, _image, group in rows if group})
    urls = [
        _url(absolute(link, at=at), changed, absolute(image, at=at) if image else "", _several(translated, group) if group else ())
        for link, changed, image, group in rows
        if link
    ]
    return _urlset(urls)


def _translated(groups: set[uuid.UUID]) -> dict[uuid.UUID, list[tuple[str, str]]]:
    found: dict[uuid.UUID, list[tuple[str, str]]] = defaultdict(list)
    note(*(f"translations:{group}" for group in groups))
    if groups:
        rows = Story.objects.filter(translation_group__in=groups, noindex=False, original_url="", listings__list_key="site").order_by("pk")
        for group, link, language in rows.values_list("translation_group", "permalink", KeyTextTransform("language", "galley__card")):
            found[group].append((language or "", absolute(link or "/")))
    return found


def _several(groups: dict[uuid.UUID, list[tuple[str, str]]], group: uuid.UUID | None) -> tuple[tuple[str, str], ...]:
    linked = groups.get(group, []) if group else []
    return tuple(sorted(linked)) if len(linked) > 1 else ()


@Prepared
def _news(since: dt.datetime) -> Any:
    # What somebody paid for is no news.
    shown = Listing.objects.of("site").filter(published__gte=since, story__noindex=False, story__original_url="", story__paid_by="")
    return shown.values_list("pk", "story__permalink", "story__title", _LANGUAGE, Moment("published"))[:NEWS_MOST]


def news(now: dt.datetime) -> tuple[tuple[int, ...], list[NewsEntry]]:
    """The stories of two days, newest first, at most a thousand, and the numbers of their rows; one query."""
    rows = _news(now - dt.timedelta(days=NEWS_DAYS))
    entries = [
        NewsEntry(absolute(link), title, _iso_639(language or ""), published) for _pk, link, title, language, published in rows if link
    ]
    return tuple(row[0] for row in rows), entries


def _iso_639(tag: str) -> str:
    """A language as the news sitemap writes it: two or three letters, but for the two scripts of Chinese."""
    parts = tag.lower().split("-")
    if parts[0] == "zh":
        return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(parts[1:]) else "zh-cn"
    return parts[0]


_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_IMAGES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def changes() -> dict[str, str]:
    """By path, when a month's sitemap was last changed; those that have not been since this is noted are not in it. One query."""
    rows = Stamp.objects.filter(name__startswith=PREFIX).order_by().values_list("name", "moment")
    moments = ((name, dt.datetime.fromtimestamp(moment, dt.UTC)) for name, moment in rows)
    return {f"/sitemap-{name.removeprefix(PREFIX)}.xml": day(moment) for name, moment in moments}


def index_xml(paths: Sequence[str], changed: Mapping[str, str]) -> str:
    """A sitemap index; `changed` as `changes` gives it."""
    lastmod = {path: element("lastmod", moment) for path, moment in changed.items()}
    named = "".join(f"<sitemap><loc>{text(absolute(path))}</loc>{lastmod.get(path, '')}</sitemap>\n" for path in paths)
    return f"{HEAD}<sitemapindex {_NAMES}>\n{named}</sitemapindex>\n"


def urlset_xml(entries: Iterable[Entry]) -> str:
    """A sitemap; addresses longer than a sitemap may name are left out."""
    return _urlset(_url(entry.url, entry.changed, entry.image, entry.alternates) for entry in entries)


def _urlset(urls: Iterable[str]) -> str:
    return f"{HEAD}<urlset {_NAMES} {_IMAGES} {_LINKS}>\n{''.join(urls)}</urlset>\n"


def _url(address: str, changed: str, image: str, alternates: Sequence[tuple[str, str]]) -> str:
    if len(address) >= LONGEST:
        return ""
    url = f"<loc>{text(address)}</loc>"
    if changed:
        url += f"<lastmod>{changed}</lastmod>"
    if image:
        url += f"<image:image><image:loc>{text(image)}</image:loc></image:image>"
    if alternates:
        links = "".join([raw("xhtml:link", rel="alternate", hreflang=tag, href=other) for tag, other in alternates])
        url += links if len(url) + len(links) < HEAVIEST else ""
    return f"<url>{url}</url>\n"


def news_xml(entries: Iterable[NewsEntry], *, name: str) -> str:
    """A news sitemap (Google's news extension 0.9)."""
    urls = "".join(_news_url(entry, name) for entry in entries if len(entry.url) < LONGEST)
    return f"{HEAD}<urlset {_NAMES} {_NEWS}>\n{urls}</urlset>\n"


def _news_url(entry: NewsEntry, name: str) -> str:
    publication_ = element("news:name", name) + element("news:language", entry.language)
    said = element("news:publication_date", entry.published) + element("news:title", entry.title)
    return f"<url><loc>{text(entry.url)}</loc><news:news><news:publication>{publication_}</news:publication>{said}</news:news></url>\n"
