"""What templates get of a story: frozen, complete, without a query behind any attribute.

Public API for themes; `docs/contracts/contexts.md` describes every field, and a test compares the two.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The same text in another language."""

    text: str
    """The language's name in that language."""
    url: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One crop of an image, in all encoded widths, with the words that belong to it."""

    src: str
    """JPEG for browsers that know no other format."""
    srcset_webp: str
    srcset_jpeg: str
    width: int
    """Of `src`, in CSS pixels; with `height` it reserves the space."""
    height: int
    alt: str = ""
    """Empty when the picture adds nothing to the text beside it."""
    caption: str = ""
    """Sanitised inline HTML."""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A name in a byline, with the public page behind it."""

    name: str
    url: str
    role: str = ""
    """Of this person in this story ("Photographs") or, where that is empty, nothing."""
    portrait: Picture | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A story as it stands in a list, on a front or in a block."""

    id: int
    url: str
    headline: str
    language: str
    """BCP 47, of this story, which need not be the page's."""
    direction: str
    """`ltr` or `rtl`."""
    kind: str
    """`news`, `analysis`, `explainer`, `opinion`, `feature`, `gallery`, `live`, `audio`, `video`."""
    label: str
    """The kind as readers see it ("Opinion"); empty for news."""
    tone: str
    """Of the home section's pillar: `news`, `opinion`, `culture`, `lifestyle`, `business`, `faith`."""
    kicker: Link | None
    """The home section, never a placement."""
    standfirst: str
    """The standfirst or, without one, an excerpt that ends at a sentence. Plain text."""
    byline: tuple[Contributor, ...]
    published: dt.datetime
    updated: dt.datetime | None
    """Only after a substantive update."""
    picture: Picture | None
    """3:2, alt text that does not repeat the headline."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a story said wrongly, or unclearly, and what is right."""

    kind: str
    """`correction` or `clarification`."""
    moment: dt.datetime
    """When readers were told."""
    wrong: str
    """What was wrong; empty of a clarification."""
    note: str
    """What is right."""
    url: str
    """Where the change itself is shown."""
