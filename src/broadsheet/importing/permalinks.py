"""Which pattern an old site's addresses follow, read from the addresses themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from broadsheet.importing.survey import Address

CERTAIN = 0.6
"""A pattern is the site's when at least this part of its addresses follows it; sites change their pattern now and then."""


def detect(addresses: Iterable[Address], *, folder: str = "") -> str:
    """The pattern most public posts follow, in the publication's notation; nothing when none is certain.

    `folder`: where on its host the site was, which stays a part of its addresses.
    """
    found: Counter[str] = Counter()
    total = 0
    for address in addresses:
        total += 1
        if pattern := pattern_of(replace(address, path=address.path.removeprefix(folder))):
            found[folder + pattern] += 1
    if not found:
        return ""
    pattern, count = found.most_common(1)[0]
    return pattern if count >= total * CERTAIN else ""


def pattern_of(address: Address) -> str:
    """One address with its parts replaced by what they stand for; nothing when what tells two stories apart is missing."""
    path = address.path
    if re.search(r"[{}]", path):
        return ""
    ending = "/" if path.endswith("/") else ""
    parts = path.strip("/").split("/")
    dated = address.published is not None
    expected = (
        [(f"{address.published:%Y}", "{yyyy}"), (f"{address.published:%m}", "{mm}"), (f"{address.published:%d}", "{dd}")] if dated else []
    )
    pattern: list[str] = []
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        stem, dot, suffix = part.rpartition(".") if re.search(r"\.(?:html?|php|aspx?)$", part) else (part, "", "")
        if last and stem and stem == address.slug:
            pattern.append("{slug}" + dot + suffix)
        elif last and stem == address.source_id:
            pattern.append("{id}" + dot + suffix)
        elif expected and part == expected[0][0]:
            pattern.append(expected.pop(0)[1])
        elif part in address.sections:
            if not pattern or pattern[-1] != "{section}":
                pattern.append("{section}")
        elif not last and part == address.creator:
            return ""
        else:
            pattern.append(part)
    text = f"/{'/'.join(pattern)}{ending}"
    return text if re.search(r"\{slug\}|\{id\}", text) and len(text) <= 120 else ""
