"""Everything a publication holds as plain records, one at a time; `docs/contracts/export.md` describes each.

Records name one another by what outlives a database: addresses of sections, slugs of people and topics. Pictures, files
and pages keep the number they have here, for several may share a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.importing.export import recorded, remembered
from broadsheet.importing.export.names import Record, file_id, moment, picture_id
from broadsheet.media.actions import focus_of
from broadsheet.media.models import Document, Image
from broadsheet.people.models import Declarations, Person, Publication
from broadsheet.record import marks
from broadsheet.stories import relating
from broadsheet.stories.blocks import in_marked, items_of
from broadsheet.stories.models import Byline, Gone, Placement, ReaderComment, Section, StaticPage, Story, Topic
from broadsheet.stories.queries import SectionTree

BATCH = 200
RELATIONS = ("sections", "topics", "placements", "related_pinned", "related_banned")
PUBLICATION = (
    "name", "tagline", "description", "language", "zone", "permalink_pattern", "type_set", "brand_colour", "opinion_disclaimer",
    "disclaimer", "legal_name", "legal_number", "legal_address", "founded", "show_comments", "full_text_feeds", "licence",
    "republishing", "count_reads", "take_reports", "reports_to",
)  # fmt: skip
DECLARATIONS = ("crawlers", "ads_txt", "trust_txt", "security_contact")


class Archive:
    """The publication as it is now; each method reads one kind of record, in an order that a reader can follow."""

    def __init__(self) -> None:
        self.tree = SectionTree.read()
        self.topics_by_id = dict(Topic.objects.values_list("pk", "slug"))
        self.people_by_id = dict(Person.objects.values_list("pk", "slug"))
        self.placements_by_id = dict(Placement.objects.values_list("pk", "slug"))

    def site(self) -> Record:
        """Masthead, legal lines, menu and the front's containers."""
        paper = Publication.objects.select_related("logo").first() or Publication()
        front = FrontPage.only_one()
        return {
            "publication": {name: getattr(paper, name) for name in PUBLICATION} | {"logo": picture_id(paper.logo_id)},
            "declarations": self._declarations(),
            "menu": self._menu(),
            "log": recorded.where_it_stood(),
            "front": {
                "title": front.title if front else paper.name,
                "search_description": front.search_description if front else "",
                "containers": self._containers(front.containers) if front else [],
                "story_blocks": self._containers(front.story_blocks) if front else [],
            },
        }

    def _declarations(self) -> Record:
        declared = Declarations.objects.order_by("pk").first() or Declarations()
        chosen = {name: pk for name in Declarations.POLICIES if (pk := getattr(declared, f"{name}_id"))}
        addresses = dict(StaticPage.objects.filter(pk__in=chosen.values()).exclude(permalink=None).values_list("pk", "permalink"))
        policies = {name: addresses[pk] for name, pk in chosen.items() if pk in addresses}
        return {name: getattr(declared, name) for name in DECLARATIONS} | {"policies": policies}

    def _menu(self) -> list[Record]:
        found = []
        for one in MenuEntry.objects.order_by("pk"):
            section = self.tree.by_id.get(one.section_id or 0)
            found.append(
                {
                    "id": one.pk, "text": one.text, "url": one.url, "section": section.url if section else "",
                    "parent": one.parent_id, "position": one.position,
                }
            )  # fmt: skip
        return found

    def _containers(self, stream: Any) -> list[Record]:
        found = []
        for block in stream.raw_data:
            value = block["value"]
            section = self.tree.by_id.get(value.get("section") or 0)
            pinned = [one["value"] if isinstance(one, dict) else one for one in value.get("pinned") or []]
            found.append(
                {
                    "kind": block["type"],
                    "language": value.get("language") or "",
                    "layout": value.get("layout") or "section",
                    "count": value.get("count") or 5,
                    "heading": value.get("heading") or "",
                    "section": section.url if section else "",
                    "placement": self.placements_by_id.get(value.get("placement") or 0, ""),
                    "topic": self.topics_by_id.get(value.get("topic") or 0, ""),
                    "pinned": [pk for pk in pinned if pk],
                }
            )
        return found

    def sections(self) -> Iterator[Record]:
        """All sections, parents first, in the editor's order."""
        for one in Section.objects.order_by("path"):
            yield {
                "address": self.tree.by_id[one.pk].url, "slug": one.slug, "name": one.title, "description": one.description,
                "tone": one.tone, "language": one.language, "live": one.live,
                "seo_title": one.seo_title, "search_description": one.search_description,
            }  # fmt: skip

    def people(self) -> Iterator[Record]:
        """All people; `merged_into` names the one who stands for somebody now."""
        for one in Person.objects.order_by("pk").select_related("merged_into"):
            yield {
                "slug": one.slug, "name": one.name, "kind": one.kind, "role": one.role, "biography": expand_db_html(one.biography),
                "website": one.website, "public_role": one.public_role, "portrait": picture_id(one.portrait_id),
                "merged_into": one.merged_into.slug if one.merged_into else "",
            }  # fmt: skip

    def topics(self) -> Iterator[Record]:
        """All topics; `merged_into` names the one that stands for it now."""
        for one in Topic.objects.order_by("pk"):
            yield {
                "slug": one.slug, "name": one.name, "kind": one.kind, "description": one.description, "promoted": one.promoted,
                "picture": picture_id(one.picture_id), "lead": one.lead_id,
                "merged_into": self.topics_by_id.get(one.merged_into_id or 0, ""),
            }  # fmt: skip

    def placements(self) -> Iterator[Record]:
        """All placement lists."""
        for one in Placement.objects.order_by("pk"):
            yield {"slug": one.slug, "name": one.name}

    def media(self) -> Iterator[tuple[Record, Any]]:
        """All pictures and files, each with the stored original."""
        for image in Image.objects.order_by("pk").prefetch_related("tags").iterator(BATCH):
            record = {
                "id": picture_id(image.pk), "file": f"{image.pk}/{_base(image.file.name)}", "title": image.title, "alt": image.alt,
                "caption": image.caption, "credit": image.credit, "licence": image.licence,
                "rights_expire": image.rights_expire.isoformat() if image.rights_expire else None,
                "focus": list(focus_of(image)) if image.focal_point_x is not None else None, "token": image.token,
                "added": moment(image.created_at), "tags": [tag.name for tag in image.tags.all()], "public": _public(image),
            }  # fmt: skip
            yield record, image.file
        for document in Document.objects.order_by("pk").prefetch_related("tags").iterator(BATCH):
            record = {
                "id": file_id(document.pk), "file": f"f{document.pk}/{_base(document.file.name)}", "title": document.title, "alt": "",
                "caption": "", "credit": "", "licence": "", "rights_expire": None, "focus": None, "token": "",
                "added": moment(document.created_at), "tags": [tag.name for tag in document.tags.all()], "public": document.url,
            }  # fmt: skip
            yield record, document.file

    def pages(self) -> Iterator[Record]:
        """All static pages, parents first."""
        parents = {path: pk for pk, path in StaticPage.objects.values_list("pk", "path")}
        for batch in _batches(StaticPage.objects.order_by("path")):
            for page in batch:
                yield {
                    **self._common(page), "standfirst": page.standfirst, "language": page.language, "in_footer": page.in_footer,
                    "parent": parents.get(page.path[: -Page.steplen]), "blocks": self.blocks_of(page), "draft": self._draft(page),
                }  # fmt: skip

    def stories(self) -> Iterator[Record]:
        """All stories, the oldest first."""
        for batch in _batches(Story.objects.order_by("pk")):
            ids = [story.pk for story in batch]
            comments: dict[int, list[Record]] = defaultdict(list)
            for comment in ReaderComment.objects.filter(story_id__in=ids).order_by("story_id", "position"):
                comments[comment.story_id].append(_comment(comment))
            linked = {name: _linked(name, ids) for name in RELATIONS}
            bylines: dict[int, list[Record]] = defaultdict(list)
            for line in Byline.objects.filter(story_id__in=ids).order_by("story_id", "sort_order", "pk"):
                bylines[line.story_id].append({"person": self.people_by_id[line.person_id], "role": line.role})
            related = relating.found_for(ids)
            for story in batch:
                relations = {name: found.get(story.pk, []) for name, found in linked.items()}
                yield {
                    **self._common(story),
                    **self._story(story, bylines[story.pk], relations),
                    "related": related.get(story.pk),
                    "comments": comments[story.pk],
                    "draft": self._draft(story),
                }

    def record(self) -> Iterator[Record]:
        """Every entry of the record, in the order in which they were made."""
        return recorded.entries(self.tree)

    def redirects(self) -> Iterator[Record]:
        """Old addresses that lead somewhere, and those that say 410."""
        rows = Redirect.objects.order_by("pk").select_related("redirect_page").iterator(BATCH)
        for one in rows:
            target = one.redirect_link or (one.redirect_page.get_url() if one.redirect_page else "")
            if target:
                yield {"from": one.old_path, "to": target, "permanent": one.is_permanent}
        for address in Gone.objects.order_by("pk").values_list("permalink", flat=True).iterator(BATCH):
            yield {"from": address, "to": "", "permanent": True}

    def sources(self) -> Iterator[Record]:
        """What imports remember, in the order in which it came in."""
        return remembered.sources(self)

    def _common(self, page: Story | StaticPage) -> Record:
        scheduled = None if page.live else page.revisions.filter(approved_go_live_at__isnull=False).first()
        return {
            "id": page.pk, "status": "published" if page.live else "scheduled" if scheduled else "draft",
            "address": page.permalink or "", "slug": page.slug, "headline": page.title,
            "published": moment(page.published), "updated": moment(page.updated),
            "first_published": moment(page.first_published_at), "last_published": moment(page.last_published_at),
            "goes_live": moment(scheduled.approved_go_live_at) if scheduled else None, "expires": moment(page.expire_at),
            "seo_title": page.seo_title, "search_description": page.search_description, "noindex": page.noindex,
            "translation_group": str(page.translation_group) if page.translation_group else "",
        }  # fmt: skip

    def _story(self, story: Story, byline: list[Record], relations: dict[str, list[int]]) -> Record:
        home = self.tree.home_of(story.path)
        return {
            "kind": story.kind, "language": story.language, "standfirst": story.standfirst, "dateline": story.dateline,
            "byline": byline, "section": home.url if home else "",
            "sections": [self.tree.by_id[pk].url for pk in relations["sections"] if pk in self.tree.by_id],
            "topics": [self.topics_by_id[pk] for pk in relations["topics"]],
            "placements": [self.placements_by_id[pk] for pk in relations["placements"]],
            "related_pinned": relations["related_pinned"], "related_banned": relations["related_banned"],
            "picture": picture_id(story.lead_image_id), "picture_alt": story.lead_alt, "picture_caption": story.lead_caption,
            "long_read": story.long_read, "original_url": story.original_url, "not_republished": story.not_republished,
            "blocks": self.blocks_of(story), **{name: getattr(story, name) for name in story.LABELS},
        }  # fmt: skip

    def _draft(self, page: Story | StaticPage) -> Record | None:
        """What the latest revision says when that is not what stands above."""
        if not page.has_unpublished_changes or page.latest_revision_id is None:
            return None
        draft: Any = page.get_latest_revision_as_object()
        shared = {
            "slug": draft.slug,
            "headline": draft.title,
            "seo_title": draft.seo_title,
            "search_description": draft.search_description,
            "noindex": draft.noindex,
        }
        if isinstance(draft, StaticPage):
            return {**shared, "standfirst": draft.standfirst, "language": draft.language, "blocks": self.blocks_of(draft)}
        byline = [{"person": self.people_by_id[b.person_id], "role": b.role} for b in draft.bylines.all()]
        relations = {name: [one.pk for one in getattr(draft, name).all()] for name in RELATIONS}
        return {**shared, **self._story(draft, byline, relations)}

    def blocks_of(self, page: Story | StaticPage) -> list[Record]:
        """The body as the contract has it, pictures, files and speakers by their names in the export, links as readers follow them."""
        return [
            {"type": block["type"], "value": _value(block["type"], in_marked(block, self._named_speakers))} for block in page.body.raw_data
        ]

    def _named_speakers(self, html: str) -> str:
        def named(mark: marks.Mark) -> marks.Mark:
            pk = mark.statement.speaker if mark.statement else None
            return marks.spoken_by(mark, self.people_by_id.get(pk) if isinstance(pk, int) else None)

        return marks.changed(html, named)


def _value(kind: str, value: Any) -> Any:
    if kind == "text":
        return expand_db_html(value or "")
    if kind == "picture":
        return _picture(value)
    if kind == "gallery":
        pictures = [_picture(one) for one in items_of(value.get("pictures"))]
        return {"pictures": pictures, "caption": expand_db_html(value.get("caption") or "")}
    if kind in ("quote", "factbox"):
        return {**value, "text": expand_db_html(value.get("text") or "")}
    if kind == "file":
        return {**value, "document": file_id(value.get("document"))}
    if kind == "buttons":
        return {"links": items_of(value.get("links"))}
    return value


def _picture(value: Record) -> Record:
    return {**value, "image": picture_id(value.get("image")), "caption": expand_db_html(value.get("caption") or "")}


def _comment(one: ReaderComment) -> Record:
    return {
        "number": one.number, "depth": one.depth, "kind": one.kind, "author": one.author, "url": one.url,
        "published": moment(one.published), "html": one.html,
    }  # fmt: skip


def _linked(name: str, ids: Sequence[int]) -> dict[int, list[int]]:
    field: Any = Story._meta.get_field(name)
    through: Any = getattr(Story, name).through
    story, target = field.m2m_column_name(), field.m2m_reverse_name()
    found: dict[int, list[int]] = defaultdict(list)
    for story_id, pk in through.objects.filter(**{f"{story}__in": ids}).order_by("pk").values_list(story, target):
        found[story_id].append(pk)
    return found


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    found: Iterator[Model] = rows.iterator(BATCH)
    while batch := list(islice(found, BATCH)):
        yield batch


def _public(image: Image) -> str:
    files = (image.encoded or {}).get("full")
    from django.conf import settings

    return f"{settings.MEDIA_URL}{files[-1][2]}.jpg" if files else ""


def _base(name: str) -> str:
    return name.rpartition("/")[2]
