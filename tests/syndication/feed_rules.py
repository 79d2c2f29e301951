"""What the specifications of RSS 2.0 and Atom ask of a feed, as far as ours makes use of them: findings in the words of the W3C validator.

`test_cases.py` holds these rules to the validator's own cases, and our feeds to these rules.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import lxml.etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(
    r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{2,4} \d\d:\d\d(:\d\d)? "
    r"([+-]\d{4}|UT|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|Z)"
)
MIME = re.compile(
    r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+(\s*;\s*[^\s()<>@,;:\\\"/\[\]?=]+=(\"[^\"]*\"|[^\s()<>@,;:\\\"/\[\]?=]+))*"
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
RISKY = re.compile(r"<\s*(script|meta|embed|object|noscript|iframe|applet|form|style)\b|\son\w+\s*=|javascript:", re.I)
RELATIVE = re.compile(r"<(?:a|img|source|audio|video)\b[^>]*?\s(?:href|src|poster)\s*=\s*[\"']?(?![a-z][a-z0-9+.-]*:|[\"'>\s])", re.I)
STYLE = re.compile(r"<[^>]*\sstyle\s*=", re.I)
CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "category", "generator",
    "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays", "item",
}  # fmt: skip
ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
FEED = {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title", "updated", "entry"}
ENTRY = {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title", "updated"}


def findings(content: bytes) -> set[str]:
    """What is wrong with a feed; nothing when nothing is."""
    try:
        root = lxml.etree.fromstring(content, lxml.etree.XMLParser(resolve_entities=False, no_network=True))
    except lxml.etree.XMLSyntaxError:
        return {"SAXError"}
    if root.tag == "rss":
        return _rss(root)
    if root.tag == f"{ATOM}feed":
        return _atom(root)
    return {"UndefinedElement"}


def _texts(parent: lxml.etree._Element, *names: str) -> list[tuple[str, str]]:
    return [(name, (one.text or "").strip()) for name in names for one in parent.findall(name)]


def _once(parent: lxml.etree._Element, *names: str) -> set[str]:
    return {"DuplicateElement"} if any(count > 1 for count in Counter(e.tag for e in parent if e.tag in names).values()) else set()


def _rss(root: lxml.etree._Element) -> set[str]:
    found: set[str] = set()
    channels = root.findall("channel")
    if not channels:
        return {"MissingElement"}
    channel = channels[0]
    found |= {"MissingElement" for name in ("title", "link", "description") if channel.find(name) is None}
    found |= _once(channel, *(CHANNEL - {"item", "category"}), f"{DC}language")
    found |= {"UndefinedElement" for e in channel if isinstance(e.tag, str) and "}" not in e.tag and e.tag not in CHANNEL}
    found |= _dates(channel, RFC822, "pubDate", "lastBuildDate") | _links(channel, "link", "docs")
    found |= {"NotBlank" for _name, text in _texts(channel, "title", "link", "language") if not text}
    found |= _languages(channel, "language", f"{DC}language")
    image = channel.find("image")
    if image is not None:
        found |= {"MissingElement" for name in ("url", "title", "link") if image.find(name) is None} | _links(image, "url", "link")
        found |= _once(image, "url", "title", "link")
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if not selves:
        found.add("MissingAtomSelfLink")
    found |= _atom_links(channel)
    items = channel.findall("item")
    guids = Counter(guid.text for item in items if (guid := item.find("guid")) is not None)
    if any(count > 1 for count in guids.values()):
        found.add("DuplicateValue")
    for item in items:
        found |= _once(item, *(ITEM - {"category", "enclosure"}), CONTENT, f"{DC}language")
        found |= {"UndefinedElement" for e in item if isinstance(e.tag, str) and "}" not in e.tag and e.tag not in ITEM}
        if item.find("title") is None and item.find("description") is None:
            found.add("MissingElement")
        found |= _dates(item, RFC822, "pubDate") | _links(item, "link", "comments") | _languages(item, f"{DC}language")
        guid = item.find("guid")
        if guid is not None:
            text = (guid.text or "").strip()
            found |= {"NotBlank"} if not text else set()
            if text and guid.get("isPermaLink", "true") == "true" and urlsplit(text).scheme not in ("http", "https"):
                found.add("InvalidHttpGUID")
        for enclosure in item.findall("enclosure"):
            found |= _attributes(enclosure, "url", "length", "type")
        for html in [*item.findall("description"), *item.findall(CONTENT)]:
            found |= _html(html.text or "")
    return found


def _attributes(element: lxml.etree._Element, url: str, length: str, type_: str) -> set[str]:
    found = {"MissingAttribute" for name in (url, length, type_) if element.get(name) is None}
    if element.get(url) is not None:
        found |= _link(element.get(url) or "")
    if (element.get(length) or "1").strip() and not re.fullmatch(r"\d+", element.get(length) or "1"):
        found.add("InvalidIntegerAttribute")
    if element.get(type_) is not None and not MIME.fullmatch(element.get(type_) or ""):
        found.add("InvalidMIMEType")
    return found


def _atom(root: lxml.etree._Element) -> set[str]:
    a = lambda *names: [ATOM + name for name in names]  # noqa: E731
    found = {"MissingElement" for name in a("id", "title", "updated") if root.find(name) is None}
    found |= _once(root, *a("id", "title", "updated", "subtitle", "rights", "generator", "icon", "logo"))
    found |= {
        "UndefinedElement" for e in root if isinstance(e.tag, str) and e.tag.startswith(ATOM) and e.tag.removeprefix(ATOM) not in FEED
    }
    if not [one for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]:
        found.add("MissingSelf")
    entries = root.findall(f"{ATOM}entry")
    if any(count > 1 for count in Counter((e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}updated")) for e in entries).values()):
        found.add("DuplicateEntries")
    for part in (root, *entries):
        found |= _dates(part, RFC3339, *a("updated", "published")) | _atom_links(part) | _ids(part)
        found |= {"NotBlank" for name in a("id", "updated") for _n, text in _texts(part, name) if not text}
        for person in [*part.findall(f"{ATOM}author"), *part.findall(f"{ATOM}contributor")]:
            found |= {"MissingElement"} if person.find(f"{ATOM}name") is None else set()
            found |= {"NotBlank" for _n, text in _texts(person, f"{ATOM}name") if not text}
            found |= _once(person, *a("name", "uri", "email"))
            found |= {
                "UndefinedElement"
                for e in person
                if isinstance(e.tag, str) and e.tag not in a("name", "uri", "email") and e.tag.startswith(ATOM)
            }
        for category in part.findall(f"{ATOM}category"):
            found |= {"MissingAttribute"} if category.get("term") is None else set()
        if not LANGUAGE.fullmatch(part.get(XML_LANG, "en") or "en"):
            found.add("InvalidLanguage")
        for text in part.iterfind(f"{ATOM}*"):
            if text.tag in a("title", "subtitle", "summary", "rights") and text.get("type", "text") not in ("text", "html", "xhtml"):
                found.add("InvalidTextType")
            if text.tag in a("title", "subtitle", "summary", "rights", "content") and text.get("type") == "html":
                found |= _html(text.text or "")
    for entry in entries:
        found |= {"MissingElement" for name in a("id", "title", "updated") if entry.find(name) is None}
        found |= _once(entry, *a("id", "title", "updated", "published", "rights", "source", "summary", "content"))
        found |= {
            "UndefinedElement" for e in entry if isinstance(e.tag, str) and e.tag.startswith(ATOM) and e.tag.removeprefix(ATOM) not in ENTRY
        }
        if root.find(f"{ATOM}author") is None and entry.find(f"{ATOM}author") is None and entry.find(f"{ATOM}source/{ATOM}author") is None:
            found.add("MissingElement")
        alternates = [one for one in entry.findall(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"]
        if entry.find(f"{ATOM}content") is None and not alternates:
            found.add("MissingContentOrAlternate")
    return found


def _atom_links(parent: lxml.etree._Element) -> set[str]:
    found: set[str] = set()
    seen: Counter[tuple[str | None, ...]] = Counter()
    for link in parent.findall(f"{ATOM}link"):
        if link.get("href") is None:
            found.add("MissingAttribute")
        elif not link.get("href"):
            found.add("AttrNotBlank")
        if link.get("rel") == "":
            found.add("AttrNotBlank")
        if link.get("type") is not None and not MIME.fullmatch(link.get("type") or ""):
            found.add("InvalidMIMEType")
        if link.get("length") is not None and not re.fullmatch(r"\d+", link.get("length") or ""):
            found.add("InvalidNonNegativeInteger")
        if link.get("hreflang") is not None and not LANGUAGE.fullmatch(link.get("hreflang") or ""):
            found.add("InvalidLanguage")
        if link.get("rel", "alternate") == "alternate":
            seen[link.get("type"), link.get("hreflang")] += 1
    if any(count > 1 for count in seen.values()):
        found.add("DuplicateAtomLink")
    return found


def _ids(part: lxml.etree._Element) -> set[str]:
    return {"InvalidFullLink" for _name, text in _texts(part, f"{ATOM}id") if text and not urlsplit(text).scheme}


def _dates(parent: lxml.etree._Element, form: re.Pattern[str], *names: str) -> set[str]:
    found: set[str] = set()
    for _name, text in _texts(parent, *names):
        name = "InvalidRFC3339Date" if form is RFC3339 else "InvalidRFC2822Date"
        if not form.fullmatch(text):
            found.add(name)
            continue
        try:
            when = dt.datetime.fromisoformat(text) if form is RFC3339 else parsedate_to_datetime(text)
            if form is RFC822 and text[3:4] == "," and f"{when:%a}" != text[:3]:
                found.add("IncorrectDOW")
        except ValueError:
            found.add(name)
    return found


def _links(parent: lxml.etree._Element, *names: str) -> set[str]:
    return {one for _name, text in _texts(parent, *names) if text for one in _link(text)}


def _link(text: str) -> set[str]:
    try:
        parts = urlsplit(text)
    except ValueError:
        return {"InvalidLink"}
    whole = re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+", text) and (parts.scheme not in ("http", "https", "ftp") or parts.netloc)
    return set() if whole else {"InvalidLink"}


def _languages(parent: lxml.etree._Element, *names: str) -> set[str]:
    return {"InvalidLanguage" for _name, text in _texts(parent, *names) if text and not LANGUAGE.fullmatch(text)}


def _html(html: str) -> set[str]:
    found = {"SecurityRisk"} if RISKY.search(html) else set()
    found |= {"DangerousStyleAttr"} if STYLE.search(html) else set()
    return found | ({"ContainsRelRef"} if RELATIVE.search(html) else set())
