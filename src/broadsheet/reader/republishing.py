"""A story's text for those who may take it over: clean HTML with everything the publication asks for, on a page beside the story."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from broadsheet.people.models import Publication
from broadsheet.reader import contexts as c
from broadsheet.reader import dates
from broadsheet.reader.evidence import labels_of
from broadsheet.reader.frame import Frame, head
from broadsheet.reader.words import words_of
from broadsheet.stories.cards import Names, card_of, people_in, rows_of
from broadsheet.stories.models import Galley, Story
from broadsheet.stories.permalinks import absolute
from broadsheet.syndication.bodies import completed

OWN = ("title", "standfirst", "dateline", "original_url", "not_republished")


@dataclass(frozen=True, slots=True)
class RepublishPage(c.Page):
    """The terms under which a story may be taken over, and its text to copy."""

    card: c.Card
    terms: str
    licence: str
    """Its address, or nothing."""
    html: str
    """To be shown as text: sanitised, every address complete, no picture, nothing that tells anybody who reads it."""


def republish_address(permalink: str) -> str:
    """Where a story's text to copy is."""
    return f"{permalink.rstrip('/')}/republish/"


def is_offered(story: Story, paper: Publication) -> bool:
    """Whether others may take a story over: the publication says how, and the story is its own."""
    return bool(paper.republishing.strip()) and not story.not_republished and not story.original_url


def republish_page(path: str, frame: Frame) -> RepublishPage | None:
    """The page of the public story whose permalink is the path before `/republish/`; None where there is none to be taken over, or a page of that name."""
    base = f"/{path}"
    found = dict(
        Story.objects.filter(permalink__in=[base, f"{base}/", f"{base}/republish/"], live=True).order_by().values_list("permalink", "pk")
    )
    rows = rows_of(list(found.values())[:1]) if f"{base}/republish/" not in found else []
    if not rows:
        return None
    story = Story.objects.only(*OWN, *Story.LABELS).get(pk=rows[0][0])
    if not is_offered(story, frame.publication):
        return None
    card = card_of(rows[0], frame.tree, Names(people_in(rows)))
    body = Galley.objects.filter(pk=story.pk).values_list("body_html", flat=True).first() or ""
    name = _("Republish: %(headline)s") % {"headline": card.headline}
    return RepublishPage(
        site=frame.site, head=replace(head(frame, title=name, path=republish_address(card.url), robots="noindex"), feeds=()),
        language=frame.site.language, direction=frame.site.direction, card=card, terms=frame.publication.republishing.strip(),
        licence=frame.publication.licence, html=_html(story, card, words_of(body), frame),
    )  # fmt: skip


def _html(story: Story, card: c.Card, body: str, frame: Frame) -> str:
    address = absolute(card.url)
    names = ", ".join(person.name for person in card.byline)
    standing = [
        format_html("<h1>{}</h1>", card.headline),
        format_html("<p><strong>{}</strong></p>", story.standfirst.strip()) if story.standfirst.strip() else "",
        format_html("<p>{}</p>", names) if names else "",
        *_labels(story, frame.publication),
        format_html("<p>{}</p>", story.dateline) if story.dateline else "",
        mark_safe(completed(body, address).html),
        _origin(card, address, frame),
    ]
    return format_html(
        '<article lang="{}" dir="{}">\n{}\n</article>',
        card.language,
        card.direction,
        format_html_join("\n", "{}", ((one,) for one in standing if one)),
    )


def _labels(story: Story, paper: Publication) -> list[SafeString]:
    """How it was made and who paid for it, which goes wherever it goes."""
    return [
        format_html('<p lang="{}" dir="{}"><em>{}</em> {}</p>', paper.language, paper.direction, label.text, label.detail)
        for label in labels_of(story)
    ]


def _origin(card: c.Card, address: str, frame: Frame) -> SafeString:
    paper = frame.publication
    day = dates.day(card.published.astimezone(paper.tzinfo), paper.language)
    said = format_html(
        _("First published by {} on {}."), format_html('<a href="{}" rel="canonical">{}</a>', address, paper.name), day
    )  # fmt: skip
    licence = format_html(' <a href="{}" rel="license">{}</a>', paper.licence, _("Licence")) if paper.licence else ""
    return format_html('<p lang="{}" dir="{}"><em>{}{}</em></p>', paper.language, paper.direction, said, licence)
