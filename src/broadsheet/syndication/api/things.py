"""What the API tells of sections, people, topics, pictures, static pages and the publication: what is public of them, and nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404
from wagtail.rich_text import expand_db_html

from broadsheet.html import sanitise
from broadsheet.media.models import Image as StoredImage
from broadsheet.people.models import Person, Publication, direction_of
from broadsheet.stories.models import Listing, Section, StaticPage, Topic
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import LINKED_FROM, SectionEntry, SectionTree
from broadsheet.syndication import schema
from broadsheet.syndication.api import shapes, telling
from broadsheet.syndication.api.asked import ListAsked
from broadsheet.syndication.api.blocks import taken_apart
from broadsheet.syndication.api.telling import PICTURE, meta
from broadsheet.syndication.bodies import completed
from broadsheet.syndication.formats import ways

LOOKED_AT = 500
"""Rows that one answer looks at, at most: most of what is stored may not be public."""


class Merged(Exception):
    """It stands under another id now, which is the argument."""


def _part(rows: QuerySet[Any], asked: ListAsked, shown: Q, *columns: str) -> tuple[list[Any], int | None]:
    """Rows behind a cursor that are `shown`, in the order of their ids, and where the list goes on; two look-ups."""
    behind = rows.filter(pk__gt=asked.cursor or 0).order_by("pk")
    end = behind.values_list("pk", flat=True)[LOOKED_AT - 1 : LOOKED_AT].first()
    looked_at = behind.filter(pk__lte=end) if end else behind
    found = list(looked_at.filter(shown).values_list("pk", *columns)[: asked.limit + 1])
    more = len(found) > asked.limit
    return found[: asked.limit], found[asked.limit - 1][0] if more else end


def _listed(word: str, outer: str = "pk") -> QuerySet[Any]:
    return Listing.objects.filter(list_key=Concat(Value(f"{word}:"), Cast(OuterRef(outer), CharField())))


# Sections.


def _section(entry: SectionEntry, tree: SectionTree, paper: str) -> shapes.Section:
    language = entry.language or paper
    above = next((s for s in reversed(tree.line(entry.path)[:-1]) if s.live), None)
    return {
        **telling.page(entry), "language": language, "direction": direction_of(language), "tone": entry.tone,
        "parent": telling.page(above) if above else None,
    }  # fmt: skip


def sections(asked: ListAsked) -> tuple[list[shapes.Section], int | None]:
    """Public sections, in the order of their ids."""
    tree = SectionTree.read()
    behind = sorted((e for e in tree.entries if e.live and e.id > (asked.cursor or 0)), key=lambda e: e.id)
    shown = behind[: asked.limit]
    paper = publication().language
    return [_section(entry, tree, paper) for entry in shown], shown[-1].id if len(behind) > asked.limit else None


def section(pk: int) -> shapes.SectionDetail:
    """A public section."""
    tree = SectionTree.read()
    entry = tree.by_id.get(pk)
    if entry is None or not entry.live:
        raise Http404
    description = Section.objects.filter(pk=pk).order_by().values_list("description", flat=True).first() or ""
    children = [telling.page(child) for child in tree.children(entry)]
    return {**_section(entry, tree, publication().language), "description": description, "children": children}


# People.

_WITH_STORIES = Q(Exists(_listed("person")), merged_into=None)


def people(asked: ListAsked) -> tuple[list[shapes.Person], int | None]:
    """People with public stories."""
    rows, end = _part(Person.objects.all(), asked, _WITH_STORIES, "name", "slug", "role")
    return [{**telling.person(pk, name, f"/people/{slug}/"), "role": role} for pk, name, slug, role in rows], end


def person(pk: int) -> shapes.PersonDetail:
    """Somebody with public stories; raises Merged for who stands under another id."""
    who = Person.objects.filter(pk=pk).select_related("portrait").first()
    if who and who.merged_into_id:
        raise Merged(who.merged_into_id)
    if who is None or not Listing.objects.filter(list_key=f"person:{pk}").exists():
        raise Http404
    biography = completed(sanitise(expand_db_html(who.biography)), absolute(who.get_absolute_url())).html
    return {
        **telling.person(pk, who.name, who.get_absolute_url()), "role": who.role, "biography": biography, "website": who.website,
        "portrait": telling.image([getattr(who.portrait, name) for name in PICTURE]) if who.portrait else None,
    }  # fmt: skip


# Topics.


def topics(asked: ListAsked) -> tuple[list[shapes.Topic], int | None]:
    """The topics that are linked: promoted ones, and those of enough stories."""
    enough = Subquery(_listed("topic").order_by("-published", "-story_id").values("pk")[LINKED_FROM - 1 : LINKED_FROM])
    rows = Topic.objects.alias(enough=enough)
    found, end = _part(
        rows, asked, Q(merged_into=None) & (Q(promoted=True) | Q(enough__isnull=False)), "name", "slug", "description", "promoted", "kind"
    )
    return [_topic(*row) for row in found], end


def topic(pk: int) -> shapes.TopicDetail:
    """A topic that has a page; raises Merged for what stands under another id."""
    one = Topic.objects.filter(pk=pk).select_related("picture").first()
    if one and one.merged_into_id:
        raise Merged(one.merged_into_id)
    if one is None or not (one.promoted or Listing.objects.filter(list_key=f"topic:{pk}").exists()):
        raise Http404
    image = telling.image([getattr(one.picture, name) for name in PICTURE]) if one.promoted and one.picture else None
    lead = telling.stories([one.lead_id]) if one.promoted and one.lead_id else []
    return {**_topic(pk, one.name, one.slug, one.description, one.promoted, one.kind), "image": image, "lead": lead[0] if lead else None}


def _topic(pk: int, name: str, slug: str, description: str, promoted: bool, kind: str) -> shapes.Topic:
    return {**telling.topic(pk, name, slug), "description": description, "promoted": promoted, "kind": kind}


# Pictures.


def _shown_image() -> Q:
    signed = Person.objects.filter(portrait=OuterRef("pk"), merged_into=None).annotate(
        public=Exists(Listing.objects.filter(list_key=Concat(Value("person:"), Cast(OuterRef("pk"), CharField()))))
    )
    logo = Publication.objects.filter(logo=OuterRef("pk"))
    topic = Topic.objects.filter(picture=OuterRef("pk"), promoted=True, merged_into=None)
    return Q(Exists(_listed("image"))) | Q(Exists(signed.filter(public=True))) | Q(Exists(logo)) | Q(Exists(topic))


def images(asked: ListAsked) -> tuple[list[shapes.Picture], int | None]:
    """Pictures in public stories and on promoted topics, portraits of those who wrote, the publication's logo."""
    rows, end = _part(StoredImage.objects.all(), asked, _shown_image(), *PICTURE[1:])
    return [told for row in rows if (told := telling.picture(row))], end


def image(pk: int) -> shapes.Image:
    """A picture that is public."""
    row = StoredImage.objects.filter(_shown_image(), pk=pk).order_by().values_list(*PICTURE).first()
    told = telling.image(row) if row else None
    if told is None:
        raise Http404
    return told


# Static pages.

_STATIC = ("title", "permalink", "standfirst", "language")


def _static(paper: str, pk: int, title: str, link: str | None, standfirst: str, language: str) -> shapes.StaticItem:
    tag = language or paper
    where = meta("stories.StaticPage", f"pages/{pk}/", link or "/")
    return {"id": pk, "title": title, "meta": where, "standfirst": standfirst, "language": tag, "direction": direction_of(tag)}


def pages(asked: ListAsked) -> tuple[list[shapes.StaticItem], int | None]:
    """Static pages."""
    rows, end = _part(StaticPage.objects.all(), asked, Q(live=True, permalink__isnull=False), *_STATIC)
    paper = publication().language
    return [_static(paper, *row) for row in rows], end


def page(pk: int) -> shapes.StaticDetail:
    """A static page with its text, as it was made at publish."""
    public = StaticPage.objects.filter(pk=pk, live=True, permalink__isnull=False).order_by()
    row = public.values_list("pk", *_STATIC, "galley__body_html").first()
    if row is None:
        raise Http404
    told, body = _static(publication().language, *row[:5]), row[5] or ""
    tokens = telling.tokens(body)
    html = completed(body, told["meta"]["html_url"]).html.strip()
    return {**told, "body_html": html, "blocks": taken_apart(body, told["meta"]["html_url"], tokens)}


# The publication.


def told_publication() -> shapes.Publication:
    """The publication, with its feeds and the pages on how it works."""
    paper = publication()
    logo = paper.logo
    return {
        "name": paper.name, "tagline": paper.tagline, "description": paper.description, "language": paper.language,
        "direction": paper.direction, "zone": paper.zone, "legal_name": paper.legal_name, "founded": paper.founded, "licence": paper.licence,
        "logo": telling.picture([getattr(logo, name) for name in PICTURE]) if logo else None, "policies": schema.policies(),
        "feeds": [{"type": type_, "url": absolute(path)} for path, type_ in ways("/feed/")], "sitemap": absolute("/sitemap.xml"),
        "meta": meta("people.Publication", "publication/", "/"),
    }  # fmt: skip
