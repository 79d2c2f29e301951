"""A bit of everything that is written in a place of its own, and of everything that is told as odd, in few stories."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image as Picture

from .conftest import HEAD, author, category, item, within

UPLOADS = "https://tern.example/wp-content/uploads"


def small_site(folder: Path, stories: int = 36) -> Path:
    """Write an export and, beside it, its uploads folder; the export's path."""
    uploads = folder / "uploads" / "2024"
    uploads.mkdir(parents=True)
    files = []
    for number in range(900, 904):
        Picture.new("RGB", (400, 300), (number - 860, 40, 90)).save(uploads / f"{number}.jpg")
        address = f"<wp:attachment_url>{UPLOADS}/2024/{number}.jpg</wp:attachment_url>"
        meta = {"_wp_attached_file": f"2024/{number}.jpg"}
        files.append(item(str(number), "File", "", type="attachment", status="inherit", slug=f"f-{number}", meta=meta, more=address))
    for number in (910, 911):
        (uploads / f"{number}.pdf").write_bytes(b"%PDF-1.4 " + str(number).encode() * 40)
        address = f"<wp:attachment_url>{UPLOADS}/2024/{number}.pdf</wp:attachment_url>"
        files.append(item(str(number), "Paper", "", type="attachment", status="inherit", slug=f"f-{number}", more=address))
    address = f"<wp:attachment_url>{UPLOADS}/2024/lost.jpg</wp:attachment_url>"
    files.append(item("912", "Lost", "", type="attachment", status="inherit", slug="f-912", more=address))
    # One that only a body names.
    Picture.new("RGB", (300, 200), "teal").save(uploads / "aside.jpg")
    items = [_story(number) for number in range(1, stories + 1)]
    items += [
        item("801", "About", type="page", link="https://tern.example/about/"),
        item("802", "Team", type="page", link="https://tern.example/about/team/", more="<wp:post_parent>801</wp:post_parent>"),
        item("803", "Lost child", type="page", link="https://tern.example/child/", more="<wp:post_parent>999</wp:post_parent>"),
        item("804", status="trash"), item("805", status="draft"), item("806", "Private", status="private"),
        item("807", "Pinned", more="<wp:is_sticky>1</wp:is_sticky>"), item("808", "A review", type="review"),
        item("809", "One", link="https://tern.example/same/"), item("810", "Two", link="https://tern.example/same/"),
        item("811", "Once"), item("811", "Once"),
        item("850", "Coast", type="nav_menu_item", terms=within(("main", "Main"), domain="nav_menu"), meta=_entry("taxonomy", "1", "category")),
        item("851", "About", type="nav_menu_item", terms=within(("main", "Main"), domain="nav_menu"), meta=_entry("post_type", "801", "page")),
    ]  # fmt: skip
    head = (
        author("ada", "Ada")
        + author("bo", "Bo")
        + category("news", "News")
        + category("coast", "Coast", "news")
        + category("people", "People")
    )
    path = folder / "export.xml"
    text = HEAD.format(base="https://tern.example", language="en-US") + head + "".join((*files, *items)) + "</channel></rss>\n"
    path.write_text(text, encoding="utf-8")
    return path


def _story(number: int) -> str:
    body = f"London – Text {number}.\n\nSecond."
    if number % 7 == 0:
        body += f'\n\n<img class="wp-image-{900 + number % 4}" src="{UPLOADS}/2024/{900 + number % 4}.jpg">'
    if number % 10 == 0:
        body += f'\n\n<img src="{UPLOADS}/2024/aside.jpg">'
    if number % 6 == 0:
        body += f'\n\n<a href="{UPLOADS}/2024/{910 + number % 4 // 2}.pdf">The paper</a>\n\n<!-- wp:acme/box -->\n<p>Box {number}</p>\n<!-- /wp:acme/box -->'
    comments = "".join(
        f"<wp:comment><wp:comment_id>{number}{n}</wp:comment_id><wp:comment_author>Bo</wp:comment_author>"
        f"<wp:comment_date_gmt>2024-03-06 00:00:0{n}</wp:comment_date_gmt><wp:comment_content>Well {n}</wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{f'{number}1' if n == 2 else 0}</wp:comment_parent></wp:comment>"
        for n in range(1, number % 3 + 1)
    )
    terms = (
        within(("news", "News"), ("coast", "Coast")) if number % 4 else within(("people", "People"), (f"late{number}", f"Late {number}"))
    )
    terms += within((f"t{number % 4}", f"Topic {number % 4}"), domain="post_tag") + within(
        (f"r{number % 3}", f"R {number % 3}"), domain="region"
    )
    meta = {"_thumbnail_id": str(900 + number % 4)} | ({"_yoast_wpseo_meta-robots-noindex": "1"} if number % 8 == 0 else {})
    return item(
        str(number), "" if number % 11 == 0 else f"Story {number}", body, date=f"2024-03-{number % 27 + 1:02} 10:00:00",
        slug="same" if number % 9 == 0 else None, terms=terms, more=comments, creator=("ada", "bo", "cy")[number % 3], meta=meta,
    )  # fmt: skip


def _entry(kind: str, target: str, of: str) -> dict[str, str]:
    return {
        "_menu_item_type": kind, "_menu_item_object_id": target, "_menu_item_object": of, "_menu_item_menu_item_parent": "0", "_menu_item_url": "",
    }  # fmt: skip


if __name__ == "__main__":
    print(small_site(Path(sys.argv[1])))
