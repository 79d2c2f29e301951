"""Shortcodes of classic bodies, turned into markup the converter knows; bracketed prose stays prose."""

from __future__ import annotations

import re
from html import escape, unescape

_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|'([^']*)'|(\S+)""")
_TAG = re.compile(r"\[(\[?)(/?)([A-Za-z][\w-]*)((?:\s(?:[^\[\]<>\"'/]|\"[^\"]*\"|'[^']*'|/(?!\])){0,3000})?)(/?)\](\]?)")
_END = re.compile(r"\[/([A-Za-z][\w-]*)\s*\]")
_VERBATIM = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>|<!--.*?-->|<[a-z/!][^>]*>", re.S | re.I)
_CODE = frozenset({"code", "sourcecode", "php", "python", "css", "html", "javascript", "js", "java", "bash", "sql", "xml", "ruby"})
_VIDEO_HOSTS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
}
_EMBEDS = frozenset(
    {*_VIDEO_HOSTS, "embed", "soundcloud", "spotify", "googlemaps", "googlevideo", "instagram", "tweet", "twitter", "facebook",
     "gist", "slideshare", "scribd", "iframe", "bandcamp", "flickr", "tiktok"}
)  # fmt: skip
# As WordPress.com wrote them: [youtube=https://…&w=640], [audio:https://…|titles=…].
# Not beyond where the next may begin, and nothing given back: what is never closed would be walked again from each beginning.
_OLD_PLAYER = re.compile(rf"\[({'|'.join(sorted(_EMBEDS))})=[\"']?(https?://[^\s\[\]&\"'<>]++)[^\[\]<>]*+\]")
_OLD_SOUND = re.compile(r"\[audio[:=]\s*+(https?://[^\s\[\]|,\"'<>]++)[^\[\]<>]*+\]")
# From the beginning of a word only: from each of its letters, a long one would be walked again and again.
_QUOTED = re.compile(r"""(?<![\w-])[\w-]+\s*=\s*["'“”]""")
_BARE = re.compile(r"(?<![\w-])([\w-]+)=[\w.,:/-]")
_LETTER = re.compile("[A-Za-z]")
# Only set the text in another shape.
_SHAPES = frozenset({"dropcap", "dropcaps", "highlight", "lead"})
KNOWN = frozenset({"caption", "wp_caption", "gallery", "playlist", "audio", "video", "more"}) | _EMBEDS


def attributes(raw: str) -> dict[str, str]:
    """Named values by lower-case name, unnamed ones by position."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw.replace("\xa0", " ").replace("”", '"').replace("″", '"').replace("“", '"')):
        if match[1]:
            found[match[1].lower()] = match[2] or match[3] or match[4] or ""
        else:
            found[str(sum(key.isdigit() for key in found))] = match[5] or match[6] or match[7] or ""
    return found


def expand(html: str) -> str:
    """The HTML with every shortcode that is certain replaced; not inside code and tags."""
    if "[" not in html:
        return html
    html = _OLD_SOUND.sub(r"[audio \1]", _OLD_PLAYER.sub(r"[\1 \2]", _fence_code(html)))
    # Where each name is closed for the last time: what is opened behind that need not be followed.
    ends = {found[1].lower(): found.start() for found in _END.finditer(html)}
    out: list[str] = []
    at = 0
    verbatim = _VERBATIM.search(html)
    while found := _TAG.search(html, at):
        while verbatim is not None and verbatim.start() < at:
            verbatim = _VERBATIM.search(html, at)
        if verbatim is not None and verbatim.start() < found.start():
            out.append(html[at : verbatim.end()])
            at = verbatim.end()
            continue
        out.append(html[at : found.start()])
        text, at = _replace(html, found, ends)
        out.append(text)
    out.append(html[at:])
    return "".join(out)


def _fence_code(html: str) -> str:
    """[sourcecode] first: what is in it must not be read as anything else."""

    def pre(match: re.Match[str], inner: str) -> str:
        name, attrs = match[1].lower(), attributes(match[2])
        language = attrs.get("language") or attrs.get("lang") or ("" if name in ("code", "sourcecode") else name)
        text = re.sub(r"<br\s*/?>", "", inner)
        return f'\n\n<pre class="language-{escape(language)}">{re.sub(r"<(?=[^&])", "&lt;", text)}</pre>\n\n'

    names = "|".join(sorted(_CODE))
    # Behind the last end of a name nothing begins that it could close.
    last = {found[1].lower(): found.start() for found in re.finditer(rf"\[/({names})\]", html, re.I)}
    out, at = [], 0
    for opening in re.finditer(rf"\[({names})((?:\s[^\[\]]*)?)\]", html, re.I) if last else ():
        name = opening[1].lower()
        if opening.start() < at or opening.end() > last.get(name, -1):
            continue
        closing = re.compile(rf"\[/{name}\]", re.I).search(html, opening.end())
        if closing:
            out += [html[at : opening.start()], pre(opening, html[opening.end() : closing.start()])]
            at = closing.end()
    return "".join([*out, html[at:]])


def _replace(html: str, found: re.Match[str], ends: dict[str, int]) -> tuple[str, int]:
    name, raw = found[3].lower(), found[0]
    if found[1] and found[6]:
        return raw[1:-1], found.end()  # [[gallery]] is how a text shows [gallery].
    if found[2]:
        return ("", found.end()) if name in KNOWN else (raw, found.end())
    attrs = attributes(found[4])
    inner, end = None, found.end()
    if not found[5]:
        closing = found.end() <= ends.get(name, -1) and re.compile(rf"\[/{re.escape(found[3])}\s*\]", re.I).search(html, found.end())
        if closing:
            inner, end = html[found.end() : closing.start()], closing.end()
    if name in ("caption", "wp_caption"):
        return (_caption(attrs, inner), end) if inner is not None else (raw, found.end())
    if name in ("gallery", "playlist") and inner is None:
        ids = attrs.get("ids") or attrs.get("include") or ""
        kind = attrs.get("type", "audio") if name == "playlist" else "gallery"
        return (
            f'\n\n<bs-gallery data-ids="{escape(ids)}" data-not="{escape(attrs.get("exclude", ""))}" data-kind="{escape(kind)}"></bs-gallery>\n\n',
            end,
        )
    if name in ("audio", "video"):
        sources = (attrs.get(k) for k in ("src", "mp3", "mp4", "ogg", "ogv", "m4a", "m4v", "webm", "wav", "flv", "0"))
        url = next((s for s in sources if s), "") or (inner or "").strip()
        return (f'\n\n<bs-file data-url="{escape(_bare(url))}" data-kind="{name}"></bs-file>\n\n', end) if url else (raw, found.end())
    if name in _EMBEDS:
        return _embed(name, attrs, inner, raw, found.end(), end)
    if name in _SHAPES and inner is not None:
        return expand(inner), end
    if _is_shortcode(attrs, found, inner):
        # What it holds stays text; that there was something is kept for the desk.
        return (
            f'\n\n<bs-shortcode data-name="[{escape(name)}]" data-raw="{escape(raw)}"></bs-shortcode>\n\n{expand(inner) if inner else ""}',
            end,
        )
    return raw, found.end()


def _is_shortcode(attrs: dict[str, str], found: re.Match[str], inner: str | None) -> bool:
    """Certain only with named, quoted values, or closed by its own tag, or named as no word is; else it is prose."""
    if _QUOTED.search(found[4]) or any(_LETTER.search(bare[1]) for bare in _BARE.finditer(found[4])):
        return True
    if inner is not None:
        return True
    return "_" in found[3] and not found[4].strip() and found[3].islower()


def _bare(text: str) -> str:
    return re.sub(r"<[^<>]+>", "", text).strip()


def _caption(attrs: dict[str, str], inner: str) -> str:
    picture = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", inner, re.S | re.I)
    image, text = (picture[1], picture[2]) if picture else (expand(inner), "")
    text = text.strip() or escape(unescape(attrs.get("caption", "")), quote=False)
    number = re.search(r"(?<!\d)(\d+)\s*$", attrs.get("id", ""))
    return f'\n\n<figure class="wp-caption" data-id="{number[1] if number else ""}">{image}<figcaption>{text}</figcaption></figure>\n\n'


def _embed(name: str, attrs: dict[str, str], inner: str | None, raw: str, after: int, end: int) -> tuple[str, int]:
    target = _bare(inner or "") or attrs.get("url") or attrs.get("src") or attrs.get("id") or attrs.get("0", "").lstrip("=")
    if name == "embed" and not target:
        return raw, after
    target = _bare(target.replace("&amp;", "&"))
    if target.startswith("//"):
        target = f"https:{target}"
    if not re.match(r"https?://", target):
        if name not in _VIDEO_HOSTS or not re.fullmatch(r"[\w-]{3,40}", target):
            return raw, after
        target = _VIDEO_HOSTS[name].format(target)
    return f'\n\n<bs-embed data-url="{escape(target)}"></bs-embed>\n\n', end
