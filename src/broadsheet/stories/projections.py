"""What is derived from a page at publish: permalink, galley, listing rows, what search finds it by, what waits to be related.

`after_save` is where `save()` of every story and static page ends; `project` does a batch and is what the importer calls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from broadsheet import rows
from broadsheet.delivery import stamps
from broadsheet.people.models import Publication
from broadsheet.record.actions import FIRST, Said
from broadsheet.record.reports.actions import corrected, last_version
from broadsheet.search import index
from broadsheet.stories import indexing, keys, loose_ends, marking, recording, relating, sitemap_places, tallies
from broadsheet.stories.indexing import Public
from broadsheet.stories.permalinks import beside, from_pattern, is_free, numbered
from broadsheet.stories.prepared import Prepared, columns_of, instance_of
from broadsheet.stories.signals import story_published, story_withdrawn
from broadsheet.stories.typesetting import Ingredients, Known, typeset

if TYPE_CHECKING:
    from broadsheet.stories.models import Story

UPDATED = "updated"
"""The list of all stories by their last substantive update, or where there was none by their date: the one list whose `published` is not that."""
Printable: TypeAlias = Any
"""A Story or a StaticPage: the models import this module, so it cannot name them."""


def publication() -> Publication:
    """The publication of the one site, with its defaults when nobody has set it up yet."""
    row = next(iter(_publication()), None)
    return instance_of(Publication, columns_of(Publication), row) if row else Publication()


@Prepared
def _publication() -> Any:
    return Publication.objects.order_by("pk").values_list(*columns_of(Publication))[:1]


def tentative_permalink(page: Printable) -> str:
    """The address a page would get if it were published now; nothing is written."""
    from broadsheet.stories.models import Story

    if not isinstance(page, Story):
        address = "/" + page.url_path.lstrip("/").partition("/")[2]
        return address if is_free(address) else beside(address)
    paper = publication()
    section = page.get_parent()
    section_path = section.url_path.lstrip("/").partition("/")[2].strip("/") if section else ""
    when = page.published or page.first_published_at or timezone.now()
    address = from_pattern(
        paper.permalink_pattern, section=section_path, slug=page.slug, published=when, zone=paper.tzinfo, pk=page.pk or 0
    )
    return address if is_free(address) else beside(address)


def is_taken(address: str, *, besides: Any) -> bool:
    """True when another page has, or had, this address."""
    from broadsheet.stories.models import StaticPage, Story

    return any(model.objects.filter(permalink=address).exclude(pk=besides).exists() for model in (Story, StaticPage))


def after_save(page: Printable) -> None:
    """Bring everything derived from a page up to date with what was just written, inside the caller's transaction."""
    from broadsheet.stories.models import Gone, Story

    said: Said | None = None
    # Of a draft; gone from the story when it is published, as all that is said of a change.
    report = page.change_report if isinstance(page, Story) and page.live else None
    since = last_version(page.pk) if report else 0
    if page.live:
        now = timezone.now()
        changes: dict[str, Any] = {}
        if page.published is None:
            changes["published"] = page.first_published_at or now
            page.published = changes["published"]
            said = FIRST
        elif isinstance(page, Story):
            said = recording.said_of(page)
            if said.insists:
                changes["updated"] = now
        if isinstance(page, Story):
            changes.update(recording.unsaid(page))
        if page.permalink is None:
            wanted = address = tentative_permalink(page)
            number = 2
            while is_taken(address, besides=page.pk):
                address, number = numbered(wanted, number), number + 1
            changes["permalink"] = address
            Gone.objects.filter(permalink=address).delete()
            Redirect.objects.filter(old_path=Redirect.normalise_path(address)).delete()
        if changes:
            for name, value in changes.items():
                setattr(page, name, value)
            type(page)._base_manager.filter(pk=page.pk).update(**changes)
    replaced = project([page], said={page.pk: said} if said else None)
    if report:
        corrected(report=report, story=page.pk, since=since)
    if isinstance(page, Story) and (page.live or replaced):
        signal = story_published if page.live else story_withdrawn
        transaction.on_commit(partial(signal.send_robust, sender=Story, story_id=page.pk))


def project(pages: Sequence[Printable], known: Known | None = None, said: Mapping[int, Said] | None = None) -> int:
    """Rewrite galley, listing and index rows and loose ends of a batch of pages of any state, and append to the record what readers see changed.

    The same number of queries whatever its size. `said` is by page: what is said of the changes that are published.

    Public pages get both; for the others the listing rows are removed and the galley stays as it was. Returns how many
    listing rows there were before: none if none of them was public.
    """
    from broadsheet.stories.models import Galley, Listing

    with transaction.atomic():
        # First of all: on PostgreSQL those who write list rows, and with them their counts, wait here for one another.
        stamps.touch(stamps.LISTS)
        ids = [p.pk for p in pages]
        # Of pages that were just made nothing is anywhere yet.
        is_new = known is not None
        loose_ends.rewrite(pages, are_new=is_new)
        held = {} if is_new else sitemap_places.held(ids)
        stood = Listing.objects.filter(story_id__in=ids)
        before = [] if is_new else list(stood.values_list("list_key", "published", "story_id"))
        replaced = 0 if is_new else stood.delete()[0]
        public: list[Any] = [p for p in pages if p.live and p.published]
        if not is_new:
            index.forget(public=ids, desk=[p.pk for p in public if not p.has_unpublished_changes and hasattr(p, "kind")])
        withdrawn = [] if is_new else [p.pk for p in pages if not (p.live and p.published) and hasattr(p, "kind")]
        relating.follow([p for p in (pages if replaced else public) if hasattr(p, "kind")], is_new=is_new)
        paper = publication()
        if not is_new:
            keys.touch_others(pages)
        places = sitemap_places.find([page for page in public if hasattr(page, "kind")], held)
        stamps.touch(*{*held.values(), *(place for place, _published, _story in places)})
        if not public:
            keys.touch_published(ids, before, (), zone=paper.tzinfo)
            marking.project(pages, {}, {}, before, {}, zone=paper.tzinfo, is_new=is_new)
            recording.append((), said, withdrawn=withdrawn)
            return replaced
        pot = Ingredients.of(public, publication=paper, known=known)
        galleys, listed, found, versions = [], [], [], []
        evidence, lists_of = {}, {}
        names = indexing.names_of(pot)
        for page in public:
            set_ = typeset(page, pot, known.bodies.get(page.pk) if known else None)
            marked = evidence[page.pk] = marking.Evidence.of(set_.body_html, set_.marked)
            galleys.append((page.pk, set_.card, set_.body_html, set_.body_text, marked.signs, set_.words))
            if hasattr(page, "kind"):
                lists = lists_of[page.pk] = _list_keys(page, pot)
                listed += [(key, page.published, page.pk) for key in lists]
                listed.append((UPDATED, page.updated or page.published, page.pk))
                found.append(Public(page.pk, page.published, set_.card, set_.folded, lists))
                versions.append(recording.version(page, set_, pot, names))
        listed += places
        made = ("card", "body_html", "body_text", "marked", "words")
        again = ", ".join(f"{name} = excluded.{name}" for name in made)
        rows.insert(Galley, ("page_id", *made), galleys, conflicts=f"ON CONFLICT (page_id) DO UPDATE SET {again}")
        tallies.enter(listed)
        indexing.enter(found, names)
        keys.touch_published(ids, before, listed, zone=paper.tzinfo, in_bulk=is_new)
        marking.project(pages, evidence, lists_of, before, pot.people, zone=paper.tzinfo, is_new=is_new)
        if not (known and known.has_record):
            recording.append(versions, said, withdrawn=withdrawn, are_new=is_new)
    return replaced


def _list_keys(story: Story, pot: Ingredients) -> list[str]:
    keys = {"site": None, f"kind:{story.kind}": None, f"language:{pot.language(story)[0]}": None}
    for section in pot.sections_of(story):
        keys[f"own:{section.id}"] = None
        for ancestor in pot.tree.line(section.path):
            keys[f"section:{ancestor.id}"] = None
    keys.update({f"topic:{pk}": None for pk in pot.topics[story.pk]})
    keys.update({f"person:{person_id}": None for person_id, _role in pot.bylines[story.pk]})
    keys.update({f"placement:{pk}": None for pk in pot.placements[story.pk]})
    keys.update({f"image:{pk}": None for pk in pot.pictures_of(story)})
    return list(keys)


def project_where(**lookup: Any) -> int:
    """Project every story that a lookup finds, a batch at a time; returns how many."""
    from broadsheet.stories.models import Story

    ids = list(Story.objects.filter(**lookup).values_list("pk", flat=True).distinct())
    for start in range(0, len(ids), 200):
        project_again(Story, pk__in=ids[start : start + 200])
    return len(ids)


@transaction.atomic
def project_again(model: Any, **lookup: Any) -> None:
    """Project saved pages as they are; read once nobody can publish another text of them, which readers would lose again."""
    stamps.hold(stamps.LISTS)
    if pages := list(model.objects.filter(**lookup)):
        project(pages)


def successors(model: Any) -> dict[int, int]:
    """{merged id: id it now stands for} of people or topics, chains followed to their end."""
    direct = dict(model.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    ends = {}
    for start in direct:
        end, seen = start, set()
        while end in direct and end not in seen:
            seen.add(end)
            end = direct[end]
        ends[start] = end
    return ends


def pairs(rows: Iterable[tuple[int, Any]]) -> defaultdict[int, list[Any]]:
    """Rows of (story id, value) grouped by story, in order, each value once."""
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for story_id, value in rows:
        if value not in grouped[story_id]:
            grouped[story_id].append(value)
    return grouped
