"""What the old site's kinds of items and groups of terms are here: as the command says, else as their names suggest."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from broadsheet.importing.polyglot import base_type
from broadsheet.importing.records import ImportRefused
from broadsheet.stories.models import Story

PAGE, IGNORE = "page", "ignore"
SECTION, TOPIC, PLACEMENT = "section", "topic", "placement"
TYPE_TARGETS = (*Story.Kind.values, PAGE, IGNORE)
TAXONOMY_TARGETS = (TOPIC, SECTION, PLACEMENT, IGNORE)

TYPES = {"post": "", "page": PAGE}
_TYPE_WORDS = (
    ("opinion", r"opinions?|columns?|columnists?|editorials?|op-?eds?|blogs?"),
    ("video", r"videos?|tv|films?"),
    ("audio", r"podcasts?|episodes?|audio|radio"),
    ("gallery", r"galler(?:y|ies)|photos?|slideshows?|albums?"),
    ("analysis", r"reviews?|analysis|analyses|rezension(?:en)?|critiques?"),
    ("explainer", r"explainers?|guides?|faqs?|how-?tos?"),
    ("feature", r"features?|longreads?|reportages?"),
    ("live", r"live-?blogs?|liveblog-entry"),
    (PAGE, r"(?:[\w-]+[_-])?pages?|portfolios?|projects?|jetpack-portfolio|departments?|services?(?:[_-]post)?|documents?|teams?"),
)
TAXONOMIES = {"category": SECTION, "post_tag": TOPIC, "tag": TOPIC}
_TAXONOMY_WORDS = (
    (PLACEMENT, r"(?:front|home)?[_-]?(?:position|placement|featured|slot|zone)s?"),
    (
        SECTION,
        r"(?:news|article|video|podcast|story)?[_-]?(?:sections?|rubriques?|rubriks?|ressorts?|desks?|departments?|channels?|categor(?:y|ies))",
    ),
)
# Kept by plug-ins and by WordPress for itself: nothing readers ever saw as a list of stories.
INTERNAL_TAXONOMIES = frozenset(
    {"nav_menu", "wp_theme", "wp_template_part_area", "link_category", "wp_pattern_category", "post_format", "language", "term_language",
     "post_translations", "term_translations", "author", "product_type", "product_visibility", "product_shipping_class", "elementor_library_type",
     "elementor_library_category", "elementor_font_type", "wpforms_form_category", "amp_validation_error", "action-group", "yst_prominent_words",
     "wp_rest_api_cache", "translation_priority", "wpml_translation_group", "media_category", "media_folder", "attachment_category"}
)  # fmt: skip
HIDDEN_TAXONOMIES = frozenset({"internal_tag"})
"""Ghost's tags that begin with #: an editor's own notes."""


@dataclass(slots=True)
class Counterparts:
    """What was told on the command line, and what was decided without."""

    types: Mapping[str, str] = field(default_factory=dict)
    taxonomies: Mapping[str, str] = field(default_factory=dict)
    guessed: Counter[str] = field(default_factory=Counter)

    @property
    def told(self) -> tuple[object, ...]:
        """What was told, comparable."""
        return (sorted(self.types.items()), sorted(self.taxonomies.items()))

    @property
    def mark(self) -> str:
        """Short, and another one when something else was told: what is here already has to be looked at again then."""
        return f":{hashlib.sha256(repr(self.told).encode()).hexdigest()[:8]}" if self.types or self.taxonomies else ""

    def kind(self, type_: str) -> str:
        """The kind of story a type is, `page`, `ignore`, or nothing for plain news."""
        type_ = base_type(type_)
        told = self.types.get(type_)
        if told is not None:
            return told
        if type_ in TYPES:
            return TYPES[type_]
        return _named(_TYPE_WORDS, type_)

    def is_page(self, type_: str) -> bool:
        """Whether items of a type become static pages."""
        return self.kind(type_) == PAGE

    def group(self, taxonomy: str) -> str:
        """What the terms of a taxonomy are: `section`, `topic`, `placement` or `ignore`."""
        told = self.taxonomies.get(taxonomy)
        if told is not None:
            return told
        if taxonomy in TAXONOMIES:
            return TAXONOMIES[taxonomy]
        if taxonomy in INTERNAL_TAXONOMIES | HIDDEN_TAXONOMIES:
            return IGNORE
        return _named(_TAXONOMY_WORDS, taxonomy) or TOPIC

    def note_type(self, type_: str) -> None:
        """Count an item of a type that nobody decided about."""
        type_ = base_type(type_)
        if type_ not in self.types and type_ not in TYPES:
            self.guessed[f"type “{type_}” taken as {self.kind(type_) or 'news'}: choose with --type {type_}=…"] += 1

    def note_group(self, taxonomy: str) -> None:
        """Count a link to a term of a taxonomy that nobody decided about."""
        if taxonomy not in self.taxonomies and taxonomy not in TAXONOMIES and taxonomy not in INTERNAL_TAXONOMIES:
            self.guessed[f"taxonomy “{taxonomy}” taken as {self.group(taxonomy)}: choose with --taxonomy {taxonomy}=…"] += 1


def _named(words: Iterable[tuple[str, str]], name: str) -> str:
    return next((target for target, pattern in words if re.fullmatch(pattern, name, re.I)), "")


def pairs(option: str, given: Sequence[str], targets: Sequence[str]) -> dict[str, str]:
    """`NAME=TARGET` of an option as a mapping.

    Raises ImportRefused for what is none, and for a target that there is not.
    """
    found = {}
    for one in given:
        name, sep, target = one.partition("=")
        if not sep or not name.strip() or target.strip() not in targets:
            raise ImportRefused(
                f"{option} {one}", "does not say what it is to be", f"Write NAME=, followed by one of: {', '.join(targets)}"
            )
        found[name.strip()] = target.strip()
    return found
