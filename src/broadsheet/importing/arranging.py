"""What can be put in order only when everything is there: pages below pages, what is pinned, the menu."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.db import transaction
from django.utils.text import slugify

from broadsheet.fronts.arranging import default_front
from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.html import safe_url
from broadsheet.importing.blocks.addresses import own_path
from broadsheet.importing.groups import Groups
from broadsheet.importing.models import ImportRun, SourceItem, SourceSite
from broadsheet.importing.nesting import Tree
from broadsheet.importing.reconcile import Tally
from broadsheet.importing.records import MenuLink, Reroute
from broadsheet.importing.redirecting import take_over
from broadsheet.importing.survey import Oddities
from broadsheet.people.models import Publication
from broadsheet.stories.models import Listing, Placement, Section, StaticPage, Story, Topic
from broadsheet.stories.queries import SectionTree

_MAIN = re.compile(r"\b(?:main|primary|header|top|principal|haupt\w*|menu-1|navigation)\b", re.I)
_OTHER = re.compile(r"\b(?:social|footer|secondary|legal|mobile|testing)\b", re.I)


@dataclass(slots=True)
class Arranging:
    """The last step of an import."""

    site: SourceSite
    run: ImportRun
    front: FrontPage
    odd: Oddities
    _pages: dict[str, SourceItem] = field(default_factory=dict)

    def rows(self, keys: Iterable[str]) -> dict[str, SourceItem]:
        """What items with these keys became."""
        wanted = [key for key in keys if key and key not in self._pages]
        for start in range(0, len(wanted), 500):
            found = self.site.items.filter(source_id__in=wanted[start : start + 500], page__isnull=False).select_related("page")
            self._pages.update({row.source_id: row for row in found})
        return self._pages

    def sign(self, logo_id: int | None) -> None:
        """Put the old site's logo on the masthead; only its first import does, so that what an editor took off stays off."""
        if logo_id is None or self.site.runs.exclude(pk=self.run.pk).exists():
            return
        paper = Publication.objects.filter(logo=None).first()
        if paper is not None:
            paper.logo_id = logo_id
            paper.save()

    def nest(self, parents: Mapping[str, str]) -> None:
        """Put static pages that this run brought in below the pages they stood below; their addresses stay."""
        rows, wanted = self.rows([*parents, *parents.values()]), {}
        for key, parent_key in parents.items():
            row, upper = rows.get(key), rows.get(parent_key)
            if row is None or row.run_id != self.run.pk or row.page is None:
                continue
            if upper is None or upper.page is None:
                self.odd.add("page whose parent is not here, put at the top", f"{row.type} {row.source_id}")
                continue
            wanted[row.page.pk] = (upper.page.pk, row)
        tree = Tree(self.front.pk, [*wanted, *(parent for parent, _row in wanted.values())])
        for page, (parent, row) in wanted.items():
            if tree.is_at_the_top(page) and not tree.put_below(page, parent, slugify(row.slug, allow_unicode=True)[:200]):
                self.odd.add("pages that are each other's parents", f"{row.type} {row.source_id}")
        tree.write()

    def pin(self, keys: Sequence[str]) -> None:
        """Pin what was sticky to the lead of the front, as long as nobody has arranged the front."""
        front = FrontPage.objects.get(pk=self.front.pk)
        if not keys or front.containers.raw_data:
            return
        rows = self.rows(keys)
        ids = [row.page.pk for key in keys if (row := rows.get(key)) is not None and row.page is not None]
        public = set(Listing.objects.filter(list_key="site", story_id__in=ids).values_list("story_id", flat=True))
        pinned = [pk for pk in ids if pk in public]
        if not pinned:
            return
        orders = default_front(SectionTree.read(), dict(Placement.objects.values_list("slug", "pk")))
        containers = []
        for number, order in enumerate(orders):
            if order.most_read:
                most_read = {"heading": "", "section": None, "language": "", "count": order.count}
                containers.append(("most_read", front.containers.stream_block.child_blocks["most_read"].to_python(most_read)))
                continue
            kind, _sep, pk = order.list_key.partition(":")
            value = {"heading": "", "layout": order.layout, "count": order.count, "pinned": pinned[: order.count] if number == 0 else []}
            containers.append(("container", front.containers.stream_block.child_blocks["container"].to_python(
                value | {name: int(pk) if kind == name else None for name in ("section", "placement", "topic")}
            )))  # fmt: skip
        front.containers = containers
        front.save_revision(changed=False).publish()
        self.odd.add("sticky, pinned on the front's lead", "", len(pinned))

    def menu(self, menus: Mapping[str, Sequence[MenuLink]], groups: Groups, *, chosen: str = "") -> None:
        """Make the main menu of the old site the menu here, as long as nobody has made one."""
        if not menus or MenuEntry.objects.exists():
            return
        name = chosen or max(sorted(menus), key=lambda name: (_rank(name), len(menus[name])))
        for other in sorted(set(menus) - {name}):
            self.odd.add("menu left out: choose it with --menu", f"{other} ({len(menus[other])} entries)")
        with transaction.atomic():
            made = self._entries(sorted(menus[name], key=lambda one: one.order), groups)
        if made:
            self.odd.add(f"menu “{name}” taken as the main menu", "", made)

    def reroute(self, reroutes: Sequence[Reroute], tally: Tally) -> None:
        """Take over the redirects that the old site's owner had set up."""
        take_over(self.site, self.run, reroutes, tally, self.odd)

    def _entries(self, links: Sequence[MenuLink], groups: Groups) -> int:
        self.rows(link.target for link in links if link.kind == "item")
        made: dict[str, MenuEntry] = {}
        below: dict[str, list[MenuLink]] = defaultdict(list)
        for link in links:
            below[link.parent].append(link)
        tree = SectionTree.read()
        for position, link in enumerate(self._with_pages(links)):
            entry = self._entry(link, groups, tree) or self._heading(link, below, groups, tree)
            if entry is None:
                self.odd.add("menu entry that leads nowhere here", link.text or link.url or link.target)
                continue
            upper = made.get(link.parent)
            # A third level stands on the second: the menu has two.
            entry.parent = upper.parent or upper if upper else None
            entry.position = position
            entry.save()
            made[link.source_id] = entry
        return len(made)

    def _with_pages(self, links: Sequence[MenuLink]) -> list[MenuLink]:
        """Links with “all pages” replaced by the pages at the top."""
        out: list[MenuLink] = []
        for link in links:
            if link.kind != "pages":
                out.append(link)
                continue
            pages = StaticPage.objects.child_of(self.front).filter(live=True, permalink__isnull=False).order_by("path")
            out += [MenuLink(f"page:{p.pk}", p.title, "address", "", p.permalink or "", link.parent, link.order) for p in pages]
        return out

    def _heading(self, link: MenuLink, below: Mapping[str, Sequence[MenuLink]], groups: Groups, tree: SectionTree) -> MenuEntry | None:
        """An entry that only held others together leads to the first of them."""
        for child in below.get(link.source_id, ()) if link.text and link.kind == "address" else ():
            if (entry := self._entry(child, groups, tree)) is not None:
                section = tree.by_id.get(entry.section_id or 0)
                return MenuEntry(text=link.text[:80], url=section.url if section else entry.url)
        return None

    def _entry(self, link: MenuLink, groups: Groups, tree: SectionTree) -> MenuEntry | None:
        text = link.text[:80]
        if link.kind == "item" and (row := self._pages.get(link.target)) is not None and row.page is not None:
            model = Story if row.page.specific_class is Story else StaticPage
            page = model._base_manager.filter(pk=row.page_id, live=True).first()
            return (
                MenuEntry(text=text or page.title[:80], url=page.permalink)
                if page and page.permalink and len(page.permalink) <= 300
                else None
            )
        if link.kind == "term" and (term := groups.numbered(link.target)) is not None:
            if term.section_id:
                return MenuEntry(text="" if text == (term.section.title if term.section else "") else text, section_id=term.section_id)
            listed = term.topic or term.placement
            return MenuEntry(text=text or str(listed)[:80], url=listed.get_absolute_url()) if listed else None
        url = own_path(safe_url(link.url), self.site.base_url)
        if link.kind != "address" or not text or not re.match(r"/(?!/)|https?://", url) or len(url) > 300:
            return None
        if (found := re.fullmatch(r"/tag/([^/?#]+)/?", url)) and (listed := _tagged(found[1], groups)) is not None:
            if isinstance(listed, Section):
                return MenuEntry(text="" if text == listed.title else text, section=listed)
            return MenuEntry(text=text, url=listed.get_absolute_url())
        section = next((one for one in tree.entries if one.live and f"/category{one.url}".rstrip("/") == url.rstrip("/")), None)
        return MenuEntry(text=text, section_id=section.id) if section else MenuEntry(text=text, url=url)


def _tagged(slug: str, groups: Groups) -> Section | Topic | Placement | None:
    """What stands for a tag: its topic; of Ghost's tags some are sections and lists."""
    for taxonomy in ("post_tag", "category"):
        if term := groups.terms.get((taxonomy, unquote(slug))):
            return term.section or term.topic or term.placement
    return None


def _rank(name: str) -> int:
    plain = name.replace("_", "-")
    return 0 if _OTHER.search(plain) else 2 if _MAIN.search(plain) else 1
