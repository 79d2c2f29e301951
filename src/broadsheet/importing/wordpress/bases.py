"""What stood before categories and tags in a site's addresses: no export says it, but links that WordPress wrote into texts show it."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from urllib.parse import unquote, urlsplit

_REL = re.compile(r"<a\b(?=[^>]*\brel=[\"'](?P<rel>category tag|category|tag)[\"'])[^>]*\bhref=[\"'](?P<url>[^\"']{1,500})[\"']", re.I)
_BLOCK = re.compile(r"<!-- wp:navigation-(?:link|submenu) (?P<data>\{[^>]{1,2000}\}) /?-->")
_BLOCK_TYPES = {"category": "category", "tag": "post_tag", "post_tag": "post_tag"}


class Bases:
    """Collects such links; the base that most of a kind have is the site's."""

    def __init__(self) -> None:
        self.found: dict[str, Counter[str]] = {"category": Counter(), "post_tag": Counter()}

    def look_at(self, body: str, base_url: str) -> None:
        """Note the links to lists in one text."""
        if "rel=" in body:
            for link in _REL.finditer(body):
                self._note("post_tag" if link["rel"].lower() == "tag" else "category", html.unescape(link["url"]), base_url)
        if "wp:navigation-" in body:
            for block in _BLOCK.finditer(body):
                try:
                    data = json.loads(block["data"])
                except ValueError:
                    continue
                if data.get("kind") == "taxonomy" and data.get("type") in _BLOCK_TYPES:
                    self._note(_BLOCK_TYPES[data["type"]], str(data.get("url", "")), base_url)

    def _note(self, taxonomy: str, url: str, base_url: str) -> None:
        try:
            parts, root = urlsplit(url), urlsplit(base_url)
        except ValueError:
            return
        if parts.netloc.casefold().removeprefix("www.") not in ("", root.netloc.casefold().removeprefix("www.")) or parts.query:
            return
        path = unquote(parts.path).removeprefix(unquote(root.path).rstrip("/")).strip("/").removeprefix("index.php/").split("/")
        # A base of one word; the slug, of a category below others too, is the last part.
        if len(path) > 1 and re.fullmatch(r"[\w-]{1,100}", path[0]):
            self.found[taxonomy][path[0]] += 1

    def most(self, taxonomy: str) -> str:
        """The base of most links to lists of this kind; nothing when there is none."""
        return self.found[taxonomy].most_common(1)[0][0] if self.found[taxonomy] else ""
