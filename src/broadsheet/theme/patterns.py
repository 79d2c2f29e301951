"""The pattern page: every component and every kind of page with its examples, for those who write themes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.admin.auth import require_admin_access

from broadsheet.reader import contexts as reader
from broadsheet.reader.changes import ChangesPage, CorrectionsPage, Listed
from broadsheet.reader.evidence import StatementsPage, with_references
from broadsheet.reader.machines import ApiPage, Operation, Parameter
from broadsheet.reader.on_record import EarlierLog, RecordPage
from broadsheet.reader.stylesheet import stylesheet_address
from broadsheet.reader.words import words_of
from broadsheet.stories.contexts import Card, Link, Translation
from broadsheet.stories.projections import publication
from broadsheet.theme import bodies, evidence, examples

PAGER = reader.Pager(newer_url="/news/?before=2", older_url="/news/?before=4")


def _front(site: reader.Site) -> reader.Page:
    strips = examples.containers()
    if site.language != "en":
        foreign = tuple(c for c in examples.TONGUES if c.language == site.language)
        strips = (
            reader.Container("lead", "", "", "news", foreign * 2 + examples.cards(3), "lead"),
            reader.Container("list", "", "", "culture", examples.TONGUES, "mixed"),
            *strips[1:],
        )
    return reader.FrontPage(site, examples.head(site.name), site.language, site.direction, containers=strips)


def _bare_front(site: reader.Site) -> reader.Page:
    """A front without a single picture, with headlines of every length."""
    lead = tuple(examples.card(i, h) for i, h in enumerate((examples.HEADLINES[0], examples.LONG, examples.SHORT, examples.WORD)))
    strips = (
        reader.Container("lead", "", "", "news", lead, "lead"),
        reader.Container("grid", "World", "/world/", "news", examples.cards(4, start=5, pictures=False), "grid"),
        reader.Container("features", "Features", "", "culture", examples.cards(2, start=9, pictures=False, kind="feature"), "features"),
        reader.Container("section", "Business", "/business/", "business", examples.cards(1, start=13, pictures=False), "section"),
    )
    return reader.FrontPage(site, examples.head(site.name), site.language, site.direction, containers=strips)


def _section(site: reader.Site) -> reader.Page:
    return reader.SectionPage(
        site, examples.head("Lifestyle"), "en", "ltr",
        name="Lifestyle", description="Health, travel, and the ways people live with both.", tone="lifestyle",
        breadcrumb=(Link("Home", "/"),),
        children=tuple(Link(c.text, c.url) for c in examples.menu()[3].children),
        containers=(
            examples.container("lead", 4, start=21), examples.container("section", 4, heading="Travel", tone="lifestyle", start=31),
        ),
        cards=examples.cards(5, start=2, tone="lifestyle"), pager=PAGER, feed_url="/lifestyle/feed/",
    )  # fmt: skip


def _story(
    site: reader.Site, *, kind: str = "news", tone: str = "news", language: str = "en", headline: str = examples.HEADLINES[0],
    pictured: bool = True, long_read: bool = False, body_html: str = "", blocks: bool = True,
    commented: bool = False, sourced: bool = False, corrected: bool = False,
) -> reader.Page:  # fmt: skip
    card = examples.card(5, headline, kind=kind, tone=tone, language=language, updated=True, by=2)
    shown = examples.picture(
        "harbour", alt="A lighthouse above a small harbour", caption="The harbour at dusk, before the line reopened.",
        credit="Drawing: N. Ferrant",
    )  # fmt: skip
    strips = (
        examples.container("opinion", 4, heading="Opinion", tone="opinion", start=30, kind="opinion"),
        examples.container("section", 4, heading="Education", tone="lifestyle", start=40),
        examples.container("list", 6, heading="History", tone="culture", start=50),
    )
    return reader.StoryPage(
        site, examples.head(headline, kind="article", lead=shown if pictured else None), language, card.direction,
        card=card, standfirst=examples.STANDFIRST if language == "en" else "", dateline="Port Salen" if kind == "news" else "",
        body_html=body_html or bodies.body("pullquote", "quote", "factbox", "picture"),
        lead_picture=shown if pictured else None, lead_layout="wide" if long_read else "column", is_long_read=long_read,
        reading_minutes=14, byline=card.byline, breadcrumb=(Link("News", "/news/"),),
        sections=(card.kicker, Link("Asia", "/asia/")) if card.kicker else (), topics=(Link("Ferries", "/t/1/"), Link("Straits Forum", "/t/2/")),
        lines=(reader.StoryLine("Ferry crisis 2026", "/t/3/", examples.card(5), examples.TONGUES[1]),) if sourced or kind == "analysis" else (),
        disclaimer="Columnists write under their own name; their views are not the paper's." if kind == "opinion" else "",
        share=examples.share(), newer=examples.card(8, examples.HEADLINES[5]), older=examples.TONGUES[1],
        blocks=strips if blocks else (), related=_related(language, pictured) if blocks else (), preview=not blocks, translations=(Translation("اردو", "/ur/5/", "ur", "rtl"),) if long_read else (),
        comments=examples.comments() if commented else (), comment_count=4 if commented else 0,
        pingbacks=(Link("The Harbour Diary", "https://diary.example/port-salen/"),) if commented else (),
        corrections=examples.corrections() if corrected else (), changes_url="/stories/5/changes/" if corrected or not pictured else "",
        sources=evidence.SOURCES if sourced else (), labels=evidence.LABELS if sourced else (),
    )  # fmt: skip


def _sourced(site: reader.Site) -> reader.Page:
    body_html = bodies.body()
    signs = [[found.start(), "source", n % 4 + 1] for n, found in enumerate(re.finditer("</p>", body_html))]
    return _story(site, body_html=with_references(body_html, signs, site.language), pictured=False, sourced=True)


def _statements(site: reader.Site) -> reader.Page:
    return StatementsPage(
        site, examples.head("Ada Holm on record"), site.language, site.direction, name="Ada Holm", role="Minister of harbours",
        person_url="/people/ada-holm/", said=evidence.SAID, pager=PAGER, json_url="/people/ada-holm/statements.json", roles=evidence.ROLES,
        csv_url="/people/ada-holm/statements.csv",
    )  # fmt: skip


def _text(site: reader.Site) -> reader.Page:
    card = examples.card(5, examples.HEADLINES[0], updated=True, by=2)
    plain = replace(examples.head(card.headline, kind="article"), robots="noindex")
    return reader.TextPage(
        site, plain, "en", "ltr", card=card, standfirst=examples.STANDFIRST, dateline="Port Salen", body_html=words_of(bodies.body("quote", "picture")),
        disclaimer="",
    )  # fmt: skip


def _related(language: str, pictured: bool) -> tuple[Card, ...]:
    """Four stories, some with a picture; of the story's own language where there are examples of it."""
    same = tuple(one for one in examples.TONGUES if one.language == language)
    return (same + examples.cards(4, start=61, pictures=pictured))[:4]


def _tongue(language: str) -> Callable[[reader.Site], reader.Page]:
    headline, text = bodies.TONGUES[language]
    return lambda site: _story(site, language=language, headline=headline, body_html=text)


def _every_block(site: reader.Site) -> reader.Page:
    body_html = "\n".join(bodies.block(kind, value) for kind, shown in bodies.values().items() for value in shown)
    return _story(site, kind="explainer", headline="Every block a body can hold", body_html=body_html, pictured=False, blocks=False)


def _list(site: reader.Site) -> reader.Page:
    return reader.ListPage(
        site, examples.head("Ferries"), "en", "ltr", name="Ferries", eyebrow="Topic", description="Lines, landings and those who wait.",
        cards=examples.cards(4) + examples.TONGUES, pager=PAGER, feed_url="/topics/ferries/feed/", timeline=evidence.TIMELINE,
        beginning=examples.card(7),
    )  # fmt: skip


def _search(site: reader.Site) -> reader.Page:
    found = (*examples.cards(3), *examples.TONGUES)
    return reader.SearchPage(
        site, examples.head("Search: ferry"), site.language, site.direction, query="ferry", asked=True, loosely=False,
        count="Stories found: at least 2,000", suggestion=None,
        hits=tuple(reader.Hit(card, (reader.Piece(card.headline),), _marked(card.standfirst)) for card in found),
        orders=(reader.Choice("Best match first", "#", current=True), reader.Choice("Newest first", "#")),
        filters=(
            reader.Filter("section", "Section", (reader.Choice("World", "#", "1,204"), reader.Choice("Travel", "#", "311"))),
            reader.Filter("year", "Year", (reader.Choice("2026", "#", current=True),)),
        ),
        pager=reader.Pager("", "#"), cards=(),
    )  # fmt: skip


def _marked(text: str) -> tuple[reader.Piece, ...]:
    first, _space, rest = text.partition(" ")
    return reader.Piece(first, marked=True), reader.Piece(f" {rest}")


def _nothing_found(site: reader.Site) -> reader.Page:
    return reader.SearchPage(
        site, examples.head("Search: fery"), site.language, site.direction, query="fery", asked=True, loosely=False, count="",
        suggestion=Link("ferry", "#"), hits=(), orders=(), filters=(), pager=reader.Pager("", ""), cards=examples.cards(5),
    )  # fmt: skip


def _empty_list(site: reader.Site) -> reader.Page:
    return reader.ListPage(
        site, examples.head("Latest"), "en", "ltr", name="Latest", eyebrow="", description="", cards=(), pager=reader.Pager("", ""), feed_url="",
    )  # fmt: skip


def _person(site: reader.Site) -> reader.Page:
    return reader.PersonPage(
        site, examples.head("Esther Maalouf", kind="profile"), "en", "ltr", name="Esther Maalouf", role="Columnist",
        biography="<p>Writes on ports, prices and the people between them. Before that, eleven years at sea.</p>",
        portrait=examples.picture("portrait", alt="Esther Maalouf"), links=(Link("esther.example", "https://esther.example/"),),
        cards=examples.cards(3, start=12, tone="opinion", kind="opinion"), pager=PAGER, feed_url="/people/esther-maalouf/feed/", said=evidence.SAID, said_url="/people/esther-maalouf/said/", roles=evidence.ROLES,
    )  # fmt: skip


def _api(site: reader.Site) -> reader.Page:
    parameters = (
        Parameter("section", "integer", "In this section or one below it.", ""),
        Parameter("kind", "news, analysis, explainer, opinion, feature, gallery, live, audio, video", "Of this kind.", ""),
        Parameter("limit", "integer", "Stories in one answer at most.", "20"),
    )
    return ApiPage(
        site, examples.head("Read API"), site.language, site.direction, name="Read API", description_url="/api/v3/openapi.json",
        operations=(
            Operation("/api/v3/stories/", "/api/v3/stories/", "List stories", parameters),
            Operation("/api/v3/stories/{pk}/", "", "One story", parameters[:1]),
        ),
    )  # fmt: skip


def _record(site: reader.Site) -> reader.Page:
    key = "tern.example/record+77a3c2cc+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    return RecordPage(
        site, examples.head("The record"), site.language, site.direction, name="The record", entries=20_431, moment=examples.NOON, key=key,
        checkpoint_url="/record/2/checkpoint", keys_url="/record/keys", program_url="/record/verify.py",
        command="python3 verify.py https://tern.example/news/ferry-sails/ --checkpoint tern.example.checkpoint",
        earlier=(EarlierLog("/record/", "A disk of our server broke on 3 May; what we published that day after 9:40 is lost."),),
    )  # fmt: skip


def _static(site: reader.Site) -> reader.Page:
    known = bodies.values()
    return reader.StaticPageContext(
        site, examples.head("About us"), "en", "ltr", name="About us", standfirst="Who we are, who pays, and who decides.",
        body_html=bodies.body() + bodies.block("table", known["table"][0]) + bodies.block("buttons", known["buttons"][0]),
        siblings=(reader.MenuItem("Ethics", "/ethics/", current=True), reader.MenuItem("Corrections", "/corrections/")),
    )  # fmt: skip


def _changes(site: reader.Site) -> reader.Page:
    card = examples.TONGUES[0] if site.language == "ar" else examples.card(5, examples.HEADLINES[0], updated=True, by=2)
    return ChangesPage(
        site, examples.head("What changed"), site.language, site.direction, card=card, versions=examples.told(site.language), with_now=None,
        older_url="/stories/5/changes/?before=2", changes_url="/stories/5/changes/", json_url="/stories/5/changes.json",
    )  # fmt: skip


def _corrections(site: reader.Site) -> reader.Page:
    listed = tuple(Listed(card, one) for card, one in zip((*examples.TONGUES[:1], examples.card(2)), examples.corrections(), strict=False))
    return CorrectionsPage(
        site, examples.head("Corrections and clarifications"), site.language, site.direction, name="Corrections and clarifications", policy_html="",
        policy=Link("How we correct", "/correcting/"), corrections=listed, pager=PAGER, feed_url="/corrections/feed/",
    )  # fmt: skip


def _error(status: int, heading: str, message: str) -> Callable[[reader.Site], reader.Page]:
    def page(site: reader.Site) -> reader.Page:
        return reader.ErrorPage(
            site, examples.head(heading), site.language, site.direction, status=status, heading=heading, message=message, cards=examples.cards(6)
        )  # fmt: skip

    return page


PAGES: dict[str, tuple[str, str, Callable[[reader.Site], reader.Page]]] = {
    "front": ("front", "en", _front),
    "front-without-pictures": ("front", "en", _bare_front),
    "front-ar": ("front", "ar", _front),
    "front-ur": ("front", "ur", _front),
    "section": ("section", "en", _section),
    "story": ("story", "en", _story),
    "text": ("text", "en", _text),
    "story-without-picture": ("story", "en", lambda site: _story(site, pictured=False, headline=examples.LONG)),
    "story-ur": ("story", "ur", _tongue("ur")),
    "story-ar-in-english": ("story", "en", _tongue("ar")),
    "opinion": (
        "story",
        "en",
        lambda site: _story(site, kind="opinion", tone="opinion", pictured=False, headline="The sea is not a budget line"),
    ),
    "analysis": ("story", "en", lambda site: _story(site, kind="analysis", tone="business", headline=examples.HEADLINES[1])),
    "long-read": ("story", "en", lambda site: _story(site, kind="feature", tone="culture", long_read=True, headline=examples.HEADLINES[7])),
    "story-with-comments": ("story", "en", lambda site: _story(site, pictured=False, commented=True)),
    "story-with-sources": ("story", "en", _sourced),
    "story-with-sources-ar": ("story", "ar", _sourced),
    "statements": ("statements", "en", _statements),
    "statements-ur": ("statements", "ur", _statements),
    "story-corrected": ("story", "en", lambda site: _story(site, corrected=True)),
    "changes": ("changes", "en", _changes),
    "changes-ar": ("changes", "ar", _changes),
    "corrections": ("corrections", "en", _corrections),
    "blocks": ("story", "en", _every_block),
    "person": ("person", "en", _person),
    "list": ("list", "en", _list),
    "search": ("search", "en", _search),
    "search-ar": ("search", "ar", _search),
    "nothing-found": ("search", "en", _nothing_found),
    "empty-list": ("list", "en", _empty_list),
    "page": ("page", "en", _static),
    "api": ("api", "en", _api),
    "record": ("record", "en", _record),
    "not-found": ("error", "en", _error(404, "There is nothing at this address", "It may have moved. The latest stories are below.")),
    "gone": ("error", "ar", _error(410, "أزيلت هذه الصفحة", "هذه أحدث الأخبار.")),
}
"""Name → template, language of the site, and what makes the context."""

CARDS = ("lead", "secondary", "standard", "plain", "compact", "brief", "opinion", "feature")
LAYOUTS = ("lead", "grid", "features", "opinion", "list", "section", "ranked")


def page_context(name: str, *, stylesheet_url: str = "/broadsheet.css", type_set: str = "transitional") -> tuple[str, reader.Page]:
    """The template and the example context of one kind of page. Raises KeyError for an unknown name."""
    template, language, make = PAGES[name]
    site = examples.site(language=language, stylesheet_url=stylesheet_url, type_set=type_set)
    return f"broadsheet/{template}.html", make(site)


def render_patterns(name: str = "", *, stylesheet_url: str = "/broadsheet.css") -> str:
    """An example page by name; without one, the components and links to all pages. Raises KeyError for an unknown name."""
    if name:
        template, page = page_context(name, stylesheet_url=stylesheet_url)
        return render_to_string(template, {"page": page})
    site = examples.site(stylesheet_url=stylesheet_url)
    variants = (
        examples.card(1, examples.SHORT, with_picture="harbour"),
        examples.card(2, examples.LONG, tone="business", kind="analysis"),
        examples.card(3, examples.HEADLINES[7], tone="opinion", kind="opinion"),
        examples.TONGUES[1],
    )
    return render_to_string(
        "broadsheet/patterns.html",
        {
            "page": reader.Page(site, examples.head("Patterns"), "en", "ltr"),
            "names": tuple(PAGES),
            "cards": [(kind, f"broadsheet/components/card{'' if kind == 'standard' else f'-{kind}'}.html", variants) for kind in CARDS],
            "containers": [
                examples.container(layout, 4, heading=layout.capitalize(), start=10 * i, kind="opinion" if layout == "opinion" else "news")
                for i, layout in enumerate(LAYOUTS)
            ],
            "blocks": [(kind, [bodies.block(kind, value) for value in shown]) for kind, shown in bodies.values().items()],
        },
    )


@require_admin_access
def show(request: HttpRequest, name: str = "") -> HttpResponse:
    """The pattern page, for those who may enter the desk, in the publication's own stylesheet."""
    if name and name not in PAGES:
        raise Http404(name)
    return HttpResponse(render_patterns(name, stylesheet_url=stylesheet_address(publication())))
