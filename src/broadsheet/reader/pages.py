"""Contexts of each kind of page: what is read for it, and how it is put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from broadsheet.delivery.keys import apart, note
from broadsheet.fronts.arranging import arranged, section_front
from broadsheet.fronts.filling import Filled, fill
from broadsheet.fronts.models import FrontPage
from broadsheet.html import sanitise
from broadsheet.media.contexts import social_address, sources
from broadsheet.people.models import Person, direction_of
from broadsheet.reader import contexts as c
from broadsheet.reader.archive import further
from broadsheet.reader.changes import changes_address, of_story, report_address
from broadsheet.reader.conversation import Conversation, conversation
from broadsheet.reader.evidence import ON_PAGE, labels_of, roles_of, said_by, sources_of, timeline, told, with_references
from broadsheet.reader.frame import Frame, described, feeds, head, kind_feeds
from broadsheet.reader.lines import around, beginning, linked_topics, story_lines
from broadsheet.reader.reads import COUNTED_AT
from broadsheet.reader.republishing import is_offered, republish_address
from broadsheet.reader.strips import cards_on, containers, lead_picture, shared_picture, story_blocks
from broadsheet.reader.words import text_address
from broadsheet.record.history import removal_at, versions
from broadsheet.sharing.cards import card_address
from broadsheet.stories import keys
from broadsheet.stories.cards import Names, Row, card_of, cards_of, listed, neighbours, people_in, portrait, related, row_of, rows_of
from broadsheet.stories.marking import Evidence
from broadsheet.stories.models import Galley, Section, StaticPage, Story, Topic
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.translations import translations
from broadsheet.stories.typesetting import Ingredients, Set, typeset
from broadsheet.syndication import schema
from broadsheet.syndication.declared import oembed_address
from broadsheet.syndication.evidence import evidence

PER_PAGE = 24
RELATED = 4


def front(page: FrontPage, frame: Frame) -> c.FrontPage:
    """The front: an editor's containers or, before there are any, the default ones."""
    filled = arranged(page, frame.tree)
    return c.FrontPage(
        site=frame.site,
        head=head(
            frame, title=frame.site.name, path="/", description=page.search_description,
            json_ld=(
                schema.organisation(frame.publication), schema.website(frame.publication),
                described(frame, name=frame.site.name, path="/", cards=cards_on(filled), newest_first=False),
            ),
            preload_image=lead_picture(filled), **shared_picture(filled), feeds=feeds(frame.site.name, "/feed/") + kind_feeds(frame, cards_on(filled)),
        ),
        language=frame.site.language,
        direction=frame.site.direction,
        containers=containers(filled, frame, in_island=False),
    )  # fmt: skip


def section(page: Section, frame: Frame, *, before: tuple[Any, int] | None = None) -> c.SectionPage:
    """A section's front: a lead with four beside it, a block per child, then the list by date."""
    entry = frame.tree.by_id.get(page.pk)
    path = entry.url if entry else page.get_url() or "/"
    children = frame.tree.children(entry) if entry else []
    key = f"section:{page.pk}"
    filled: list[Filled] = []
    names = Names()
    if before is None and entry:
        filled = fill(section_front(entry, frame.tree), frame.tree, names)
    shown = {card.id for one in filled for card in one.cards}
    rows = listed(key, PER_PAGE + 1, before=before, without=shown)
    rows, pager = _paged(rows, path, before)
    line = [s for s in frame.tree.line(entry.path)[:-1] if s.live] if entry else []
    language = page.language or frame.site.language
    cards = cards_of(rows, frame.tree, names)
    return c.SectionPage(
        site=frame.site,
        head=head(
            frame, title=page.seo_title or page.title, path=path, description=page.search_description or page.description,
            feeds=feeds(page.title, f"{path}feed/") + (feeds(_("%(section)s alone") % {"section": page.title}, f"{path}feed/own/") if children else ())
            + feeds(frame.site.name, "/feed/"),
            json_ld=(
                schema.breadcrumb([*((s.name, s.url) for s in line), (page.title, path)]),
                described(frame, name=page.title, path=path, description=page.description, language=language, cards=[*cards_on(filled), *cards]),
            ),
            robots="max-image-preview:large" if before is None else "noindex, follow",
            preload_image=lead_picture(filled),
        ),
        language=language,
        direction=direction_of(language),
        name=page.title,
        description=page.description,
        tone=page.tone,
        breadcrumb=tuple(c.Link(s.name, s.url) for s in line),
        children=tuple(c.Link(s.name, s.url) for s in children),
        containers=containers(filled, frame),
        cards=cards,
        pager=pager,
        feed_url=f"{path}feed/",
        archive_url=f"{path}archive/",
    )  # fmt: skip


def _paged(rows: list[Row], path: str, before: tuple[Any, int] | None) -> tuple[list[Row], c.Pager]:
    """Lists page by date, so that a new story does not change every page behind the first."""
    shown, more = rows[:PER_PAGE], rows[PER_PAGE:]
    return shown, c.Pager(newer_url=path if before else "", older_url=further(path, shown[-1], more[0]) if more else "")


def story(page: Story, frame: Frame, *, preview: bool = False) -> c.StoryPage:
    """A story, from its galley; a preview is typeset from the instance in memory."""
    galley = None if preview else _galley(page)
    if preview:
        made = typeset(page, Ingredients.of_draft(page, publication=frame.publication))
    else:
        made = Set(galley.card, galley.body_html, galley.body_text, galley.words) if galley else typeset(
            page, Ingredients.of([page], publication=frame.publication)
        )  # fmt: skip
    drafted = None if galley else Evidence.of(made.body_html, made.marked)
    signs = galley.marked if galley else drafted.signs if drafted else []
    row = row_of(page, made.card)
    near = (_wished(page) if preview else related(page.pk))[:RELATED]
    newer, older = (None, None) if preview else neighbours(row[2], page.pk, without=[r[0] for r in near])
    beside = [row, *near, *(r for r in (newer, older) if r)]
    note(*(f"person:{pk}" for pk in people_in(beside)))
    topics, lines = linked_topics(made.card.get("topics", []))
    # What a preview stands between is not known before it is published.
    parts = around(lines, row) if not preview else ()
    names = Names()
    # An island, as what is newest of each section changes all day: the page does not depend on what stands in it.
    with apart():
        blocks = story_blocks(frame, names, beside, itself=row[0])
    card = card_of(row, frame.tree, names)
    home = frame.tree.by_id.get(made.card.get("section") or 0)
    line = [s for s in frame.tree.line(home.path) if s.live] if home else []
    sections = [s for pk in made.card.get("sections", []) if (s := frame.tree.by_id.get(pk)) and s.live]
    shown = made.card.get("picture")
    lead = _lead(shown, wide=page.long_read)
    path = page.permalink or ""
    subjects = tuple(one.text for one in (*(link for _key, link in lines), *topics))
    social = absolute(shown["social"]) if shown and shown.get("social") else ""
    drawn = absolute(card_address(card, frame.publication)) if path and not social and not preview else ""
    description = page.search_description or card.standfirst
    others = translations(page, publication_language=frame.site.language)
    known = [] if preview or not page.pk else versions(page.pk)
    corrected = of_story(known, path)
    labels = labels_of(page)
    said = conversation(page) if frame.publication.show_comments and not preview else Conversation()
    return c.StoryPage(
        site=frame.site,
        head=head(
            frame, title=page.seo_title or page.title, path=path or "/", description=description, kind="article",
            share_title=page.title, share_image=social or drawn, share_image_alt=page.title if drawn else shown["alt"] if shown else "",
            published=row[2], modified=page.updated, section=home.name if home and home.live else "",
            authors=tuple(p.name for p in card.byline), topics=subjects, preload_image=lead,
            robots="noindex" if preview or page.noindex else "max-image-preview:large",
            canonical=absolute(page.original_url or path or "/"), alternates=_alternates(page, card.language, others),
            embedding=oembed_address(path) if path and not preview else "", feeds=feeds(frame.site.name, "/feed/") + kind_feeds(frame, [card]),
            json_ld=(
                schema.article(card, frame.publication, schema.Described(
                    path, description, made.words, subjects, page.dateline, _depicted(shown), page.original_url, others,
                    evidence(page.pk, path) if signs and galley else {}, corrected, str(page.get_kind_display()), page.paid_by, page.funding,
                    next((f"{one.text}. {one.detail}" for one in labels if one.name == "ai"), ""),
                )),
                schema.breadcrumb([*((s.name, s.url) for s in line), (page.title, path)]),
            ),
        ),
        language=card.language,
        direction=card.direction,
        card=card,
        standfirst=page.standfirst.strip(),
        dateline=page.dateline,
        body_html=with_references(made.body_html, signs, frame.site.language),
        lead_picture=lead,
        lead_layout="wide" if page.long_read else "column",
        is_long_read=page.long_read,
        reading_minutes=made.card.get("minutes", 1),
        byline=card.byline,
        breadcrumb=tuple(c.Link(s.name, s.url) for s in line),
        sections=tuple(c.Link(s.name, s.url) for s in sections),
        topics=topics,
        lines=story_lines(lines, parts, frame.tree, names),
        disclaimer=frame.publication.opinion_disclaimer if page.kind == "opinion" else "",
        share=share_links(page.title, absolute(path)),
        newer=card_of(newer, frame.tree, names) if newer else None,
        older=card_of(older, frame.tree, names) if older else None,
        blocks=blocks,
        related=tuple(card_of(r, frame.tree, names) for r in near),
        preview=preview,
        counted_at=f"{COUNTED_AT}?{urlencode({'story': path}, safe='/')}" if frame.publication.count_reads and path and not preview else "",
        text_url=text_address(path) if path and not preview else "",
        republish_url=republish_address(path) if path and not preview and is_offered(page, frame.publication) else "",
        translations=others,
        comments=said.comments,
        comment_count=said.count,
        pingbacks=said.pingbacks,
        sources=sources_of(page, signs, frame, drafted),
        labels=labels,
        corrections=corrected,
        changes_url=changes_address(path) if path and len(known) > 1 else "",
        report_url=report_address(path) if path and frame.publication.take_reports and not preview else "",
    )  # fmt: skip


def _depicted(shown: dict[str, Any] | None) -> schema.Thing | None:
    """The lead picture for machines: in the size for sharing where there is one."""
    full = shown and shown["crops"].get("full")
    if not shown or not full:
        return None
    as_it_is = c.Picture(**full, alt=shown["alt"], caption=shown["caption"], credit=shown["credit"])
    return schema.picture(as_it_is, url=shown.get("social") or "", licence=shown.get("licence") or "")


def _wished(page: Story) -> list[Row]:
    """Related stories as the draft has them: what is pinned in it, then what was found for the public version and is not banned in it."""
    pinned = sorted(rows_of([story.pk for story in page.related_pinned.all() if story.pk != page.pk]), key=lambda row: row[2], reverse=True)
    left_out = {*(story.pk for story in page.related_banned.all()), *(row[0] for row in pinned)}
    return [*pinned, *(row for row in related(page.pk or 0) if row[0] not in left_out)]


def _alternates(page: Story | StaticPage, language: str, others: Sequence[c.Translation]) -> tuple[c.Link, ...]:
    if not others or not page.permalink:
        return ()
    return (c.Link(language, absolute(page.permalink)), *(c.Link(one.language, absolute(one.url)) for one in others))


def _galley(page: Story | StaticPage) -> Galley | None:
    try:
        return page.galley
    except Galley.DoesNotExist:
        return None


def _lead(shown: dict[str, Any] | None, *, wide: bool) -> c.Picture | None:
    crop = shown and (shown["crops"].get("full") if wide else shown["crops"].get("landscape") or shown["crops"].get("full"))
    return c.Picture(**crop, alt=shown["alt"], caption=shown["caption"], credit=shown["credit"]) if shown and crop else None


def share_links(title: str, url: str) -> tuple[c.ShareLink, ...]:
    """Plain links that share a page; nothing is loaded from anyone."""
    text, both = quote(title, safe=""), quote(f"{title} {url}", safe="")
    u = quote(url, safe="")
    return (
        c.ShareLink("whatsapp", "WhatsApp", f"https://wa.me/?text={both}"),
        c.ShareLink("telegram", "Telegram", f"https://t.me/share/url?url={u}&text={text}"),
        c.ShareLink("facebook", "Facebook", f"https://www.facebook.com/sharer/sharer.php?u={u}"),
        c.ShareLink("x", "X", f"https://x.com/intent/post?url={u}&text={text}"),
        c.ShareLink("mail", _("E-mail"), f"mailto:?subject={text}&body={u}"),
    )


def listing_page(
    frame: Frame, *, key: str, name: str, path: str, eyebrow: str = "", description: str = "", feed: str = "",
    indexed: bool = True, about: str = "", before: tuple[Any, int] | None = None, between: tuple[dt.datetime, dt.datetime] | None = None,
) -> c.ListPage:  # fmt: skip
    """A plain list by date: latest, a topic, a placement list; `between`: only what was published from one moment up to another."""
    since = between[0] if between else None
    start = min(before, (between[1], 0)) if before and between else (between[1], 0) if between else before
    found = [row for row in listed(key, PER_PAGE + 1, before=start) if since is None or row[2] >= since]
    rows, pager = _paged(found, path, before)
    robots = "max-image-preview:large" if indexed and before is None else "noindex, follow"
    cards = cards_of(rows, frame.tree)
    return c.ListPage(
        site=frame.site,
        head=head(frame, title=name, path=path, description=description, robots=robots,
                  json_ld=(described(frame, name=name, path=path, description=description, cards=cards, about=about),),
                  feeds=(feeds(name, feed) if feed else ()) + feeds(frame.site.name, "/feed/")),
        language=frame.site.language, direction=frame.site.direction, name=name, eyebrow=eyebrow, description=description,
        cards=cards, pager=pager, feed_url=feed or "/feed/",
    )  # fmt: skip


def topic(subject: Topic, frame: Frame, *, indexed: bool, before: tuple[Any, int] | None = None) -> c.ListPage:
    """A topic's page; a promoted one has a picture and a story that leads, on its first page."""
    path = subject.get_absolute_url()
    plain = listing_page(
        frame, key=f"topic:{subject.pk}", name=subject.name, path=path, eyebrow=_("Story line") if subject.kind == Topic.Kind.LINE else _("Topic"), description=subject.description,
        feed=f"{path}feed/", indexed=indexed, about=subject.name, before=before,
    )  # fmt: skip
    if not before:
        plain = replace(plain, timeline=timeline(subject, frame))
    if subject.kind == Topic.Kind.LINE and not before:
        plain = replace(plain, beginning=beginning(f"topic:{subject.pk}", frame))
    if not subject.promoted or before:
        return plain
    image = subject.picture
    made = sources(image, "full") if image else None
    shown = c.Picture(**made, alt=image.alt, caption=sanitise(image.caption), credit=image.credit) if image and made else None
    lead = next(iter(cards_of(rows_of([subject.lead_id] if subject.lead_id else []), frame.tree)), None)
    social = absolute(social_address(image)) if image and social_address(image) else ""
    top = replace(plain.head, share_image=social, share_image_alt=image.alt if image else "") if social else plain.head
    cards = tuple(card for card in plain.cards if lead is None or card.id != lead.id)
    return replace(plain, head=top, picture=shown, lead=lead, cards=cards)


def person(who: Person, frame: Frame, *, before: tuple[Any, int] | None = None) -> c.PersonPage:
    """A contributor's page."""
    path = who.get_absolute_url()
    rows, pager = _paged(listed(f"person:{who.pk}", PER_PAGE + 1, before=before), path, before)
    cards, biography, shown = cards_of(rows, frame.tree), sanitise(expand_db_html(who.biography)), portrait(who)
    links = (c.Link(_("Website"), who.website),) if who.website else ()
    statements = [] if before else said_by(who, count=ON_PAGE)
    return c.PersonPage(
        site=frame.site,
        head=head(frame, title=who.name, path=path, kind="profile", description=who.role,
                  feeds=feeds(who.name, f"{path}feed/") + feeds(frame.site.name, "/feed/"),
                  robots="max-image-preview:large" if not before else "noindex, follow",
                  json_ld=(
                      schema.person(frame.publication, who.name, path, role=who.role, biography=biography, portrait=shown, links=[one.url for one in links]),
                      described(frame, name=who.name, path=path, cards=cards),
                  )),
        language=frame.site.language, direction=frame.site.direction, name=who.name, role=who.role, biography=biography,
        portrait=shown, links=links, cards=cards, pager=pager, feed_url=f"{path}feed/",
        archive_url=f"{path}archive/", public_role=who.public_role, said=told(statements, frame), said_url=f"{path}said/" if statements else "",
        roles=roles_of(who, frame) if statements else (),
    )  # fmt: skip


def static(page: StaticPage, frame: Frame, *, preview: bool = False) -> c.StaticPageContext:
    """About, Contact, Ethics …"""
    drafted = None
    if preview:
        made = typeset(page, Ingredients.of_draft(page, publication=frame.publication))
        drafted = Evidence.of(made.body_html, made.marked)
        body, signs = made.body_html, drafted.signs
    else:
        body, signs = Galley.objects.filter(pk=page.pk).values_list("body_html", "marked").first() or ("", [])
    # Whoever looks at its sources on the web touches this.
    note(keys.story(page.pk))
    language = page.language or frame.site.language
    others = translations(page, publication_language=frame.site.language)
    return c.StaticPageContext(
        site=frame.site,
        head=head(frame, title=page.seo_title or page.title, path=page.permalink or "/", description=page.search_description or page.standfirst,
                  robots="noindex" if page.noindex else "max-image-preview:large", alternates=_alternates(page, language, others),
                  json_ld=(described(frame, name=page.title, path=page.permalink or "/", type_="WebPage", description=page.standfirst, language=language,
                                     licence=True),)),
        translations=others, language=language, direction=direction_of(language), name=page.title, standfirst=page.standfirst,
        body_html=with_references(body, signs, frame.site.language), sources=sources_of(page, signs, frame, drafted),
        siblings=tuple(replace(item, current=item.url == page.permalink) for item in frame.site.footer_menu),
    )  # fmt: skip


def error(frame: Frame, *, status: int, path: str) -> c.ErrorPage:
    """404 and 410; of a story that was removed nothing but since when and why."""
    removed = removal_at(path) if status == 410 else None
    if status == 410:
        heading, message = _("This page is gone"), _("It was here once and has been taken down. These stories are new.")
    else:
        heading, message = _("There is no such page"), _("The address may be mistyped, or the page never was here. These stories are new.")
    return c.ErrorPage(
        site=frame.site, head=head(frame, title=heading, path=path, robots="noindex"),
        language=frame.site.language, direction=frame.site.direction, status=status, heading=heading, message=message,
        cards=cards_of(frame.latest_rows, frame.tree), since=removed.since if removed else None, reason=removed.reason if removed else "",
    )  # fmt: skip
