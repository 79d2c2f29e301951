"""The desk's users, the people readers meet, and the publication itself."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from broadsheet.delivery.keys import Noted
from broadsheet.people.declarations import valid_ads_txt, valid_contact, valid_trust_txt
from broadsheet.people.queries import NamedQuerySet

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"})
INLINE = ["bold", "italic", "link"]

colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Give a colour as # and six digits, such as #8a1c1c."))
language_tag = RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("Give a language tag such as en, ar or pt-BR."))


def direction_of(language: str) -> str:
    """`rtl` for languages written from right to left (BCP 47 primary subtag), else `ltr`."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def valid_zone(value: str) -> None:
    """Raises ValidationError unless `value` is an IANA time zone."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("%(value)s is no time zone; give one such as Europe/London."), params={"value": value})


def _policy(name: Any) -> Any:
    return models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=name)


class User(AbstractUser):
    """Somebody who signs in to the desk."""


class Person(Noted, index.Indexed):
    """Somebody in a byline: staff, guest, desk or the publication; or somebody who speaks in stories."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("staff")
        DESK = "desk", _("desk")
        GUEST = "guest", _("guest")
        PUBLICATION = "publication", _("publication")
        SPEAKER = "speaker", _("speaker")

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, unique=True, allow_unicode=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.STAFF)
    role = models.CharField(_("role"), max_length=255, blank=True, help_text=_("“Foreign editor”"))
    biography = RichTextField(_("biography"), blank=True, features=INLINE)
    portrait = models.ForeignKey("media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    website = models.URLField(_("website"), blank=True)
    public_role = models.CharField(
        _("public role"), max_length=255, blank=True,
        help_text=_("“Minister of transport”. Only of those who have one readers are shown, on their page, what they said on record."),
    )  # fmt: skip
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The person's public page."""
        return f"/people/{self.slug}/"


class Publication(BaseSiteSetting):
    """Masthead, language, zone, colours and legal lines: what an editor may change of the whole site."""

    class TypeSet(models.TextChoices):
        TRANSITIONAL = "transitional", _("transitional (Charter)")
        OLD_STYLE = "old-style", _("old style (Palatino)")
        MODERN = "modern", _("modern (Source Serif)")

    name = models.CharField(_("name"), max_length=120, default="Broadsheet")
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("One or two sentences for search engines."))
    logo = models.ForeignKey("media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(_("language"), max_length=35, default="en", validators=[language_tag])
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[valid_zone])
    permalink_pattern = models.CharField(
        _("permalink pattern"), max_length=120, default="/{section}/{slug}/",
        help_text=_("Of new stories. Parts: {section} {slug} {yyyy} {mm} {dd} {id}. Addresses already public never change."),
    )  # fmt: skip
    type_set = models.CharField(_("type set"), max_length=12, choices=TypeSet, default=TypeSet.TRANSITIONAL)
    brand_colour = models.CharField(_("brand colour"), max_length=7, default="#8a1c1c", validators=[colour])
    show_comments = models.BooleanField(
        _("show readers' comments"),
        default=False,
        help_text=_("Those approved on the site that was moved in, under their stories, to read only."),
    )
    full_text_feeds = models.BooleanField(
        _("whole stories in feeds"), default=True, help_text=_("Otherwise feeds have each story’s standfirst and a link.")
    )
    licence = models.URLField(
        _("licence of the texts"), blank=True,
        help_text=_("Its address, such as https://creativecommons.org/licenses/by/4.0/; machines are told. Empty: all rights reserved."),
    )  # fmt: skip
    republishing = models.TextField(
        _("terms of republishing"), blank=True,
        help_text=_("What those must do who take over a story; under each story readers are offered its text to copy. Empty: it is not offered."),
    )  # fmt: skip
    count_reads = models.BooleanField(
        _("count reads"), default=True,
        help_text=_("Stories say that they are read, without cookies and without a trace of who reads them. Off: nothing is counted or shown."),
    )  # fmt: skip
    take_reports = models.BooleanField(
        _("readers report mistakes"), default=True,
        help_text=_("A link under each story leads to a form. Off: there is no form; what came in stays in the desk."),
    )  # fmt: skip
    reports_to = models.EmailField(
        _("tell of reports by e-mail"), blank=True,
        help_text=_("An address of the newsroom that is told of each report. Empty, or where the site sends no mail: nobody is told."),
    )  # fmt: skip
    opinion_disclaimer = models.TextField(_("disclaimer under opinion"), blank=True)
    disclaimer = models.TextField(_("disclaimer in the footer"), blank=True)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    legal_number = models.CharField(_("company or charity number"), max_length=120, blank=True)
    legal_address = models.CharField(_("address"), max_length=255, blank=True)
    founded = models.PositiveSmallIntegerField(_("first year of copyright"), null=True, blank=True)

    select_related = ["logo"]

    class Meta:
        verbose_name = _("publication")

    def __str__(self) -> str:
        return self.name

    @property
    def direction(self) -> str:
        """Of the publication's own language."""
        return direction_of(self.language)

    @property
    def tzinfo(self) -> zoneinfo.ZoneInfo:
        """The zone in which dates are shown and permalinks are made."""
        return zoneinfo.ZoneInfo(self.zone)

    def clean(self) -> None:
        """Refuse a permalink pattern that could not tell two stories apart."""
        pattern = self.permalink_pattern
        if not pattern.startswith("/") or not ("{slug}" in pattern or "{id}" in pattern):
            raise ValidationError({"permalink_pattern": _("Begin with / and use {slug} or {id}.")})
        try:
            pattern.format(section="s", slug="s", yyyy="2000", mm="01", dd="01", id="1")
        except (KeyError, IndexError, ValueError) as error:
            raise ValidationError({"permalink_pattern": _("Only the parts listed below can be used.")}) from error


class Declarations(BaseSiteSetting):
    """What the publication tells machines beside its pages: whom it lets crawl, who sells for it, whom it belongs to, its policies."""

    class Crawlers(models.TextChoices):
        ALL = "all", _("everybody may read")
        NO_TRAINING = "no-training", _("search and answers, but no training of AI models")
        NO_AI = "no-ai", _("search engines only, nothing for AI")

    crawlers = models.CharField(
        _("crawlers"), max_length=12, choices=Crawlers, default=Crawlers.ALL,
        help_text=_("Asked for in robots.txt, which the well-behaved obey."),
    )  # fmt: skip
    ads_txt = models.TextField(
        "ads.txt", blank=True, max_length=200_000, validators=[valid_ads_txt], help_text=_("Who may sell advertising here.")
    )
    trust_txt = models.TextField(
        "trust.txt",
        blank=True,
        max_length=200_000,
        validators=[valid_trust_txt],
        help_text=_("Whom the publication belongs to and controls."),
    )
    security_contact = models.CharField(
        _("contact for security"), max_length=200, blank=True, validators=[valid_contact],
        help_text=_("In security.txt: mailto:security@example.org or the address of a form."),
    )  # fmt: skip
    ethics = _policy(_("ethics"))
    corrections = _policy(_("corrections"))
    ownership = _policy(_("ownership and funding"))
    masthead = _policy(_("who works here"))
    sources = _policy(_("unnamed sources"))
    feedback = _policy(_("answering to readers"))
    ai = _policy(_("use of AI"))

    POLICIES = ("ethics", "corrections", "ownership", "masthead", "sources", "feedback", "ai")

    class Meta:
        verbose_name = _("for machines")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
