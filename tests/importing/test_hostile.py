"""An export written by somebody who means harm: a payload in every field, and every page that shows any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from PIL import Image as Picture

from broadsheet.fronts.models import MenuEntry
from broadsheet.importing.load import Loader
from broadsheet.importing.proof import proof
from broadsheet.importing.wordpress.reader import Export
from broadsheet.media.models import Document, Image
from broadsheet.people.models import Person
from broadsheet.stories.models import Section, StaticPage, Story, Topic

from .conftest import item

pytestmark = pytest.mark.django_db
RUN = "pwned()"


def evil(where: str) -> str:
    """Breaks out of an attribute, an element, a script, a style, a comment and a template."""
    return (
        f"""{where}"'><script>{RUN}</script><img src=x onerror="{RUN}"><svg onload="{RUN}"></svg><a href="javascript:{RUN}">x</a>"""
        f"""</title></script></style></textarea>--><base href="//evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example/">"""
        f"""<form action="javascript:{RUN}"><button formaction="javascript:{RUN}">x</button></form>{{{{ {RUN} }}}}{{% debug %}}"""
    )


def cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


PICTURE = "https://tern.example/wp-content/uploads/2024/03/pic.png"
BODIES = [
    evil("classic") + "\n\n" + evil("second") + "\nand a line",
    f'<!-- wp:paragraph --><p style="width:expression({RUN})" onclick="{RUN}">Hi<br>there {evil("p")}</p><!-- /wp:paragraph -->',
    f'<!-- wp:html --><script>{RUN}</script><iframe srcdoc="<script>{RUN}</script>" src="javascript:{RUN}"></iframe>'
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;"></math><!-- /wp:html -->',
    f'<!-- wp:embed {{"url":"javascript:{RUN}"}} --><figure><div>javascript:{RUN}</div><figcaption>{evil("embed")}</figcaption></figure><!-- /wp:embed -->',
    f'<!-- wp:image {{"id":90}} --><figure><img src="{PICTURE}" alt="a" onload="{RUN}"><figcaption>{evil("caption")}</figcaption></figure><!-- /wp:image -->',
    f'<!-- wp:gallery {{"ids":[90]}} --><figure><figure><img src="{PICTURE}" data-id="90" alt="&quot; onload=&quot;{RUN}"></figure></figure><!-- /wp:gallery -->',
    f'<!-- wp:quote --><blockquote cite="javascript:{RUN}"><p>{evil("quote")}</p><cite>{evil("cite")}</cite></blockquote><!-- /wp:quote -->',
    f'<!-- wp:table --><figure><table><tr><td onclick="{RUN}">{evil("cell")}</td></tr></table></figure><!-- /wp:table -->',
    f'<!-- wp:buttons --><div><!-- wp:button --><div><a href=" java\tscript:{RUN}">b</a></div><!-- /wp:button --></div><!-- /wp:buttons -->',
    f'<!-- wp:file {{"href":"javascript:{RUN}"}} --><div><a href="data:text/html,<script>{RUN}</script>">f</a></div><!-- /wp:file -->',
    f'<!-- wp:video --><figure><video src="javascript:{RUN}" poster="javascript:{RUN}"></video></figure><!-- /wp:video -->',
    f'<!-- wp:evil/block {{"x":"</script><script>{RUN}</script>"}} --><div onclick="{RUN}">{evil("unknown")}</div><!-- /wp:evil/block -->',
    f'[caption id="x" align="a\' onload={RUN}"]<img src="{PICTURE}"> {evil("short")}[/caption] [audio src="javascript:{RUN}"] [evil x="<script>{RUN}</script>"]',
    f'<!-- wp:details --><details open ontoggle="{RUN}"><summary>{evil("summary")}</summary></details><!-- /wp:details -->',
]


def comment(number: int, kind: str) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{cdata(evil('author'))}</wp:comment_author>"
        f"<wp:comment_author_url>{cdata(f'javascript:{RUN}')}</wp:comment_author_url><wp:comment_date_gmt>2024-03-06 10:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content>{cdata(evil('comment'))}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type></wp:comment>"
    )


def field(element: str, value: str) -> str:
    return f"<{element}>{cdata(value)}</{element}>"


HEAD = (
    f"<wp:author>{field('wp:author_login', 'evil')}{field('wp:author_display_name', evil('name'))}</wp:author>"
    f"<wp:category>{field('wp:category_nicename', 'evil-cat')}{field('wp:cat_name', evil('section'))}{field('wp:category_description', evil('about'))}</wp:category>"
    f"<wp:tag>{field('wp:tag_slug', 'evil-tag')}{field('wp:tag_name', evil('topic'))}{field('wp:tag_description', evil('about'))}</wp:tag>"
)
SEARCH = {
    "_yoast_wpseo_title": evil("seo"), "_yoast_wpseo_metadesc": evil("description"), "_yoast_wpseo_canonical": f"javascript:{RUN}",
    "_thumbnail_id": "90", "_wp_old_slug": f'old"><script>{RUN}</script>',
}  # fmt: skip
MENU = [
    f"javascript:{RUN}",
    f" java\nscript:{RUN}",
    "//evil.example/",
    f"data:text/html,<script>{RUN}</script>",
    f'https://a.example/"onclick="{RUN}',
]


@pytest.fixture
def taken_in(wxr, tmp_path) -> Loader:
    folder = tmp_path / "uploads" / "2024" / "03"
    folder.mkdir(parents=True)
    Picture.new("RGB", (60, 40), "navy").save(folder / "pic.png")
    (folder / f'"><img src=x onerror={RUN}>.pdf').write_bytes(b"%PDF-1.4")
    (folder / "link.txt").symlink_to("/etc/hostname")
    (folder / "poly.gif").write_bytes(b"GIF89a/*<script>%s</script>*/=1;" % RUN.encode())
    (folder / "x.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"/>')
    (tmp_path / "outside.txt").write_text("outside")
    files = {"pic.png": "2024/03/pic.png", "name.pdf": f'2024/03/"><img src=x onerror={RUN}>.pdf', "link.txt": "2024/03/link.txt",
             "poly.gif": "2024/03/poly.gif", "x.svg": "2024/03/x.svg", "outside.txt": "../outside.txt", "passwd.txt": "../../../../../../etc/passwd"}  # fmt: skip
    terms = "".join(f'<category domain="{kind}" nicename="{slug}">{cdata(evil(slug))}</category>'
                    for kind, slug in (("category", "evil-cat"), ("post_tag", "evil-tag")))  # fmt: skip
    stories = [
        item(str(n), evil(f"headline {n}"), body.replace("]]>", ""), terms=terms, meta=SEARCH, creator="evil",
             more=comment(1000 + 2 * n, "comment") + comment(1001 + 2 * n, "pingback")).replace(
                 "<excerpt:encoded><![CDATA[]]>", f"<excerpt:encoded>{cdata(evil('excerpt'))}")
        for n, body in enumerate(BODIES, 1)
    ]  # fmt: skip
    pages = [item("80", evil("page"), evil("page"), type="page", slug=f'about"><script>{RUN}</script>', link="https://tern.example/about/")]
    media = [
        item(str(90 + n), evil("file"), evil("file"), type="attachment", status="inherit", slug=f"f{n}", link="",
             meta={"_wp_attached_file": path, "_wp_attachment_image_alt": evil("alt")},
             more=f"<wp:attachment_url>https://tern.example/wp-content/uploads/2024/03/{name}</wp:attachment_url>")
        for n, (name, path) in enumerate(files.items())
    ]  # fmt: skip
    menu = [
        item(str(70 + n), evil("menu"), "", type="nav_menu_item", slug=f"m{n}", terms='<category domain="nav_menu" nicename="main">main</category>',
             meta={"_menu_item_type": "custom", "_menu_item_url": url, "_menu_item_menu_item_parent": "0"})
        for n, url in enumerate(MENU)
    ]  # fmt: skip
    path = wxr(*stories, *pages, *media, *menu, head=HEAD)
    path.write_text(path.read_text().replace("<title>The Tern</title>", field("title", evil("site"))))
    loader = Loader(Export([path]), media=tmp_path / "uploads")
    assert loader.run().differences == []
    return loader


def dangers(text: str) -> Iterator[str]:
    """What in a page would run, load from elsewhere, send or lead away."""
    page = lxml_html.document_fromstring(text)
    for element in page.iter("*"):
        tag = str(element.tag)
        for name, value in element.attrib.items():
            if name.lower().startswith("on"):
                yield f"{tag} {name}={value[:60]}"
            if name in {"href", "src", "action", "formaction", "data", "poster", "cite", "srcdoc"}:
                if re.match(r"[\s\x00-\x20]*(?:javascript|vbscript|data:text)", value, re.I) or name == "srcdoc":
                    yield f"{tag} {name}={value[:60]}"
                if tag in {"script", "img", "iframe", "link", "source", "video", "audio"} and "evil.example" in value and name != "href":
                    yield f"{tag} loads {value[:60]}"
        if tag in {"base", "iframe", "object", "embed"} or tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield lxml_html.tostring(element, encoding="unicode")[:80]
        if tag == "script" and RUN in (element.text or "") and "json" not in element.get("type", ""):
            yield f"script: {(element.text or '')[:80]}"


def public(loader: Loader) -> list[str]:
    found = ["/", "/latest/", "/no/such/page/"]
    for model in (Story, StaticPage):
        found += [link for link in model.objects.values_list("permalink", flat=True) if link]
    return [
        *found,
        *(one.get_absolute_url() for one in (*Topic.objects.all(), *Person.objects.all())),
        *(s.get_url() for s in Section.objects.all()),
    ]


def test_nothing_runs_on_the_readers_pages(taken_in, client):
    for address in public(taken_in):
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        assert list(dangers(answer.content.decode())) == [], address
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self';" in policy and "base-uri 'none'" in policy
        assert b"PWNED" not in answer.content
    maps = re.findall(r"<loc>[^<]*(/sitemap-[^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(maps) > 2
    for address in ("/feed/", *maps, *(f"{p.get_absolute_url()}feed/" for p in Person.objects.all())):
        answer = client.get(address)
        assert answer.status_code == 200, address
        # Readers of feeds show the HTML inside, on their own pages.
        for inside in re.findall(r"<content:encoded>(.*?)</content:encoded>", answer.content.decode(), re.S):
            assert list(dangers(f"<div>{lxml_html.fromstring(f'<p>{inside}</p>').text_content()}</div>")) == [], address
    assert {entry.url for entry in MenuEntry.objects.all()} <= {MENU[-1], ""}


def test_nothing_runs_in_the_desk_and_every_story_opens_there(taken_in, editor_client):
    # No thumbnails are made here.
    Image.objects.all().delete()
    pages: list[Any] = [*Story.objects.all(), *StaticPage.objects.all(), *Section.objects.all()]
    addresses = [f"/desk/pages/{page.pk}/edit/" for page in pages]
    addresses += ["/desk/stories/", "/desk/clean-up/", "/desk/clean-up/missing/", "/desk/clean-up/alt/", "/desk/clean-up/topics/", "/desk/menu/",
                  "/desk/reports/kept-back/", "/desk/snippets/people/person/", "/desk/snippets/stories/topic/", "/desk/", "/desk/documents/"]  # fmt: skip
    addresses += [f"/desk/documents/edit/{one.pk}/" for one in Document.objects.all()]
    for address in addresses:
        answer = editor_client.get(address)
        assert answer.status_code == 200, address
        harm = [one for one in dangers(answer.content.decode()) if RUN in one or "evil.example" in one]
        assert harm == [], address


def test_nothing_runs_in_the_page_of_a_dry_run(taken_in):
    text = proof(taken_in)
    assert list(dangers(text.replace('<meta http-equiv="Content-Security-Policy"', "<meta"))) == []
    assert "default-src 'none'" in text and RUN in text


def test_only_pictures_and_files_of_the_uploads_folder_are_taken(taken_in):
    assert [Path(image.file.name).suffix for image in Image.objects.all()] == [".png"]
    (document,) = Document.objects.all()
    assert re.fullmatch(r"documents/[\w.() =-]+\.pdf", document.file.name), "nothing of a name that a page or a shell would read"
