"""What a publication declares to machines, and whether a text is in the form that they read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Names under which companies say their crawlers come; from the companies' own pages on them, November 2026.
TRAINING = (
    "AI2Bot", "Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "Diffbot", "FacebookBot", "GPTBot", "Google-Extended",
    "Meta-ExternalAgent", "PanguBot", "anthropic-ai", "cohere-training-data-crawler",
)  # fmt: skip
"""What gathers texts that models are made of."""
ANSWERING = (
    "ChatGPT-User", "Claude-SearchBot", "Claude-User", "DuckAssistBot", "Meta-ExternalFetcher", "MistralAI-User", "OAI-SearchBot",
    "Perplexity-User", "PerplexityBot", "YouBot", "cohere-ai",
)  # fmt: skip
"""What reads for the answers that assistants give, mostly with a link."""

_VARIABLES = frozenset({"contact", "subdomain", "inventorypartnerdomain", "ownerdomain", "managerdomain"})
_TRUST = frozenset(
    {"member", "belongto", "control", "controlledby", "social", "vendor", "customer", "disclosure", "contact", "datatrainingallowed"}
)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.I)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """(number, content) of the lines that say something; what follows a # does not."""
    for number, line in enumerate(text.splitlines(), 1):
        if said := line.partition("#")[0].strip():
            yield number, said


def valid_ads_txt(text: str) -> None:
    """Raises ValidationError, naming the line, unless it is an ads.txt (IAB Tech Lab, ads.txt 1.1)."""
    for number, line in lines_of(text):
        name, equals, value = line.partition("=")
        if equals and "," not in name:
            if name.strip().lower() not in _VARIABLES or not value.strip():
                raise ValidationError(
                    _("Line %(n)s: no variable of ads.txt is called “%(name)s”."), params={"n": number, "name": name.strip()}
                )
            continue
        # Extensions after a semicolon are for whoever knows them.
        parts = [part.strip() for part in line.partition(";")[0].split(",")]
        if len(parts) not in (3, 4) or not _DOMAIN.fullmatch(parts[0]) or not parts[1] or parts[2].upper() not in ("DIRECT", "RESELLER"):
            raise ValidationError(
                _("Line %(n)s is no record: give the seller's domain, your account there, and DIRECT or RESELLER, parted by commas."),
                params={"n": number},
            )


def valid_trust_txt(text: str) -> None:
    """Raises ValidationError, naming the line, unless it is a trust.txt (JournalList, trust.txt specification)."""
    for number, line in lines_of(text):
        name, equals, value = (part.strip() for part in line.partition("="))
        is_address = re.fullmatch(r"(https?://|mailto:)\S+|[^\s/]+\.[^\s]+", value)
        fits = value.lower() in ("yes", "no") if name.lower() == "datatrainingallowed" else is_address
        if name.lower() not in _TRUST or not equals or not fits:
            raise ValidationError(
                _("Line %(n)s is no entry: give one of %(names)s, = and an address."),
                params={"n": number, "names": ", ".join(sorted(_TRUST))},
            )


def valid_contact(text: str) -> None:
    """Raises ValidationError unless it is an address that security.txt may name (RFC 9116, section 2.5.3)."""
    if not re.fullmatch(r"https://\S+\.\S+|mailto:[^\s@]+@[^\s@]+\.[^\s@]+|tel:\+?[\d().-]+", text):
        raise ValidationError(_("Give an address that begins with mailto:, https:// or tel:."))
