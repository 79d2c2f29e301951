"""Stories and where they stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageViewRestriction
from wagtail.search import index

from broadsheet.delivery.keys import Noted
from broadsheet.people.models import Person, language_tag
from broadsheet.record.models import CHOSEN
from broadsheet.stories import builders, projections, references
from broadsheet.stories.blocks import BodyBlock
from broadsheet.stories.marked import Labelled, WithMarks
from broadsheet.stories.queries import ListingQuerySet
from broadsheet.stories.subjects import Placement as Placement
from broadsheet.stories.subjects import Topic as Topic


class Tone(models.TextChoices):
    """The pillar a section belongs to; decides its colour."""

    NEWS = "news", _("news")
    OPINION = "opinion", _("opinion")
    CULTURE = "culture", _("culture")
    LIFESTYLE = "lifestyle", _("lifestyle")
    BUSINESS = "business", _("business")
    FAITH = "faith", _("faith")


class Restricted(Noted):
    """Pages (mypy cannot know) whose view restrictions are found in one query: there are no aliases here to follow."""

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Those of the page and of everything above it."""
        paths = [self.path[:end] for end in range(Page.steplen, len(self.path) + 1, Page.steplen)]  # type: ignore[attr-defined]
        return PageViewRestriction.objects.filter(page__path__in=paths)


class Section(Restricted, Page):
    """A part of the publication; sections are a tree, ordered by an editor."""

    description = models.TextField(_("description"), blank=True)
    tone = models.CharField(_("pillar"), max_length=12, choices=Tone, default=Tone.NEWS)
    language = models.CharField(
        _("language"), max_length=35, blank=True, validators=[language_tag], help_text=_("Empty: the publication's.")
    )

    parent_page_types = ["fronts.FrontPage", "stories.Section"]
    subpage_types = ["stories.Section", "stories.Story"]
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The section's front."""
        return builders.respond(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The section's front, from the unsaved section."""
        return builders.respond(self, request, preview=True)


class Permalinked(Restricted):
    """What a page with a frozen address has; none of it is editorial, so no revision may bring it back."""

    # Mixed into Page, which mypy cannot know: what is taken from it below is marked for that reason alone.
    permalink = models.CharField(max_length=600, unique=True, null=True, editable=False)
    published = models.DateTimeField(_("published"), null=True, editable=False, db_index=True)
    updated = models.DateTimeField(_("updated"), null=True, editable=False)
    translation_group = models.UUIDField(null=True, editable=False, db_index=True)
    """Shared by the translations of one text; changed by `actions.link_translations`, at once for all of them."""
    noindex = models.BooleanField(_("keep out of search engines"), default=False)

    FACTS = ("permalink", "published", "updated", "translation_group")
    # A copy is another text: it gets an address and dates of its own.
    exclude_fields_in_copy = [*FACTS]

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision's content on this page, with the facts as the database has them."""
        restored = super().with_content_json(content)  # type: ignore[misc]
        for name in self.FACTS:
            setattr(restored, name, getattr(self, name))
        return restored

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Site and permalink; for a draft the permalink it would get today."""
        parts = super().get_url_parts(request)  # type: ignore[misc]
        if parts is None or parts[1] is None:
            return parts
        return (parts[0], parts[1], self.permalink or projections.tentative_permalink(self))

    def save(self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any) -> Any:
        """Write the page; when that makes it public or changes what is public, also everything derived from it.

        This is where every way of publishing ends: edit and create view, bulk action, workflow, scheduler, API.
        """
        fields = kwargs.get("update_fields")
        if fields is not None and "live" not in fields:
            with references.read_once(self, fields):
                return super().save(clean=clean, user=user, log_action=log_action, **kwargs)  # type: ignore[call-arg]
        with transaction.atomic():
            stored = type(self)._base_manager.filter(pk=self.pk).values(*self.FACTS).first() if self.pk else None
            for name, value in (stored or {}).items():
                setattr(self, name, value)
            with references.read_once(self, fields):
                result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)  # type: ignore[call-arg]
            projections.after_save(self)
        return result

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page at its permalink; any other address of it leads there."""
        if self.permalink and request.path_info != self.permalink and not getattr(request, "is_preview", False):
            return HttpResponsePermanentRedirect(self.get_url(request))  # type: ignore[attr-defined]
        return builders.respond(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it would look, from the unsaved instance."""
        return builders.respond(self, request, preview=True)


class Story(WithMarks, Labelled, Permalinked, Page):
    """Anything a newsroom publishes; its `kind` says what readers should take it for."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        ANALYSIS = "analysis", _("Analysis")
        EXPLAINER = "explainer", _("Explainer")
        OPINION = "opinion", _("Opinion")
        FEATURE = "feature", _("Feature")
        GALLERY = "gallery", _("In pictures")
        LIVE = "live", _("Live")
        AUDIO = "audio", _("Audio")
        VIDEO = "video", _("Video")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEWS)
    language = models.CharField(_("language"), max_length=35, blank=True, validators=[language_tag], help_text=_("Empty: the section's."))
    standfirst = models.TextField(_("standfirst"), blank=True, help_text=_("One or two sentences under the headline."))
    dateline = models.CharField(_("dateline"), max_length=120, blank=True, help_text=_("The place it was reported from."))
    lead_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("lead picture")
    )  # fmt: skip
    lead_alt = models.CharField(_("alternative text here"), max_length=500, blank=True, help_text=_("Empty: the picture's own."))
    lead_caption = models.TextField(_("caption here"), blank=True, help_text=_("Empty: the picture's own."))
    long_read = models.BooleanField(_("long read"), default=False, help_text=_("Wide picture and a drop cap."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    sections = ParentalManyToManyField(Section, blank=True, related_name="+", verbose_name=_("further sections"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    placements = ParentalManyToManyField(Placement, blank=True, related_name="+", verbose_name=_("placement lists"))
    related_pinned = ParentalManyToManyField("self", symmetrical=False, blank=True, related_name="+", verbose_name=_("always related"))
    related_banned = ParentalManyToManyField("self", symmetrical=False, blank=True, related_name="+", verbose_name=_("never related"))
    original_url = models.URLField(
        _("first published at"), max_length=600, blank=True, help_text=_("Search engines are told that this address is the original.")
    )
    not_republished = models.BooleanField(_("not to be republished"), default=False, help_text=_("Such as an agency’s text."))
    change_kind = models.CharField(_("kind of change"), max_length=13, blank=True, choices=[(k.value, k.label) for k in CHOSEN])
    change_wrong = models.TextField(_("what was wrong"), blank=True)
    change_note = models.TextField(_("what changed"), blank=True, help_text=_("Readers see it beside the story."))
    change_report = models.PositiveBigIntegerField(
        _("answers a report"), null=True, blank=True, help_text=_("Its reader is told when this is published.")
    )  # fmt: skip

    parent_page_types = ["stories.Section"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    search_fields = [*Page.search_fields, index.SearchField("standfirst"), index.FilterField("kind"), index.FilterField("published")]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @property
    def headline(self) -> str:
        """What Wagtail calls the title."""
        return self.title


class Byline(Orderable):
    """One name above a story."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role in this story"), max_length=120, blank=True, help_text=_("“Photographs”; empty for the author."))

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return str(self.person)


class StaticPage(WithMarks, Permalinked, Page):
    """About, Contact, Ethics: what stands beside the news."""

    standfirst = models.TextField(_("standfirst"), blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True, validators=[language_tag])
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    in_footer = models.BooleanField(_("in the footer"), default=True)

    parent_page_types = ["fronts.FrontPage", "stories.StaticPage"]
    subpage_types = ["stories.StaticPage"]
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("static page")
        verbose_name_plural = _("static pages")


class Galley(models.Model):
    """What was made of a page at publish: its body as HTML and its card. Rebuildable from the page."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="galley")
    card = models.JSONField(default=dict)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    marked = models.JSONField(default=list)
    """Where readers are shown sources and statements: see `marking.Evidence.signs`."""
    words = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"galley of page {self.page_id}"


class Listing(models.Model):
    """A public story in one list. What is not here is in no public list."""

    list_key = models.CharField(max_length=80)
    published = models.DateTimeField()
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="listings", db_index=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        # The story first: its rows are found by it, and those of a new one go to the end of the index.
        constraints = [models.UniqueConstraint(fields=["story", "list_key"], name="stories_listing_once")]
        indexes = [models.Index(fields=["list_key", "-published", "-story"], name="stories_listing_range")]

    def __str__(self) -> str:
        return f"{self.story_id} in {self.list_key}"


class DayCount(models.Model):
    """How many stories of a list were published on a day of UTC. The database keeps it (`tallies`); nobody writes it."""

    list_key = models.CharField(max_length=80)
    day = models.DateField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list_key", "day"], name="stories_daycount_once")]

    def __str__(self) -> str:
        return f"{self.count} in {self.list_key} on {self.day}"


class RelatedStory(models.Model):
    """A story that is related to another: pinned by an editor, or near to it. Whether it is public says the list of the site."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="related_stories", db_index=False)
    other = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    """In the list; what is pinned stands before the rest."""
    pinned = models.BooleanField(default=False)
    nearness = models.FloatField(default=0.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "other"], name="stories_related_once")]

    def __str__(self) -> str:
        return f"{self.other_id} is related to {self.story_id}"


class ReaderComment(models.Model):
    """What a reader of an earlier site wrote under a story, approved there; read-only here. Rebuildable from the import."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        PINGBACK = "pingback", _("pingback")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="reader_comments")
    position = models.PositiveIntegerField()
    """In reading order: an answer stands below what it answers."""
    depth = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveBigIntegerField(null=True)
    """The one it had: links to it end in `#comment-<number>`."""
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COMMENT)
    author = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=600, blank=True)
    """Of the page that a pingback comes from; a reader's own address is never kept."""
    published = models.DateTimeField(null=True)
    html = models.TextField(blank=True)
    """Sanitised."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "position"], name="stories_comment_once")]

    def __str__(self) -> str:
        return f"{self.author}, under {self.story_id}"


class LooseEnd(models.Model):
    """Something on a page that waits for an editor; rewritten whenever the page is."""

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", _("unknown block")
        MISSING = "missing", _("missing picture")
        UNDESCRIBED = "alt", _("picture without alternative text")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    block = models.CharField(max_length=36, blank=True)
    """Id of the body block; empty for the lead picture."""
    what = models.CharField(max_length=255, blank=True)
    image = models.ForeignKey(settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "-page"], name="stories_loose_end_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


class Gone(models.Model):
    """An address that was public and whose page was deleted: 410, never 404."""

    permalink = models.CharField(max_length=600, unique=True)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.permalink


def shown_date(story: Story) -> dt.datetime:
    """When readers are told it was published; for a draft, now."""
    return story.published or story.first_published_at or timezone.now()
