"""Edit screens in the order in which a newsroom fills them in; models know nothing of them."""

from __future__ import annotations

from typing import Any

from django.forms import Textarea, TextInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.admin.widgets.slug import SlugInput

from broadsheet.desk.forms import ReachedCopyForm, ReachedForm, StoryForm
from broadsheet.desk.picker import Picker
from broadsheet.desk.proposed import ProposedPanel
from broadsheet.desk.story_panels import HomeSectionPanel, OneScreen, ReportPanel, SchedulePanel
from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.people.models import Declarations, Person, Publication
from broadsheet.stories.models import Placement, Section, StaticPage, Story, Topic
from broadsheet.stories.recording import SAYING


def _search_and_sharing(*more: str) -> list[Panel]:
    return [
        FieldPanel("slug", widget=SlugInput, help_text=_("The last part of the address. What is public keeps its address.")),
        FieldPanel("seo_title", heading=_("Title for search engines"), help_text=_("Empty: the headline.")),
        FieldPanel("search_description", heading=_("Description for search engines and shares")),
        *(FieldPanel(name) for name in more),
    ]


def _found(*more: str) -> ObjectList:
    return ObjectList(_search_and_sharing(*more), heading=_("Search and sharing"))


def story() -> OneScreen:
    """The story editor: what is written first, then where it stands, how it is found, and when."""
    either = {"dir": "auto"}
    lead = [
        FieldPanel("lead_image"),
        FieldPanel("lead_alt", widget=TextInput(attrs=either)),
        FieldPanel("lead_caption", widget=AdminAutoHeightTextInput(attrs=either)),
    ]
    standing = [
        HomeSectionPanel(),
        FieldPanel("sections", widget=Picker("sections"), help_text=_("It also stands in its home section and those above it.")),
        FieldPanel("topics", widget=Picker("topics"), help_text=_("Type a few letters. A topic that is missing is made on the spot.")),
        FieldPanel("placements", widget=Picker("placements"), help_text=_("Top Stories, Breaking and the like.")),
    ]
    related = [
        FieldPanel("related_pinned", widget=Picker("stories"), help_text=_("These stand first. Type a few letters of a headline.")),
        FieldPanel("related_banned", widget=Picker("stories"), help_text=_("These are never shown there.")),
    ]
    presentation = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        FieldPanel("long_read"),
    ]
    byline = [FieldPanel("person", widget=Picker("people", multiple=False)), FieldPanel("role")]
    headline = TitleFieldPanel(
        "title",
        heading=_("Headline"),
        placeholder=_("Headline*"),
        widget=AdminAutoHeightTextInput(attrs=either),
        help_text=_("Up to 255 characters."),
    )
    return OneScreen(
        [
            headline,
            FieldPanel("standfirst", widget=AdminAutoHeightTextInput(attrs=either)),
            InlinePanel("bylines", heading=_("Bylines"), label=_("byline"), panels=byline),
            FieldPanel("dateline", widget=TextInput(attrs=either)),
            MultiFieldPanel(lead, heading=_("Lead picture")),
            FieldPanel("body"),
            ProposedPanel(),
            MultiFieldPanel(standing, heading=_("Sections and topics")),
            MultiFieldPanel(related, heading=_("Related stories")),
            MultiFieldPanel(presentation, heading=_("Kind and presentation")),
            MultiFieldPanel(_search_and_sharing("noindex", "original_url", "not_republished"), heading=_("Search and sharing")),
            MultiFieldPanel([FieldPanel(name) for name in Story.LABELS], heading=_("What readers are told of how it was made")),
            MultiFieldPanel([*(FieldPanel(name) for name in SAYING), ReportPanel("change_report")], heading=_("This change")),
            SchedulePanel(),
        ],
        base_form_class=StoryForm,
    )


def section() -> TabbedInterface:
    """A section's name, pillar and address."""
    fields = [
        TitleFieldPanel("title", heading=_("Name"), placeholder=_("Name*"), help_text=_("As it stands in the menu and above its stories.")),
        FieldPanel("description"),
        FieldPanel("tone"),
        FieldPanel("language"),
    ]
    return TabbedInterface(
        [ObjectList(fields, heading=_("Section")), _found(), ObjectList([SchedulePanel()], heading=_("Schedule"))],
        base_form_class=ReachedForm,
    )


def static_page() -> TabbedInterface:
    """About, Contact, Ethics."""
    fields = [
        TitleFieldPanel("title", heading=_("Heading"), placeholder=_("Heading*"), help_text=_("As readers see it.")),
        FieldPanel("standfirst"),
        FieldPanel("body"),
        FieldPanel("language"),
        FieldPanel("in_footer"),
    ]
    return TabbedInterface(
        [ObjectList(fields, heading=_("Page")), _found("noindex"), ObjectList([SchedulePanel()], heading=_("Schedule"))],
        base_form_class=ReachedForm,
    )


def front() -> TabbedInterface:
    """What stands on the front, and what stands under every story."""
    containers = [
        TitleFieldPanel("title", heading=_("Name in the desk"), placeholder=_("Name*"), help_text=_("Readers see the publication’s name.")),
        FieldPanel("containers", help_text=_("Without any, the front fills itself from the sections.")),
    ]
    return TabbedInterface(
        [
            ObjectList(containers, heading=_("Front")),
            ObjectList([FieldPanel("story_blocks")], heading=_("Under stories")),
            _found(),
        ]
    )


def person() -> ObjectList:
    """Somebody in a byline."""
    return ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug", widget=SlugInput),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("role")]),
            FieldPanel("public_role"),
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
    """An entry of the main menu."""
    url = FieldPanel("url", help_text=_("A path such as /about/ or a full address."))
    section = FieldPanel("section", help_text=_("From the first entry with a section on, sections without an entry are not in the menu."))
    return ObjectList([FieldPanel("text"), url, section, FieldPanel("parent"), FieldPanel("position")])


def publication() -> ObjectList:
    """Masthead, language, zone, looks and legal lines."""
    colour = FieldPanel(
        "brand_colour", widget=TextInput(attrs={"type": "color"}), help_text=_("Made darker or lighter where text needs it.")
    )
    zone = FieldPanel("zone", help_text=_("Of the dates readers see, such as Europe/London."))
    language = FieldPanel("language", help_text=_("A tag such as en, ar or pt-BR. It also decides the direction of writing."))
    legal = ["legal_name", "legal_number", "legal_address", "founded"]
    return ObjectList(
        [
            MultiFieldPanel([FieldPanel(n) for n in ("name", "tagline", "description", "logo")], heading=_("Masthead")),
            MultiFieldPanel([language, zone], heading=_("Language and time")),
            MultiFieldPanel([FieldPanel("type_set"), colour], heading=_("Looks")),
            MultiFieldPanel([FieldPanel("permalink_pattern")], heading=_("Addresses of new stories")),
            MultiFieldPanel(
                [FieldPanel("show_comments"), FieldPanel("full_text_feeds"), FieldPanel("licence"), FieldPanel("republishing")],
                heading=_("Readers"),
            ),
            MultiFieldPanel([FieldPanel("take_reports"), FieldPanel("reports_to")], heading=_("Reports of mistakes")),
            MultiFieldPanel([FieldPanel("opinion_disclaimer"), FieldPanel("disclaimer")], heading=_("Disclaimers")),
            MultiFieldPanel([FieldPanel(n) for n in legal], heading=_("Legal lines")),
        ]
    )


def declarations() -> ObjectList:
    """What machines are told beside the pages."""
    files = [FieldPanel(name, widget=Textarea(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false"})) for name in ("ads_txt", "trust_txt")]
    policies = [PageChooserPanel(name, "stories.StaticPage") for name in Declarations.POLICIES]
    return ObjectList(
        [
            MultiFieldPanel([FieldPanel("crawlers")], heading=_("Crawlers")),
            MultiFieldPanel(
                policies, heading=_("Pages on how this newsroom works"), help_text=_("Search engines and raters are told of them.")
            ),
            MultiFieldPanel([FieldPanel("security_contact")], heading="security.txt"),
            MultiFieldPanel(files, heading=_("Files others look for")),
        ]
    )


def assign() -> None:
    """Give every model its edit screen; has to run before the first screen is opened, as Wagtail then remembers it."""
    screens: dict[Any, Any] = {
        Story: story, Section: section, StaticPage: static_page, FrontPage: front, Person: person, Topic: topic,
        Placement: placement, MenuEntry: menu_entry, Publication: publication, Declarations: declarations,
    }  # fmt: skip
    for model, screen in screens.items():
        model.edit_handler = screen()
    Section.copy_form_class = StaticPage.copy_form_class = ReachedCopyForm
