"""A story's words alone: for slow lines, small screens, and everybody who wants nothing else."""

from __future__ import annotations

from dataclasses import replace

import lxml.html

from broadsheet.html import sanitise
from broadsheet.reader import contexts as c
from broadsheet.reader.evidence import labels_of
from broadsheet.reader.frame import Frame, head
from broadsheet.stories.cards import Names, card_of, people_in, rows_of
from broadsheet.stories.models import Galley, Story
from broadsheet.stories.permalinks import absolute

SEEN = ("img", "picture", "source", "svg", "video", "audio", "iframe", "object", "embed")


def text_address(permalink: str) -> str:
    """Where a story's words are."""
    return f"{permalink.rstrip('/')}/text/"


def text_page(path: str, frame: Frame) -> c.TextPage | None:
    """The words of the public story whose permalink is the path before `/text/`; None where there is no such story, or a page of that name itself."""
    base = f"/{path}"
    found = dict(
        Story.objects.filter(permalink__in=[base, f"{base}/", f"{base}/text/"], live=True).order_by().values_list("permalink", "pk")
    )
    rows = rows_of(list(found.values())[:1]) if f"{base}/text/" not in found else []
    if not rows:
        return None
    story = Story.objects.only("standfirst", "dateline", "original_url", "kind", "title", *Story.LABELS).get(pk=rows[0][0])
    card = card_of(rows[0], frame.tree, Names(people_in(rows)))
    body = Galley.objects.filter(pk=story.pk).values_list("body_html", flat=True).first() or ""
    # Nothing of it is for search engines: they are led to the story.
    plain = replace(
        head(frame, title=card.headline, path=card.url, robots="noindex", canonical=absolute(story.original_url or card.url)), feeds=()
    )
    return c.TextPage(
        site=frame.site, head=plain, language=card.language, direction=card.direction, card=card, standfirst=story.standfirst.strip(),
        dateline=story.dateline, body_html=words_of(body), disclaimer=frame.publication.opinion_disclaimer if story.kind == "opinion" else "",
        labels=labels_of(story),
    )  # fmt: skip


def words_of(body_html: str) -> str:
    """A body without what is looked at or listened to; captions are small paragraphs of their own."""
    if not body_html.strip():
        return ""
    body = lxml.html.fragment_fromstring(body_html, create_parent="div")
    for seen in list(body.iter(*SEEN)):
        if seen.getparent() is not None:
            seen.drop_tree()
    for caption in list(body.iter("figcaption")):
        caption.tag = "small"
        caption.attrib.clear()
        paragraph = lxml.html.Element("p")
        paragraph.tail, caption.tail = caption.tail, None
        caption.addprevious(paragraph)
        paragraph.append(caption)
    for figure in list(body.iter("figure")):
        figure.drop_tag()
    inside = (body.text or "") + "".join(lxml.html.tostring(one, encoding="unicode") for one in body)
    return sanitise(inside)
