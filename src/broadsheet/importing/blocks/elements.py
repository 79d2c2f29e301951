"""What stands between passages: pictures, galleries, quotations, tables, code, players, files, buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from broadsheet.importing.blocks import addresses
from broadsheet.importing.blocks.compose import Block, Composer, Entry, text_of
from broadsheet.importing.records import Attachment


@dataclass(slots=True)
class Surroundings:
    """What a body refers to outside itself."""

    base: str = ""
    """The old site's front page; links below it become links here."""
    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    """Ids of the files uploaded to this item, in order: a bare [gallery] shows them."""
    reusable: dict[str, str] = field(default_factory=dict)
    footnotes: str = ""
    finished: bool = False
    """The body is HTML as readers got it: nothing in it is a shortcode, and blank lines mean nothing."""


def classes(element: Any) -> frozenset[str]:
    """The element's class names."""
    return frozenset((element.get("class") or "").split())


def picture(
    image: Any, around: Surroundings, *, caption: str = "", box: Any = None, link: str = "", attrs: dict[str, Any] | None = None
) -> Block | None:
    """The value of a picture; nothing for tracking pixels and for what shows no file."""
    names = classes(image) | (classes(box) if box is not None else frozenset())
    number = next((name.removeprefix("wp-image-") for name in names if re.fullmatch(r"wp-image-\d+", name)), "")
    number = number or str((attrs or {}).get("id") or "") or image.get("data-id") or (box.get("data-id") if box is not None else "") or ""
    if image.get("width") in ("0", "1") and image.get("height") in ("0", "1"):
        return None
    source = addresses.absolute(image.get("src") or "")
    known = around.attachments.get(number)
    if not source and known is None:
        return None
    wide, full = names & {"alignwide", "kg-width-wide"}, names & {"alignfull", "kg-width-full"}
    size = "full" if full else "wide" if wide else "column"
    # A link to the file itself or to its attachment page leads nowhere a reader would go.
    if addresses.IMAGE_ENDING.search(link.partition("?")[0]) or "attachment_id=" in link or "/attachment/" in link:
        link = ""
    return {
        "image": None,
        "attachment": number,
        "alt": (image.get("alt") or "").strip(),
        "decorative": False,
        "caption": caption,
        "credit": "",
        "size": size,
        "link": addresses.own_path(link, around.base),
        "source": source or (known.url if known else ""),
    }


def attached_picture(known: Attachment) -> Block:
    """The value of a picture that a body names by id only."""
    return {
        "image": None, "attachment": known.source_id, "alt": known.alt, "decorative": False,
        "caption": escape(known.caption, quote=False), "credit": "", "size": "column", "link": "", "source": known.url,
    }  # fmt: skip


def link_of(image: Any, within: Any) -> str:
    """Where the picture leads: its nearest link."""
    for parent in image.iterancestors():
        if parent.tag == "a":
            return addresses.absolute(parent.get("href") or "")
        if parent is within:
            break
    return ""


def figure(composer: Composer, element: Any, depth: int, around: Surroundings, attrs: dict[str, Any]) -> bool:
    """A picture with its caption; figures around anything else are walked through."""
    images = list(element.iter("img"))
    held = {"table", "iframe", "video", "audio", "blockquote", "pre", "object", "bs-embed", "bs-file", "bs-gallery", "ul"}
    if len(images) != 1 or any(inner.tag in held for inner in element.iterdescendants()):
        return False
    captions = list(element.iter("figcaption"))
    caption, lifted = composer.rich(captions[0], depth) if captions else ("", [])
    value = picture(images[0], around, caption=caption, box=element, link=link_of(images[0], element), attrs=attrs)
    if value is None:
        return False
    composer.block("picture", value)
    composer.entries += lifted
    # Anything else written inside the figure.
    rest, more = composer.passage(element, depth, skip=captions) if has_words(element, captions) else ("", [])
    if rest:
        composer.entries.append(Entry("p", re.sub(r"</?p>", "", rest)))
    composer.entries += [entry for entry in more if entry.block and entry.block["type"] != "picture"]
    return True


def has_words(element: Any, but: list[Any]) -> bool:
    """Whether an element says anything besides what some parts of it say."""
    words = text_of(element)
    for caption in but:
        words = words.replace(text_of(caption), "", 1)
    return bool(words.strip())


def gallery(composer: Composer, element: Any, depth: int, around: Surroundings) -> bool:
    """All pictures in the element, each with its own caption, and the caption of all."""
    if has_words(element, list(element.iter("figcaption"))):
        return False
    pictures = []
    used = set()
    for image in element.iter("img"):
        box = next((p for p in image.iterancestors() if p.tag in ("figure", "li") and p is not element), None)
        captions = [] if box is None else list(box.iter("figcaption"))
        # A figure that holds several pictures is the gallery, and its caption is the gallery's.
        own = captions[0] if captions and box is not None and len(list(box.iter("img"))) == 1 else None
        caption = composer.rich(own, depth)[0] if own is not None else ""
        if own is not None:
            used.add(own)
        if value := picture(image, around, caption=caption, box=box, link=link_of(image, element)):
            pictures.append(value)
    if not pictures:
        return False
    rest = [c for c in element.iter("figcaption") if c not in used]
    caption = "<br>".join(filter(None, (composer.rich(c, depth)[0] for c in rest)))
    composer.block("gallery", {"pictures": pictures, "caption": caption})
    return True


def listed_gallery(composer: Composer, element: Any, around: Surroundings) -> None:
    """A [gallery] or [playlist]: by ids, or all files uploaded to the item."""
    ids = re.findall(r"\d+", element.get("data-ids") or "") or list(around.children)
    without = set(re.findall(r"\d+", element.get("data-not") or ""))
    known = [around.attachments.get(i) or _unlisted(i, around) for i in ids if i not in without]
    kind = element.get("data-kind") or "gallery"
    if kind != "gallery":
        for file in known:
            if file.file and file.url and not addresses.IMAGE_ENDING.search(file.url):
                composer.block("file", {"document": None, "url": file.url, "title": file.title, "kind": kind})
        return
    pictures = [
        attached_picture(file)
        for file in known
        if "?attachment_id=" in file.url or addresses.IMAGE_ENDING.search(file.url.partition("?")[0])
    ]
    if pictures:
        composer.block("gallery", {"pictures": pictures, "caption": ""})


def _unlisted(number: str, around: Surroundings) -> Attachment:
    """A file that the export names by id only: its place is kept for whoever finds it."""
    return Attachment(number, f"{around.base}/?attachment_id={number}", "")


def quotation(composer: Composer, element: Any, depth: int) -> None:
    """Someone's words with who said them, or a line pulled out of the text."""
    box = next((p for p in element.iterancestors() if p.tag == "figure"), None)
    pulled = "wp-block-pullquote" in classes(element) or (box is not None and "wp-block-pullquote" in classes(box))
    attributions = [c for c in element.iter("cite", "footer") if _is_last(c, element)]
    attribution = " ".join(filter(None, (" ".join(text_of(c).split()) for c in attributions[:1])))
    html, lifted = composer.passage(element, depth, skip=attributions[:1])
    html = re.sub(r"<(/?)h[2-4]>", r"<\1p>", html)
    if not html and attribution:
        html, attribution = f"<p>{escape(attribution, quote=False)}</p>", ""
    composer.end_line()
    if html and pulled:
        composer.block("pullquote", {"text": plain(html), "attribution": attribution})
    elif html:
        cite = addresses.absolute(element.get("cite") or "")
        composer.block("quote", {"text": html, "attribution": attribution, "cite": cite})
    composer.entries += lifted


def _is_last(cite: Any, quote: Any) -> bool:
    """Only a `cite` that ends the quotation names who said it; one within a sentence is a title."""
    node = cite
    while node is not quote:
        if (node.tail or "").strip() or node.getnext() is not None:
            return False
        node = node.getparent()
    return (cite.getparent() is quote) or not (cite.getparent().text or "").strip()


def plain(html: str) -> str:
    """Rich text as lines."""
    from broadsheet.html import plain_text

    return plain_text(html)


def table(composer: Composer, element: Any, depth: int, caption: str = "") -> None:
    """Rows and cells with their inline text; pictures in cells follow the table."""
    lifted: list[Entry] = []
    sections: list[str] = []
    for title in element.iterchildren("caption"):
        caption = " ".join(filter(None, [" ".join(text_of(title).split()), caption]))
    groups = [g for g in element.iterchildren() if g.tag in ("thead", "tbody", "tfoot")] or [element]
    for group in groups:
        rows = []
        for row in group.iterchildren("tr"):
            cells = []
            for cell in row.iterchildren("td", "th"):
                html, more = composer.rich(cell, depth)
                lifted += more
                spans = "".join(f' {n}="{int(cell.get(n))}"' for n in ("colspan", "rowspan") if re.fullmatch(r"\d{1,3}", cell.get(n) or ""))
                scope = f' scope="{cell.get("scope")}"' if cell.get("scope") in ("row", "col", "rowgroup", "colgroup") else ""
                cells.append(f"<{cell.tag}{scope}{spans}>{html}</{cell.tag}>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        tag = group.tag if group is not element else "tbody"
        if rows:
            sections.append(f"<{tag}>{''.join(rows)}</{tag}>")
    if re.sub(r"<[^>]*>|\s", "", "".join(sections)):
        composer.block("table", {"caption": caption, "html": f"<table>{''.join(sections)}</table>"})
    elif caption:
        composer.paragraph(escape(caption, quote=False))
    composer.entries += lifted


def preformatted(composer: Composer, element: Any, attrs: dict[str, Any]) -> None:
    """Verse or code; line ends are meant."""
    for br in list(element.iter("br")):
        br.tail = "\n" + (br.tail or "")
    text = text_of(element).replace("\r\n", "\n").strip("\n")
    names = classes(element) | frozenset().union(*(classes(c) for c in element.iter("code")))
    if "wp-block-verse" in names:
        composer.block("verse", {"text": text})
        return
    language = str(attrs.get("language") or "") or next(
        (n.partition("-")[2] for n in sorted(names) if re.match(r"lang(?:uage)?-\w", n)), ""
    )
    brush = re.search(r"brush:\s*([\w#+-]+)", element.get("class") or "")
    if text.strip():
        composer.block("code", {"language": language or (brush[1] if brush else ""), "text": text})


def player(composer: Composer, element: Any, title: str = "") -> None:
    """What another party would play or show: a labelled link, never a request."""
    url = element.get("src") or element.get("data-url") or element.get("data") or ""
    for inner in element.iter("param", "embed", "iframe"):
        if not url:
            is_movie = inner.tag != "param" or (inner.get("name") or "").lower() in ("movie", "src")
            url = (inner.get("src") or inner.get("value") or "") if is_movie else ""
    url = addresses.page_behind(url)
    if not re.match(r"https?://", url):
        return
    label = title or (element.get("title") or "").strip()
    composer.block("embed", {"url": url, "title": label, "provider": addresses.provider_of(url)})


def recording(composer: Composer, element: Any, title: str = "", kind: str = "") -> None:
    """Audio and video files."""
    url = element.get("src") or element.get("data-url") or next((s.get("src") or "" for s in element.iter("source")), "")
    url = addresses.absolute(url)
    kind = kind or element.get("data-kind") or element.tag
    if url and addresses.is_embeddable(url):
        composer.block("embed", {"url": url, "title": title, "provider": addresses.provider_of(url)})
    elif url:
        composer.block("file", {"document": None, "url": url, "title": title, "kind": kind})


def file(composer: Composer, element: Any) -> bool:
    """A file to download: the link that names it."""
    links = [a for a in element.iter("a") if addresses.absolute(a.get("href") or "")]
    if not links:
        return False
    named = next((a for a in links if text_of(a).strip() and "wp-block-file__button" not in classes(a)), links[0])
    url = addresses.absolute(named.get("href") or "")
    composer.block("file", {"document": None, "url": url, "title": " ".join(text_of(named).split()), "kind": "file"})
    return True


def buttons(composer: Composer, element: Any, around: Surroundings) -> bool:
    """Links that stand alone; a button that leads nowhere stays as its words."""
    links = []
    for link in element.iter("a"):
        words = " ".join(text_of(link).split())
        url = addresses.own_path(addresses.absolute(link.get("href") or ""), around.base)
        if words and url and not url.startswith("#"):
            links.append({"text": words, "url": url})
    if not links or sum(len(link["text"]) for link in links) + 20 < len(" ".join(text_of(element).split())):
        return False
    written = " ".join(text_of(element).split())
    if written.split() != " ".join(link["text"] for link in links).split():
        return False
    composer.block("buttons", {"links": links})
    return True


def factbox(composer: Composer, element: Any, depth: int) -> None:
    """`details`, or a group marked as a box: its heading and its text; what is no text follows it."""
    heading = next((c for c in element.iter("summary", "h2", "h3", "h4") if text_of(c).strip()), None)
    words = " ".join(text_of(heading).split()) if heading is not None else ""
    if heading is not None and heading.getparent() is not None:
        parent, before = heading.getparent(), heading.getprevious()
        if heading.tail:
            if before is not None:
                before.tail = (before.tail or "") + heading.tail
            else:
                parent.text = (parent.text or "") + heading.tail
        parent.remove(heading)
    html, lifted = composer.passage(element, depth)
    if html or words:
        composer.block("factbox", {"heading": words, "text": html})
    composer.entries += lifted
