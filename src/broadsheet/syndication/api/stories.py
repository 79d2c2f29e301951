"""What the API tells of stories and fronts."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import translation

from broadsheet.fronts.arranging import arranged, section_front
from broadsheet.fronts.filling import Filled, fill, heading_of, list_names
from broadsheet.fronts.models import FrontPage
from broadsheet.people.languages import interface_language
from broadsheet.stories.cards import Names
from broadsheet.stories.models import Story as StoredStory
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree
from broadsheet.stories.translations import translations
from broadsheet.syndication.api import shapes, telling
from broadsheet.syndication.api.asked import ListAsked, Place, StoriesAsked
from broadsheet.syndication.api.blocks import taken_apart
from broadsheet.syndication.api.lists import find
from broadsheet.syndication.api.telling import meta
from broadsheet.syndication.bodies import completed

_FACTS = (
    "dateline", "original_url", "noindex", "translation_group", "lead_image_id", "galley__body_html", "galley__words", "galley__card__minutes"
)  # fmt: skip


def listed(asked: StoriesAsked) -> tuple[list[shapes.StoryItem], Place | None]:
    """The stories that are asked for."""
    ids, end = find(asked)
    return telling.stories(ids), end


def story(pk: int) -> shapes.Story:
    """A public story, with its text as it was made at publish."""
    told = telling.stories([pk])
    row = StoredStory.objects.filter(pk=pk, live=True).order_by().values_list(*_FACTS).first() if told else None
    if row is None:
        raise Http404
    dateline, original, noindex, group, lead, html, words, minutes = row
    paper, item = publication(), told[0]
    address, body = item["meta"]["html_url"], (html or "") if paper.full_text_feeds else ""
    tokens = telling.tokens(body)
    shown = telling.pictures([*([lead] if lead else []), *tokens.values()])
    others = translations(StoredStory(pk=pk, translation_group=group), publication_language=paper.language)
    return {
        **item, "dateline": dateline, "body_html": completed(body, address).html.strip(), "blocks": taken_apart(body, address, tokens),
        "words": words or 0, "reading_minutes": minutes or 1, "images": [made for one in shown.values() if (made := telling.image(one))],
        "original_url": original, "canonical_url": original or address, "licence": paper.licence,
        "rights_holder": paper.legal_name or paper.name, "noindex": noindex,
        "translations": [{"language": one.language, "html_url": absolute(one.url)} for one in others],
    }  # fmt: skip


def fronts(asked: ListAsked) -> tuple[list[shapes.Page], int | None]:
    """The front of the publication and those of its sections, in the order of their ids."""
    front = FrontPage.only_one("title", "live")
    found = [_front(front)] if front and front.live else []
    found += [_section(entry.id, entry.name, entry.url) for entry in SectionTree.read().entries if entry.live]
    behind = sorted((one for one in found if one["id"] > (asked.cursor or 0)), key=lambda one: one["id"])
    return behind[: asked.limit], behind[asked.limit - 1]["id"] if len(behind) > asked.limit else None


def front(pk: int) -> shapes.Front:
    """A front, filled as readers see it."""
    tree = SectionTree.read()
    entry, page = tree.by_id.get(pk), FrontPage.only_one()
    # Some headings are words of ours.
    with translation.override(interface_language(publication().language)):
        if entry and entry.live:
            return _filled(_section(pk, entry.name, entry.url), fill(section_front(entry, tree), tree, Names()), tree)
        if page is None or page.pk != pk or not page.live:
            raise Http404
        return _filled(_front(page), arranged(page, tree), tree)


def _front(page: FrontPage) -> shapes.Page:
    return {"id": page.pk, "title": publication().name, "meta": meta("fronts.FrontPage", f"fronts/{page.pk}/", "/")}


def _section(pk: int, name: str, url: str) -> shapes.Page:
    return {"id": pk, "title": name, "meta": meta("stories.Section", f"fronts/{pk}/", url)}


def _filled(page: shapes.Page, filled: list[Filled], tree: SectionTree) -> shapes.Front:
    named = list_names([one.order for one in filled])
    told: dict[int, Any] = {one["id"]: one for one in telling.stories([card.id for f in filled for card in f.cards], tree)}
    containers: list[shapes.Container] = []
    for one in filled:
        heading, url = heading_of(one.order, tree, named)
        containers.append(
            {
                "layout": one.order.layout, "heading": heading, "html_url": absolute(url) if url else "",
                "stories": [told[card.id] for card in one.cards if card.id in told],
            }
        )  # fmt: skip
    return {**page, "containers": containers}
