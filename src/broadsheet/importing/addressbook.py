"""Every old address that can be told from an export, with what it must be answered with: one line of JSON each."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.db.models import Count

from broadsheet.durable import whole
from broadsheet.importing import languages
from broadsheet.importing.forwarding import file_address, may_be_given
from broadsheet.importing.ledger import Entry, second_key
from broadsheet.importing.models import FormerSlug, SourceItem, SourceMedia, SourceSite
from broadsheet.importing.spelling import key_of, without_size
from broadsheet.importing.survey import Source
from broadsheet.people.models import Person
from broadsheet.stories.models import Listing, StaticPage, Story, Topic
from broadsheet.stories.permalinks import is_free
from broadsheet.stories.projections import publication, successors
from broadsheet.stories.queries import SectionTree, span_of

BATCH = 200
_OF_LANGUAGE = {"": None, "feed/": "", "feed/atom/": "atom/"}
"""How the addresses of a language end, with the ending of its feed here."""
Line = dict[str, Any]
"""`address` (percent-encoded), `status`, `to` (for a redirect) and `of`: whose address it is."""


def write(source: Source, site: SourceSite, file: Path) -> dict[str, Any]:
    """Write the addresses of everything in an export, beside its report; returns what the report says of them."""
    counts: Counter[int] = Counter()
    with whole(file) as out:
        for line in Addresses(source, site).lines():
            counts[line["status"]] += 1
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return {"file": file.name, "count": counts.total(), "by_status": {str(status): n for status, n in sorted(counts.items())}}


class Addresses:
    """The old addresses of one site's export; a batch of items is in memory at a time."""

    def __init__(self, source: Source, site: SourceSite) -> None:
        self.source, self.site, self.root = source, site, source.survey.site.folder
        self.zone = publication().tzinfo
        self.sections = {entry.url for entry in SectionTree.read().entries if entry.live}
        self.days: set[dt.date] = set()
        self.sites_before = SourceSite.objects.filter(pk__lt=site.pk)

    def lines(self) -> Iterator[Line]:
        """All of them, each once per thing it is the address of."""
        for batch in self.source.survey.ledger.batches(BATCH):
            yield from self._items([entry for entry in batch if entry.key])
        yield from self._dates()
        yield from self._lists()
        yield from self._languages()
        yield from self._fixed()

    def _line(self, path: str, to: str, of: str, *, query: str = "") -> Line:
        """The line of a path that must lead to another one here, or to nothing when `to` is empty."""
        address = quote(path, safe="/:@!$&'()*+,;=~-._") + query
        if not to:
            return {"address": address, "status": 404, "of": of}
        if not query and path == to:
            return {"address": address, "status": 200, "of": of}
        return {"address": address, "status": 301, "to": quote(to, safe="/:@!$&'()*+,;=~-._"), "of": of}

    def _asked(self, query: str, to: str, of: str) -> Line:
        return self._line(f"{self.root}/", to, of, query=f"?{query}")

    def _items(self, batch: list[Entry]) -> Iterator[Line]:
        ledger = self.source.survey.ledger
        keys = {key for entry in batch for key in (str(entry.key), second_key(entry))}
        pages = {row.source_id: row for row in SourceItem.objects.filter(site=self.site, source_id__in=keys)}
        media = {m.source_id: m for m in SourceMedia.objects.filter(site=self.site, source_id__in=keys).select_related("image", "document")}
        public = self._public({*keys, *(m.parent for m in media.values())})
        elsewhere = set(SourceItem.objects.filter(site__in=self.sites_before, source_id__in=keys).values_list("source_id", flat=True))
        elsewhere |= set(SourceMedia.objects.filter(site__in=self.sites_before, source_id__in=keys).values_list("source_id", flat=True))
        paths = [row.old_path for row in pages.values() if row.old_path]
        held = self.sections | {
            p for model in (Story, StaticPage) for p in model.objects.filter(permalink__in=paths).values_list("permalink", flat=True)
        }
        for entry in batch:
            of = f"{entry.type} {entry.source_id}"
            # An id that is used twice, here or by a site moved in before, can mean only one of them.
            numbered = entry.has_id and entry.key == entry.source_id and entry.key not in elsewhere and entry.source_id.isdecimal()
            if entry.type == "attachment":
                row = media.get(str(entry.key)) or media.get(second_key(entry))
                if row:
                    path = ledger.attachments[str(entry.key)].path
                    yield from self._attachment(entry, row, path, public.get(row.parent, ""), of, numbered=numbered)
            elif entry.type != "nav_menu_item":
                item = pages.get(str(entry.key))
                if item is not None and not item.is_same(entry):
                    item, numbered = pages.get(second_key(entry)), False
                to = public.get(item.source_id, "") if item else ""
                if numbered:
                    yield self._asked(f"{'page_id' if entry.type == 'page' else 'p'}={entry.source_id}", to, of)
                # Where two had one address, or ours is there now, it can lead to one of them only; the report notes both.
                if item and to and item.old_path and (item.old_path == to or item.old_path not in held and is_free(item.old_path)):
                    yield from self._spellings(item.old_path, to, of)
        yield from self._former(list(pages.values()), public)

    def _public(self, keys: set[str]) -> dict[str, str]:
        """Addresses of the public pages among items; notes the days they were published on."""
        rows = SourceItem.objects.filter(site=self.site, source_id__in=keys - {""}, page__live=True)
        found = {}
        values = ("source_id", "page__story__permalink", "page__staticpage__permalink", "page__story__published")
        for key, story, static, published in rows.values_list(*values):
            found[key] = story or static or ""
            if story and published:
                self.days.add(published.astimezone(self.zone).date())
        return found

    def _former(self, items: list[SourceItem], public: dict[str, str]) -> Iterator[Line]:
        """Addresses made of slugs that items had before, unless something else has taken them over."""
        by_pk = {item.pk: item for item in items if public.get(item.source_id)}
        former = list(FormerSlug.objects.filter(item__in=by_pk).order_by("pk").values_list("item_id", "slug"))
        if not former:
            return
        paths = {(pk, slug): _renamed(by_pk[pk], slug) for pk, slug in former}
        others = SourceItem.objects.filter(page__live=True)
        in_use = set(others.filter(address__in=map(key_of, paths.values())).values_list("address", flat=True))
        slugs = set(others.filter(slug__in=[slug for _pk, slug in former]).values_list("slug", flat=True))
        shared = FormerSlug.objects.filter(slug__in=[slug for _pk, slug in former]).values_list("slug").annotate(n=Count("pk"))
        slugs |= {slug for slug, count in shared.order_by() if count > 1}
        for (pk, slug), path in paths.items():
            if path and slug not in slugs and key_of(path) not in in_use:
                item = by_pk[pk]
                yield self._line(path, public[item.source_id], f"{item.type} {item.source_id}, once “{slug}”")

    def _spellings(self, path: str, to: str, of: str) -> Iterator[Line]:
        yield self._line(path, to, of)
        if not path.isascii():
            line = self._line(path, to, of)
            yield {**line, "address": line["address"].lower()}
        if path.endswith("/"):
            yield self._line(path.rstrip("/"), to, of)
            for ending in ("feed/", "amp/"):
                yield self._line(path + ending, to, of)

    def _attachment(self, entry: Entry, row: SourceMedia, page: str, story: str, of: str, *, numbered: bool) -> Iterator[Line]:
        given = may_be_given(row)
        to = story or (file_address(row) if given else "")
        if numbered:
            yield self._asked(f"attachment_id={entry.source_id}", to, of)
        if page and "/uploads/" not in page:
            yield self._line(page, to, of)
        try:
            host, path = (urlsplit(row.url).hostname or "").removeprefix("www."), unquote(urlsplit(row.url).path)
        except ValueError:
            return
        # Files on another host were never at an address of this site.
        if "/uploads/" in path and host == (urlsplit(self.site.base_url).hostname or "").removeprefix("www."):
            yield self._line(path, file_address(row) if given else "", f"{of}, its file")
            if row.image and given:
                stem, dot, ending = without_size(path).rpartition(".")
                yield self._line(f"{stem}-300x200{dot}{ending}", file_address(row, width=300), f"{of}, a copy of its file")

    def _dates(self) -> Iterator[Line]:
        for parts in sorted({day.timetuple()[:n] for day in self.days for n in (1, 2, 3)}):
            path = "/" + "".join(f"{number:02d}/" for number in parts)
            # What this export brought in may have been taken down since.
            there = Listing.objects.of("site").between(*span_of(self.zone, *parts)).exists()
            yield self._line(f"{self.root}{path}", path if there else "", "date")
            yield self._asked(f"m={''.join(f'{number:02d}' for number in parts)}", path if there else "", "date")

    def _lists(self) -> Iterator[Line]:
        public = set(Listing.objects.filter(list_key__startswith="topic:").order_by().values_list("list_key", flat=True).distinct())
        public |= set(Listing.objects.filter(list_key__startswith="person:").order_by().values_list("list_key", flat=True).distinct())
        merged, people = successors(Topic), successors(Person)
        bases = {"category": self.site.category_base or "category", "post_tag": self.site.tag_base or "tag"}
        for term in self.site.terms.select_related("section", "topic", "placement").order_by("pk").iterator():
            # What a site moved in before also had is answered as that one's.
            if self.sites_before.filter(terms__taxonomy=term.taxonomy, terms__slug=term.slug).exists():
                continue
            to = ""
            if term.section and term.section.live:
                to = "/" + term.section.url_path.lstrip("/").partition("/")[2]
            elif term.placement:
                to = term.placement.get_absolute_url()
            elif term.topic:
                topic = term.topic if term.topic.pk not in merged else Topic.objects.get(pk=merged[term.topic.pk])
                to = topic.get_absolute_url() if topic.promoted or f"topic:{topic.pk}" in public else ""
            elif term.taxonomy not in bases:
                # A group that is nothing here: where its list was, no export tells.
                continue
            base = bases.get(term.taxonomy, term.taxonomy)
            query = {"category": "cat", "post_tag": "tag_id"}.get(term.taxonomy)
            yield from self._list(f"/{base}/{term.slug}/", to, f"{term.taxonomy} {term.slug}")
            if above := self._above(term.slug) if term.taxonomy == "category" else "":
                yield self._line(f"{self.root}/{base}/{above}{term.slug}/", to, f"{term.taxonomy} {term.slug}")
            if query and term.source_id and not self.sites_before.filter(terms__source_id=term.source_id).exists():
                yield self._asked(f"{query}={term.source_id}", to, f"{term.taxonomy} {term.slug}")
        slugs: set[str] = set()
        for author in self.site.people.select_related("person").order_by("pk").iterator():
            # Two logins that addresses cannot tell apart lead to the first.
            if author.slug in slugs or self.sites_before.filter(people__slug=author.slug).exists():
                continue
            slugs.add(author.slug)
            person = author.person if author.person.pk not in people else Person.objects.get(pk=people[author.person.pk])
            to = person.get_absolute_url() if f"person:{person.pk}" in public else ""
            if author.slug:
                yield from self._list(f"/author/{author.slug}/", to, f"author {author.login}")
            if author.source_id and not self.sites_before.filter(people__source_id=author.source_id).exists():
                yield self._asked(f"author={author.source_id}", to, f"author {author.login}")

    def _above(self, slug: str) -> str:
        """The slugs of the categories above one, as its address had them."""
        terms, line = self.source.survey.terms, [slug]
        while (term := terms.get(("category", line[0]))) and term.parent and term.parent not in line:
            line.insert(0, term.parent)
        return "".join(f"{one}/" for one in line[:-1])

    def _list(self, path: str, to: str, of: str) -> Iterator[Line]:
        yield self._line(self.root + path, to, of)
        yield self._line(f"{self.root}{path}page/2/", to, of)
        yield self._line(f"{self.root}{path}feed/", to and f"{to}feed/", of)

    def _languages(self) -> Iterator[Line]:
        for part, tag in languages.of_site(self.site, self.root):
            front = f"{self.root}/{part}/"
            # A section of ours answers for itself, and a page that was the front of a language is listed as that page.
            if front in self.sections:
                continue
            is_page = SourceItem.objects.filter(address=key_of(front)).exists()
            for ending, feed in _OF_LANGUAGE.items():
                if ending or not is_page:
                    yield {"address": front + ending, "status": 301, "to": languages.listed(tag, feed), "of": f"language {tag}"}

    def _fixed(self) -> Iterator[Line]:
        for path, to in (
            ("/", "/"), ("/feed/", "/feed/"), ("/feed/atom/", "/feed/atom/"), ("/feed/rdf/", "/feed/"), ("/feed/rss2/", "/feed/"),
            ("/comments/feed/", "/feed/"), ("/page/2/", "/latest/"), ("/amp/", "/"), ("/wp-sitemap.xml", "/sitemap.xml"),
            ("/wp-sitemap-posts-post-1.xml", "/sitemap.xml"), ("/sitemap_index.xml", "/sitemap.xml"), ("/post-sitemap.xml", "/sitemap.xml"),
        ):  # fmt: skip
            # A section of ours may be where the old front was.
            ours = path in ("/", "/feed/", "/feed/atom/") and f"{self.root}/" in self.sections
            yield self._line(self.root + path, self.root + path if ours else to, "site")
        yield self._asked("feed=rss2", "/feed/", "site")
        for path in ("/wp-login.php", "/wp-admin/", "/xmlrpc.php"):
            yield {"address": self.root + path, "status": 410, "of": "WordPress itself"}


def _renamed(item: SourceItem, slug: str) -> str:
    """The address an item had under a former slug, where the address was made of the slug."""
    stem, found, end = item.old_path.rpartition(item.slug) if item.slug else ("", "", "")
    return f"{stem}{slug}{end}" if found and stem.endswith("/") and end in ("", "/", ".html") else ""
