"""Old addresses: each is the same thing here or one permanent redirect to it, and none tells what is not public."""

from __future__ import annotations

import json
import time
import unicodedata
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect

from broadsheet.fronts.models import FrontPage
from broadsheet.importing.addressbook import write as write_addresses
from broadsheet.importing.load import Loader
from broadsheet.importing.models import SourceMedia, SourceSite
from broadsheet.importing.spelling import key_of, login_slug, original_name
from broadsheet.importing.wordpress.reader import Export
from broadsheet.stories.actions import merge_people, merge_topics
from broadsheet.stories.models import Section, StaticPage, Story, Topic

from .conftest import author, category, item, within

pytestmark = pytest.mark.django_db(transaction=False)
TELUGU, ARABIC, BANGLA = "తెలుగు-వార్తలు", "أخبار-اليوم", "বাংলা-খবর"


def term(slug: str, name: str, number: str, kind: str = "category", parent: str = "") -> str:
    if kind == "tag":
        return f"<wp:tag><wp:term_id>{number}</wp:term_id><wp:tag_slug>{slug}</wp:tag_slug><wp:tag_name>{name}</wp:tag_name></wp:tag>"
    return category(slug, name, parent).replace("<wp:category>", f"<wp:category><wp:term_id>{number}</wp:term_id>")


HEAD = (
    author("ada.holm", "Ada Holm").replace("<wp:author>", "<wp:author><wp:author_id>7</wp:author_id>")
    + term("news", "News", "3") + term("coast", "Coast", "4", parent="news") + term("top", "Top Stories", "5")
    + term("ferries", "Ferries", "6", "tag") + term("empty", "Empty", "8", "tag") + term("empty", "Empty", "9")
)  # fmt: skip
TERMS = within(("coast", "Coast"), ("top", "Top Stories")) + within(("ferries", "Ferries"), domain="post_tag")


def meta(key: str, *values: str) -> str:
    return "".join(f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>" for value in values)


@pytest.fixture
def moved_in(wxr, tmp_path):
    """A site with a story, a page, a draft, pictures and lists."""
    folder = tmp_path / "uploads" / "2024" / "03"
    folder.mkdir(parents=True)
    Picture.new("RGB", (900, 600), "navy").save(folder / "gale.jpg")
    file = "<wp:attachment_url>https://tern.example/wp-content/uploads/2024/03/gale-scaled.jpg</wp:attachment_url>"
    path = wxr(
        item("12", "Gale", creator="ada.holm", slug="gale", terms=TERMS, more=meta("_wp_old_slug", "storm", "big-storm")),
        item("13", "About", type="page", slug="about", link="https://tern.example/about-us/"),
        item("14", "Secret", status="draft", slug="secret", link="https://tern.example/?p=14"),
        item("15", "Closed", slug="closed", more="<wp:post_password>x</wp:post_password>"),
        item("16", "gale", "", type="attachment", status="inherit", slug="gale-2", link="https://tern.example/2024/03/gale/gale-2/",
             meta={"_wp_attached_file": "2024/03/gale-scaled.jpg"}, more=file + "<wp:post_parent>12</wp:post_parent>"),
        item("17", "lost", "", type="attachment", status="inherit", slug="lost", link="https://tern.example/lost/",
             meta={"_wp_attached_file": "2024/03/lost.jpg"}),
        item("18", "Upper", slug="upper", link="https://tern.example/2024/03/UPPER-Case.html"),
        *(item(str(20 + n), slug, slug=quote(slug).lower(), link=f"https://tern.example/2024/03/{quote(slug).lower()}/")
          for n, slug in enumerate((TELUGU, ARABIC, BANGLA, "café"))),
        head=HEAD,
    )  # fmt: skip
    report = Loader(Export([path]), media=tmp_path / "uploads").run()
    assert report.differences == []


def ask(client, address: str) -> str:
    """Where an address leads, or its status; a redirect must be permanent, and its target no further one."""
    response = client.get(address)
    if response.status_code not in (301, 302):
        return str(response.status_code)
    assert response.status_code == 301, f"{address} is a {response.status_code}"
    target = response["Location"]
    assert client.get(target).status_code == 200, f"{address} → {target}"
    return target


GALE = "/2024/03/gale/"


ANSWERS = dict(
    [
        (GALE, "200"), ("/?p=12", GALE), ("/?page_id=12", GALE), ("/index.php?p=12", GALE), ("/?p=0012", GALE), ("/?p=12&preview=true", GALE),
        ("/?p=12&feed=rss2", GALE), ("/?page_id=13", "/about-us/"), ("/about-us", "/about-us/"), ("/2024/03/gale", GALE),
        ("/2024/03/GALE/", GALE), ("/2024/03/gale/?amp", "200"), ("/2024/03/gale/amp/", GALE), ("/2024/03/gale/amp", GALE),
        ("/2024/03/gale/feed/", GALE), ("/2024/03/gale/feed/atom/", GALE), ("/2024/03/gale/2/", GALE),
        ("/2024/03/gale/comment-page-2/", GALE), ("/2024/03/gale/trackback/", GALE), ("/2024/03/gale/embed/", GALE),
        ("/2024/03/storm/", GALE), ("/storm/", GALE), ("/big-storm", GALE), ("/gale/", GALE), ("/?name=storm", GALE),
        ("/?attachment_id=16", GALE), ("/?p=16", GALE), ("/2024/03/gale/gale-2/", GALE),
        ("/2024/03/upper-case.html", "/2024/03/UPPER-Case.html"), ("/2024/03/UPPER-Case.html/", "/2024/03/UPPER-Case.html"),
        ("/category/coast/", "/news/coast/"), ("/category/news/coast/", "/news/coast/"), ("/category/news", "/news/"),
        ("/blog/category/coast/", "/news/coast/"), ("/category/coast/page/2/", "/news/coast/"), ("/category/coast/feed/", "/news/coast/feed/"),
        ("/category/coast/feed/atom/", "/news/coast/feed/atom/"), ("/?cat=4&feed=atom", "/news/coast/feed/atom/"), ("/category/coast/amp/", "/news/coast/"), ("/?cat=4", "/news/coast/"),
        ("/?cat=4&feed=rss2", "/news/coast/feed/"), ("/?category_name=news/coast", "/news/coast/"), ("/Category/Coast/", "/news/coast/"),
        ("/category/top/", "/lists/top-stories/"), ("/category/top/feed/", "/lists/top-stories/feed/"),
        ("/news/coast/page/2/", "/news/coast/"), ("/news/coast/feed/rss2/", "/news/coast/feed/"), ("/news/coast", "/news/coast/"),
        ("/tag/ferries/", "/topics/ferries/"), ("/tag/ferries/feed/rdf/", "/topics/ferries/feed/"), ("/?tag=ferries", "/topics/ferries/"),
        ("/?tag_id=6", "/topics/ferries/"), ("/tag/ferries/page/3/", "/topics/ferries/"), ("/tag/empty/", "404"), ("/tag/nothing/", "404"),
        ("/author/ada-holm/", "/people/adaholm/"), ("/?author=7", "/people/adaholm/"), ("/?author_name=ada-holm", "/people/adaholm/"),
        ("/author/ada-holm/feed/", "/people/adaholm/feed/"), ("/author/ada-holm/page/2/", "/people/adaholm/"),
        ("/feed/", "200"), ("/feed", "/feed/"), ("/feed/atom/", "200"), ("/feed/atom", "/feed/atom/"), ("/wp-atom.php", "/feed/atom/"), ("/?feed=atom", "/feed/atom/"), ("/feed/rdf/", "/feed/"), ("/feed/rss2", "/feed/"), ("/rss/", "/feed/"),
        ("/comments/feed/", "/feed/"), ("/wp-rss2.php", "/feed/"), ("/?feed=rss2", "/feed/"), ("/?feed=comments-rss2", "/feed/"),
        ("/page/2/", "/latest/"), ("/?paged=2", "/latest/"), ("/amp/", "/"), ("/index.php", "/"),
        ("/2024/", "200"), ("/2024/03/", "200"), ("/2024/03/05/", "200"), ("/2024/3/", "/2024/03/"), ("/2024/03", "/2024/03/"),
        ("/2024/03/page/2/", "/2024/03/"), ("/2024/03/feed/", "/2024/03/"), ("/blog/2024/", "/2024/"), ("/?m=202403", "/2024/03/"),
        ("/?m=20240305", "/2024/03/05/"), ("/?year=2024&monthnum=3", "/2024/03/"), ("/2023/", "404"), ("/2024/13/", "404"),
        ("/2024/04/", "404"), ("/?m=202304", "404"),
        ("/wp-sitemap.xml", "/sitemap.xml"), ("/wp-sitemap-posts-post-1.xml", "/sitemap.xml"), ("/sitemap_index.xml", "/sitemap.xml"),
        ("/post-sitemap.xml", "/sitemap.xml"), ("/post-sitemap2.xml", "/sitemap.xml"), ("/sitemap.xml.gz", "/sitemap.xml"),
        ("/wp-login.php", "410"), ("/wp-admin", "410"), ("/wp-admin/post.php", "410"), ("/xmlrpc.php", "410"), ("/wp-json/wp/v2/posts", "410"),
        ("/?p=14", "404"), ("/secret/", "404"), ("/?p=15", "404"), ("/2024/03/closed/", "404"), ("/?p=999", "404"), ("/?p=x", "404"),
        ("/?attachment_id=17", "404"), ("/lost/", "404"), ("/?author=99", "404"), ("/?cat=-4", "404"), ("/?p=", "200"),
        ("/wp-content/uploads/2024/03/lost.jpg", "404"), ("/nothing/at/all/", "404"), ("/?unrelated=1", "200"),
    ]
)  # fmt: skip


def test_each_old_address(moved_in, client) -> None:
    assert {address: ask(client, address) for address in ANSWERS} == ANSWERS


def test_slugs_of_other_scripts_in_every_spelling(moved_in, client) -> None:
    for number, slug in enumerate((TELUGU, ARABIC, BANGLA, "café"), 20):
        path = f"/2024/03/{slug}/"
        encoded, apart = quote(path), unicodedata.normalize("NFD", path)
        assert [ask(client, spelt) for spelt in (encoded, encoded.lower(), path)] == ["200"] * 3
        assert ask(client, quote(apart)) == ("200" if apart == path else encoded)
        for other in (encoded.rstrip("/"), quote(encoded), f"/?p={number}", quote(f"/{slug}/"), f"{encoded}feed/", f"{encoded}amp/"):
            assert ask(client, other) == encoded, other


def test_pictures_in_every_size(moved_in, client) -> None:
    image = SourceMedia.objects.get(source_id="16").image
    full = [f"/media/{stem}.jpg" for _w, _h, stem in image.encoded["full"]]
    for name in ("gale.jpg", "gale-300x200.jpg", "gale-scaled.jpg", "gale-rotated.jpg", "GALE-300x200.JPG", "gale.jpg.webp"):
        to = client.get(f"/wp-content/uploads/2024/03/{name}")
        assert (to.status_code, to["Location"]) == (301, full[0] if "300x" in name.lower() else full[-1])


def test_what_is_searched_for_there_is_searched_for_here(moved_in, client) -> None:
    for address in ("/?s=gale+%26+fog", "/index.php?s=gale+%26+fog", "/search/gale+%26+fog/", "/search/gale%20&%20fog/page/2/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, "/search/?q=gale+%26+fog")
    assert client.get("/?s=")["Location"] == "/search/?q=" and client.get("/search/?s=x").status_code == 200


def test_a_redirect_costs_the_same_few_queries_in_any_archive(make_story, moved_in, client) -> None:
    addresses = ["/?p=12", "/storm/", "/category/coast/feed/", "/author/ada-holm/", "/2024/03/gale/amp/", "/2024/03/page/2/",
                 "/wp-content/uploads/2024/03/gale-300x200.jpg", "/?attachment_id=16"]  # fmt: skip

    def costs() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 301
            found.append(len(queries))
        return found

    costs()
    before = costs()
    for _ in range(5):
        make_story()
    assert costs() == before and max(before) <= 15, dict(zip(addresses, before, strict=True))


def test_what_is_here_is_never_hidden(moved_in, client, make_section) -> None:
    section = make_section("Tag")
    child = make_section("Ferries", parent=section)
    assert client.get("/tag/ferries/").status_code == 200 and child.url == "/tag/ferries/"
    Redirect.add_redirect("/category/coast/", "/about-us/")
    assert client.get("/category/coast/")["Location"] == "/about-us/"


def test_an_old_address_that_is_ours_is_kept_beside_it(wxr, client) -> None:
    paths = ["/latest/", "/people/zoe/", "/media/files/", "/desk/", "/stories/feed/", "/static/x/"]
    items = [item(str(n), slug=f"s{n}", link=f"https://tern.example{path}") for n, path in enumerate(paths, 1)]
    assert Loader(Export([wxr(*items)])).run().differences == []
    permalinks = list(Story.objects.order_by("title", "pk").values_list("permalink", flat=True))
    assert permalinks == ["/latest-2/", "/people-2/zoe/", "/media-2/files/", "/desk-2/", "/stories/feed-2/", "/static-2/x/"]
    for number, (old, new) in enumerate(zip(paths, permalinks, strict=True), 1):
        assert client.get(new).status_code == 200
        assert client.get(f"/?p={number}")["Location"] == new
        if old in ("/people/zoe/", "/media/files/", "/stories/feed/"):
            assert client.get(old)["Location"] == new
    assert client.get("/latest/").status_code == 200 and client.get("/desk/").status_code == 302


def test_lists_named_like_endings_and_years(wxr, client) -> None:
    tags = within(("2020", "2020"), ("2", "Two"), ("feed", "Feeding"), domain="post_tag")
    Loader(Export([wxr(item("1", terms=within(("rdf", "RDF"), ("amp", "Amperes")) + tags))])).run()
    for address, answer in (("/category/rdf/", "/rdf/"), ("/category/rdf/feed/", "/rdf/feed/"), ("/category/amp/page/2/", "/amp/"),
                            ("/tag/2020/", "/topics/2020/"), ("/tag/2/feed/", "/topics/2/feed/"), ("/tag/2020/page/2/", "/topics/2020/"),
                            ("/blog/tag/2/", "/topics/2/"), ("/blog/2024/03/", "/2024/03/")):  # fmt: skip
        assert ask(client, address) == answer


def test_a_category_that_is_a_word_of_ours(wxr, client) -> None:
    report = Loader(Export([wxr(item("1", terms=within(("people", "People"))), item("2", terms=within(("media", "Media"))))])).run()
    odd = next(o for o in report.oddities if o.what.startswith("section whose address is in use"))
    assert odd.count == 2 and "category people: /people-2/" in odd.examples
    assert ask(client, "/category/people/") == "/people-2/" and ask(client, "/category/media/feed/") == "/media-2/feed/"


def test_a_site_in_a_folder(wxr, client) -> None:
    path = wxr(item("1", slug="gale", link="https://x.org/blog/gale/", terms=TERMS), head=HEAD, base="https://x.org/blog")
    Loader(Export([path])).run()
    assert SourceSite.objects.get().base_url == "https://x.org/blog"
    expected = {
        "/blog/gale/": "200", "/blog/": "/", "/blog": "/", "/blog/?p=1": "/blog/gale/", "/?p=1": "/blog/gale/", "/blog/feed/": "/feed/",
        "/blog/category/coast/": "/news/coast/", "/blog/tag/ferries/feed/": "/topics/ferries/feed/", "/blog/gale/amp/": "/blog/gale/",
        "/blog/2024/03/": "/2024/03/", "/gale/": "/blog/gale/", "/blog/page/2/": "/latest/", "/blog/wp-sitemap.xml": "/sitemap.xml",
        "/blog/wp-login.php": "410", "/blog/?cat=4": "/news/coast/", "/blog/gale": "/blog/gale/",
    }  # fmt: skip
    assert {address: ask(client, address) for address in expected} == expected


def test_merged_lists_are_one_redirect_away(moved_in, client) -> None:
    from broadsheet.people.models import Person

    other = Topic.objects.create(name="Boats", slug="boats")
    merge_topics(topic=Topic.objects.get(slug="ferries"), into=other, by=None)
    who = Person.objects.create(name="Ada H", slug="ada-h")
    merge_people(person=Person.objects.get(slug="adaholm"), into=who, by=None)
    assert ask(client, "/tag/ferries/") == "/topics/boats/" and ask(client, "/author/ada-holm/") == "/people/ada-h/"


def test_what_was_taken_down_is_gone_and_what_was_moved_follows(moved_in, client) -> None:
    story = Story.objects.get(title="Gale")
    story.move(Section.objects.get(slug="news"), pos="last-child")
    assert ask(client, "/news/coast/gale/") == "404" or ask(client, "/news/gale/") == GALE
    Story.objects.get(pk=story.pk).delete()
    assert ask(client, GALE) == "410" and ask(client, "/?p=12") == "404"


def test_nothing_changes_where_nothing_was_moved_in(client, make_story) -> None:
    story = make_story(slug="sails")
    assert client.get("/?p=1").status_code == 200
    assert client.get(story.permalink.upper())["Location"] == story.permalink
    for address in ("/wp-login.php", "/category/news/", f"{story.permalink}amp/", "/sitemap_index.xml"):
        assert client.get(address).status_code == 404


def test_only_questions_are_led_on(moved_in, client) -> None:
    assert client.post("/?p=12").status_code != 301 and client.post("/category/coast/").status_code in (404, 405)
    assert client.head("/category/coast/").status_code == 301


@given(st.text(max_size=60))
def test_a_key_knows_no_spelling(text) -> None:
    if "%" not in text and not any("\ud800" <= c <= "\udfff" for c in text):
        assert key_of(quote(text)) == key_of(text) == key_of(unicodedata.normalize("NFD", text)) == key_of(f"/{text}/")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("a\0b")
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_breaks_the_rules(client, db, text) -> None:
    SourceSite.objects.get_or_create(key="tern.example", defaults={"base_url": "https://tern.example/x"})
    for address in (
        f"/{quote(text)}",
        f"/?p={quote(text)}&cat={quote(text)}",
        f"/wp-content/uploads/{quote(text)}",
        f"/tag/{quote(text)}/feed/",
    ):
        # A NUL is in no address of ours, and PostgreSQL takes none.
        assert client.get(address).status_code in ((400,) if "\0" in text else (200, 301, 302, 404, 410))


@pytest.mark.parametrize(("login", "slug"), [("Ada Holm", "ada-holm"), ("ada.h@x.org", "ada-hx-org"), ("ADA", "ada"), ("آدا", "آدا")])
def test_logins_in_addresses(login, slug) -> None:
    assert login_slug(login) == slug


@pytest.mark.parametrize("piece", ["-1x1", "-scaled", "-e1234567890", "-1"])
def test_an_address_made_of_sizes_takes_no_time(piece: str) -> None:
    address = "https://x.org/wp-content/uploads/" + piece * (100_000 // len(piece))
    began = time.process_time()
    assert original_name(f"{address}.jpg") == original_name(f"{address}.JPG") and original_name(f"{address}x")
    assert time.process_time() - began < 2


def test_copies_share_their_original_name() -> None:
    names = {
        original_name(f"https://x.org/wp-content/uploads/2024/03/A{size}.jpg") for size in ("", "-300x200", "-scaled", "-e1600000000000")
    }
    assert names == {"2024/03/a.jpg"} == {original_name("/content/images/size/w600/2024/03/a.jpg")}


def test_files_of_what_is_not_public_are_not_told(wxr, client, tmp_path):
    """A number is easily counted up, and an uploads folder's names are easily guessed."""
    folder = tmp_path / "uploads" / "2024" / "03"
    folder.mkdir(parents=True)
    for number in range(30, 36):
        Picture.new("RGB", (90, 60 + number), "navy").save(folder / f"p{number}.jpg")
        (folder / f"d{number}.pdf").write_bytes(f"%PDF-1.4 {number}".encode())

    def file(number: int, name: str, parent: int) -> str:
        url = f"https://tern.example/wp-content/uploads/2024/03/{name}"
        told = f"<wp:attachment_url>{url}</wp:attachment_url><wp:post_parent>{parent}</wp:post_parent>"
        return item(str(number), name, "", type="attachment", status="inherit", slug=f"f{number}", link=f"https://tern.example/f{number}/",
                    meta={"_wp_attached_file": f"2024/03/{name}"}, more=told)  # fmt: skip

    def picture(name: str) -> str:
        return f'<p>Look:</p><img src="https://tern.example/wp-content/uploads/2024/03/{name}" alt="x">'

    link = '<p><a href="https://tern.example/wp-content/uploads/2024/03/d31.pdf">Read it</a></p>'
    path = wxr(
        item("1", "Open", slug="open", body=picture("p31.jpg") + link), item("2", "Hidden", status="draft", body=picture("p32.jpg")),
        item("3", "Closed", more="<wp:post_password>x</wp:post_password>", meta={"_thumbnail_id": "133"}), item("4", "Own", status="private"),
        file(130, "p30.jpg", 1), file(131, "p31.jpg", 2), file(132, "p32.jpg", 0), file(133, "p33.jpg", 3), file(134, "p34.jpg", 4), file(135, "p35.jpg", 0),
        file(230, "d30.pdf", 1), file(231, "d31.pdf", 2), file(232, "d32.pdf", 2), file(233, "d33.pdf", 3), file(234, "d34.pdf", 99), file(235, "d35.pdf", 0),
    )  # fmt: skip
    loader = Loader(Export([path]), media=tmp_path / "uploads")
    assert loader.run().differences == []

    def told(address: str) -> str:
        response = client.get(address)
        return response["Location"].split("/")[1] if response.status_code == 301 else str(response.status_code)

    def answers(numbers: list[int]) -> set[str]:
        addresses = [f"/?attachment_id={n}" for n in numbers] + [f"/?p={n}" for n in numbers] + [f"/f{n}/" for n in numbers]
        addresses += [f"/wp-content/uploads/2024/03/{'p' if n < 200 else 'd'}{n % 100}.{'jpg' if n < 200 else 'pdf'}" for n in numbers]
        return {told(address) for address in addresses}

    hidden = [132, 133, 134, 232, 233, 234]
    assert answers(hidden) == {"404"}
    # Made for a draft but shown or linked by what is public, or made for nothing and free to be used.
    assert "404" not in answers([130, 131, 135, 230, 231, 235])
    book = tmp_path / "addresses.jsonl"
    write_addresses(loader.source, loader.site, book)
    lines = [json.loads(line) for line in book.read_text().splitlines()]
    assert [line for line in lines if (line["status"] == 404) != (told(line["address"]) == "404")] == []

    Story.objects.get(title="Hidden").get_latest_revision().publish()
    assert "404" not in answers([132, 232])


def test_what_was_public_without_a_readable_address_gets_one(wxr, client):
    """`/?p=1` and nonsense are no addresses; a story without one is in no list, and its feed breaks."""
    links = [
        "https://tern.example/?p=1",
        "https://tern.example/",
        "",
        "https://tern.example/a%20b/",
        "https://tern.example/" + "x" * 700,
        "javascript:1",
    ]
    report = Loader(Export([wxr(
        *(item(str(n), f"Story {n}", slug=f"s{n}", link=link) for n, link in enumerate(links, 1)),
        item("7", "Twin", slug="s1", link=""), item("8", "About", type="page", slug="about", link="https://tern.example/?page_id=8"),
        item("9", "Latest", type="page", slug="latest", link="https://tern.example/?page_id=9"),
    )])).run()  # fmt: skip
    assert report.differences == []
    stories = list(Story.objects.filter(live=True))
    assert len(stories) == 7 and len({story.permalink for story in stories} - {None}) == 7
    for story in stories:
        assert client.get(story.permalink).status_code == 200
    assert client.get("/feed/").content.count(b"<item>") == 7 and client.get("/sitemap-2024-03.xml").content.count(b"<loc>") == 7
    assert client.get("/about/").status_code == 200 and ask(client, "/?page_id=8") == "/about/"
    assert ask(client, "/?p=1") == Story.objects.get(title="Story 1").permalink
    assert client.get(ask(client, "/?page_id=9")).content.count(b"<h1") == 1


@pytest.mark.parametrize("part", ["page/1/", "1/", "feed/", "amp/", "2020/"])
def test_an_endless_address_takes_no_time(moved_in, client, part) -> None:
    for length in (1_900, 60_000):
        began = time.process_time()
        client.get("/x/" + part * (length // len(part)))
        assert time.process_time() - began < 3


@pytest.mark.parametrize("query", ["monthnum=x", "monthnum=1&day=x", "monthnum=13", f"monthnum={'1' * 5000}"])
def test_a_date_that_is_none_is_no_error(moved_in, client, query) -> None:
    assert client.get(f"/?year=2020&{query}").status_code == 404


def test_what_lives_at_an_address_answers_without_its_slash_too(wxr, client, tmp_path) -> None:
    """The tree has the page of the first site at `/blog/`, where the second one's lives."""
    first = item("1", "Blog of the first", type="page", slug="blog", link="https://a.example/wp-news/blog/")
    Loader(Export([wxr(first, base="https://a.example/wp-news")])).run()
    second = Export([wxr(
        item("1", "Blog of the second", type="page", slug="blog", link="https://b.example/blog/"),
        item("2", "Café", type="page", slug="caf%c3%a9", link="https://b.example/caf%c3%a9/"),
        item("3", "Bare", type="page", slug="bare", link="https://b.example/bare"),
        item("4", "News", slug="gale", link="https://b.example/gale/"),
        base="https://b.example",
    )])  # fmt: skip
    Loader(
        Export(
            [wxr(item("9", "Bare of the third", type="page", slug="bare", link="https://c.example/x/bare/"), base="https://c.example/x")]
        )
    ).run()
    loader = Loader(second)
    loader.run()
    Redirect.add_redirect("/gale", "/wp-news/blog/")
    Redirect.add_redirect("/caf%C3%A9", "/wp-news/blog/")
    book = tmp_path / "addresses.jsonl"
    write_addresses(second, loader.site, book)
    promised = {line["address"]: line.get("to") or str(line["status"]) for line in map(json.loads, book.read_text().splitlines())}
    assert promised["/blog"] == "/blog/" and promised["/caf%C3%A9"] == "/caf%C3%A9/" and promised["/gale"] == "/gale/"
    assert {address: ask(client, address) for address in promised} == promised
    assert ask(client, "/bare/") == "/bare" and ask(client, "/wp-news/blog") == "/wp-news/blog/"
    assert client.get("/blog?page=2")["Location"] == "/blog/"


@pytest.mark.parametrize("first", ["https://a.example/x", "https://b.example"])
def test_below_its_folder_a_site_is_asked_for_its_own(wxr, client, first) -> None:
    """`/x/about/amp/` is no address of the other site, whichever was moved in before."""
    for base in sorted(("https://a.example/x", "https://b.example"), key=lambda base: base != first):
        Loader(Export([wxr(item("1", "About", type="page", slug="about", link=f"{base}/about/"), base=base)])).run()
    for folder in ("", "/x"):
        for ending in ("amp/", "feed/", "amp", "page/2/"):
            assert ask(client, f"{folder}/about/{ending}") == f"{folder}/about/"


def test_what_lives_there_is_asked_for_with_an_ending_too(wxr, client) -> None:
    FrontPage.objects.get().add_child(instance=StaticPage(title="Ours", slug="about"))
    Loader(Export([wxr(item("1", "Theirs", type="page", slug="about", link="https://tern.example/about/"))])).run()
    assert StaticPage.objects.get(title="Theirs").permalink == "/about-2/" and ask(client, "/about/amp/") == "/about/"
