"""What addresses in a body lead to: our own pages, other parties' players, or nothing we would link."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

from broadsheet.html import safe_url

PROVIDERS = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "youtube-nocookie.com": "YouTube", "vimeo.com": "Vimeo", "twitter.com": "X",
    "x.com": "X", "facebook.com": "Facebook", "fb.watch": "Facebook", "instagram.com": "Instagram", "tiktok.com": "TikTok",
    "soundcloud.com": "SoundCloud", "spotify.com": "Spotify", "dailymotion.com": "Dailymotion", "dai.ly": "Dailymotion",
    "flickr.com": "Flickr", "flic.kr": "Flickr", "ted.com": "TED", "slideshare.net": "SlideShare", "scribd.com": "Scribd",
    "issuu.com": "Issuu", "mixcloud.com": "Mixcloud", "reddit.com": "Reddit", "tumblr.com": "Tumblr", "wordpress.tv": "WordPress.tv",
    "videopress.com": "VideoPress", "animoto.com": "Animoto", "cloudup.com": "Cloudup", "crowdsignal.com": "Crowdsignal",
    "polldaddy.com": "Crowdsignal", "kickstarter.com": "Kickstarter", "imgur.com": "Imgur", "giphy.com": "Giphy",
    "pinterest.com": "Pinterest", "bsky.app": "Bluesky", "t.me": "Telegram", "datawrapper.dwcdn.net": "Datawrapper",
    "flourish.studio": "Flourish", "loom.com": "Loom", "bandcamp.com": "Bandcamp", "podcasts.apple.com": "Apple Podcasts",
    "gist.github.com": "GitHub Gist", "smugmug.com": "SmugMug", "speakerdeck.com": "Speaker Deck", "wolframcloud.com": "Wolfram",
    "funnyordie.com": "Funny or Die", "hulu.com": "Hulu", "screencast.com": "Screencast", "meetup.com": "Meetup",
    "photobucket.com": "Photobucket", "collegehumor.com": "CollegeHumor", "reverbnation.com": "ReverbNation", "rdio.com": "Rdio",
    "viddler.com": "Viddler", "blip.tv": "Blip", "video.google.com": "Google Video", "maps.google.com": "Google Maps",
}  # fmt: skip
_PLAYER = (
    (re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,20})"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (re.compile(r"(?:www\.)?dailymotion\.com/embed/video/(\w+)"), "https://www.dailymotion.com/video/{}"),
    (re.compile(r"open\.spotify\.com/embed/(\w+/\w+)"), "https://open.spotify.com/{}"),
)
IMAGE_ENDING = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)$", re.I)


def absolute(url: str) -> str:
    """The address, safe to link, with `//host` completed; nothing for one that is not."""
    url = safe_url(url.strip())
    if url.startswith("//"):
        return "https:" + url
    return url


def host_of(url: str) -> str:
    """Host without `www.` and `m.`, or nothing."""
    try:
        host = (urlsplit(url).hostname or "").casefold()
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m|mobile)\.", "", host)


def provider_of(url: str) -> str:
    """Whose player, post or map it is; the host where we have no name for it."""
    host = host_of(url)
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if name := PROVIDERS.get(".".join(labels[start:])):
            return name
    return host


def is_embeddable(url: str) -> bool:
    """Whether an old site would have shown a player or post instead of this address."""
    return provider_of(url) in PROVIDERS.values()


def page_behind(player: str) -> str:
    """The page a reader can open, for the address of a player."""
    url = absolute(player)
    bare = url.partition("://")[2]
    for pattern, page in _PLAYER:
        if found := pattern.match(bare):
            return page.format(found[1])
    if "facebook.com/plugins/" in bare:
        target = parse_qs(urlsplit(url).query).get("href", [""])[0]
        return absolute(target) if re.match(r"https?://", target) else url
    return url


def own_path(url: str, base: str) -> str:
    """For a page of the old site its path here, percent-encoded, with query and fragment; else the address as it is."""
    if not base or not re.match(r"(?:https?:)?//", url):
        return url
    try:
        parts, root = urlsplit(url), urlsplit(base)
    except ValueError:
        return url
    if parts.netloc.casefold().removeprefix("www.") != root.netloc.casefold().removeprefix("www."):
        return url
    prefix = root.path.rstrip("/")
    path = parts.path or "/"
    if not (path + "/").startswith(prefix + "/") or "/wp-content/" in path or parts.query:
        return url
    path = "/" if path.rstrip("/") == prefix else path
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return quote(unquote("/" + path.lstrip("/")), safe="/:@!$&'()*+,;=~-._") + fragment
