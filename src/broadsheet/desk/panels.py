"""Edit screens in the order in which a newsroom fills them in; models know nothing of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets.slug import SlugInput

from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Placement, Section, StaticPage, Story, Topic


def _search_and_sharing() -> ObjectList:
    return ObjectList(
        [
            FieldPanel("slug", widget=SlugInput, help_text=_("The last part of the address. What is public keeps its address.")),
            FieldPanel("seo_title", heading=_("Title for search engines"), help_text=_("Empty: the headline.")),
            FieldPanel("search_description", heading=_("Description for search engines and shares")),
        ],
        heading=_("Search and sharing"),
    )


def _scheduling() -> ObjectList:
    return ObjectList([PublishingPanel()], heading=_("Schedule"))


def story() -> TabbedInterface:
    """The story editor: what is written first, then where it stands, then how it is found."""
    lead = MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_alt"), FieldPanel("lead_caption")], heading=_("Lead picture"))
    written = [
        TitleFieldPanel("title", heading=_("Headline"), placeholder=_("Headline*")),
        FieldPanel("standfirst"),
        InlinePanel("bylines", heading=_("Bylines"), label=_("Byline"), panels=[FieldPanel("person"), FieldPanel("role")]),
        FieldPanel("dateline"),
        lead,
        FieldPanel("body"),
    ]
    standing = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        FieldPanel("sections", help_text=_("It stands in its own section anyway.")),
        FieldPanel("topics"),
        FieldPanel("placements"),
        FieldPanel("long_read"),
        FieldPanel("substantive_update"),
    ]
    return TabbedInterface(
        [
            ObjectList(written, heading=_("Story")),
            ObjectList(standing, heading=_("Where it stands")),
            _search_and_sharing(),
            _scheduling(),
        ]
    )


def section() -> TabbedInterface:
    """A section's name, pillar and address."""
    fields = [
        TitleFieldPanel("title", heading=_("Name"), placeholder=_("Name*")),
        FieldPanel("description"),
        FieldPanel("tone"),
        FieldPanel("language"),
        FieldPanel("show_in_menus"),
    ]
    return TabbedInterface([ObjectList(fields, heading=_("Section")), _search_and_sharing(), _scheduling()])


def static_page() -> TabbedInterface:
    """About, Contact, Ethics."""
    fields = [
        TitleFieldPanel("title", heading=_("Heading"), placeholder=_("Heading*")),
        FieldPanel("standfirst"),
        FieldPanel("body"),
        FieldPanel("language"),
        FieldPanel("in_footer"),
    ]
    return TabbedInterface([ObjectList(fields, heading=_("Page")), _search_and_sharing(), _scheduling()])


def front() -> TabbedInterface:
    """What stands on the front, and what stands under every story."""
    containers = [
        TitleFieldPanel("title", heading=_("Name in the desk"), placeholder=_("Name*")),
        FieldPanel("containers", help_text=_("Without any, the front fills itself from the sections.")),
    ]
    return TabbedInterface(
        [
            ObjectList(containers, heading=_("Front")),
            ObjectList([FieldPanel("story_blocks")], heading=_("Under stories")),
            _search_and_sharing(),
        ]
    )


def person() -> ObjectList:
    """Somebody in a byline."""
    return ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug", widget=SlugInput),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("role")]),
            FieldPanel("portrait"),
            FieldPanel("biography"),
            FieldPanel("website"),
            FieldPanel("user", heading=_("Signs in as")),
        ]
    )


def topic() -> ObjectList:
    """A subject several stories share."""
    return ObjectList([FieldPanel("name"), FieldPanel("slug", widget=SlugInput), FieldPanel("description"), FieldPanel("promoted")])


def placement() -> ObjectList:
    """A list an editor fills."""
    return ObjectList([FieldPanel("name"), FieldPanel("slug", widget=SlugInput)])


def menu_entry() -> ObjectList:
    """An entry of the main menu that is no section."""
    url = FieldPanel("url", help_text=_("A path such as /about/ or a full address."))
    return ObjectList([FieldPanel("text"), url, FieldPanel("position")])


def publication() -> ObjectList:
    """Masthead, language, zone, looks and legal lines."""
    colour = FieldPanel("brand_colour", help_text=_("# and six digits, such as #8a1c1c. Made darker or lighter where text needs it."))
    zone = FieldPanel("zone", help_text=_("Of the dates readers see, such as Europe/London."))
    language = FieldPanel("language", help_text=_("A tag such as en, ar or pt-BR. It also decides the direction of writing."))
    legal = ["legal_name", "legal_number", "legal_address", "founded"]
    return ObjectList(
        [
            MultiFieldPanel([FieldPanel(n) for n in ("name", "tagline", "description", "logo")], heading=_("Masthead")),
            MultiFieldPanel([language, zone], heading=_("Language and time")),
            MultiFieldPanel([FieldPanel("type_set"), colour], heading=_("Looks")),
            MultiFieldPanel([FieldPanel("permalink_pattern")], heading=_("Addresses of new stories")),
            MultiFieldPanel([FieldPanel("opinion_disclaimer"), FieldPanel("disclaimer")], heading=_("Disclaimers")),
            MultiFieldPanel([FieldPanel(n) for n in legal], heading=_("Legal lines")),
        ]
    )


def assign() -> None:
    """Give every model its edit screen; has to run before the first screen is opened, as Wagtail then remembers it."""
    screens: dict[Any, Any] = {
        Story: story, Section: section, StaticPage: static_page, FrontPage: front, Person: person, Topic: topic,
        Placement: placement, MenuEntry: menu_entry, Publication: publication,
    }  # fmt: skip
    for model, screen in screens.items():
        model.edit_handler = screen()
