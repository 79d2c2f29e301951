"""A Ghost site moved in: what readers see, what they never see, and that doing it again changes nothing."""

from __future__ import annotations

import io
import json
import re
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image as Picture

from broadsheet.fronts.actions import found_publication
from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.html import plain_text
from broadsheet.importing.blocks.convert import words_of
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.commands import import_ghost
from broadsheet.importing.ghost.database import databases
from broadsheet.importing.ghost.reader import Export
from broadsheet.importing.load import Loader
from broadsheet.importing.models import SourceItem, SourceMedia
from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Galley, Listing, Section, StaticPage, Story, Topic

from .conftest import lexical, para, post, tag, tagged, user

pytestmark = pytest.mark.django_db(transaction=False)
REFUSED = {"ghostcore-broken.json": "is no export of Ghost's: it has no table of posts"}
READ = [
    "ghost-to-md-4.47.json", "ghostcore-import-data-1.json", "ghostcore-import-data-lts.json", "ghostcore-v2_export.json",
    "ghostcore-v3_export.json", "ghostcore-v4_export.json", "ghostcore-valid.json", "ghostmigrate-ghost.json",
    "manyharrier-ghost009-markdown.json", "nsisong-ghost6.26-lexical.json", "whoisnnamdi-ghost4.8-mobiledoc.json",
]  # fmt: skip


@pytest.fixture(autouse=True)
def data_folder() -> None:
    """As `broadsheet up` makes it."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)


def bring_in(*paths: Path, **options: Any):
    report = Loader(Export(paths), **options).run()
    assert report.differences == []
    return report


def jpeg(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


class TestStories:
    def test_a_post_becomes_a_story_with_all_that_belongs_to_it(self, ghost, client) -> None:
        rows = [post(str(n), title=f"Tide {n} & <co>") for n in range(3)]
        rows[0] |= {"custom_excerpt": "The sea rose.", "lexical": lexical(para("It fell."))}
        bring_in(ghost(
            *rows, post("9", type="page", slug="about", title="About"), tags=[tag("t1", "Coast"), tag("t2", "Ferries"), tag("t3", "#x")],
            posts_tags=tagged(("0", "t3"), ("0", "t1"), ("0", "t2"), ("1", "t1"), ("2", "t1")),
            users=[user("u1", "Ada Holm", bio="Reports & sails", website="https://ada.example"), user("u2", "Bo Lind")],
            posts_authors=[{"post_id": "0", "author_id": "u2"}, {"post_id": "0", "author_id": "u1"}],
            settings={"timezone": "Europe/London"},
        ))  # fmt: skip
        story = Story.objects.get(title="Tide 0 & <co>")
        assert (story.permalink, story.standfirst, story.get_parent().title) == ("/story-0/", "The sea rose.", "Coast")
        assert [t.name for t in story.topics.all()] == ["Ferries"] and [t.name for t in Topic.objects.all()] == ["Ferries"]
        assert [b.person.name for b in story.bylines.order_by("sort_order")] == ["Bo Lind", "Ada Holm"]
        ada = Person.objects.get(name="Ada Holm")
        assert (ada.biography, ada.website) == ("<p>Reports &amp; sails</p>", "https://ada.example")
        paper = Publication.objects.get()
        assert (paper.name, paper.tagline, paper.zone, paper.permalink_pattern) == (
            "The Tern",
            "Coast and sea",
            "Europe/London",
            "/{slug}/",
        )
        assert StaticPage.objects.get().permalink == "/about/"
        page = client.get("/story-0/")
        assert page.status_code == 200 and b"It fell." in page.content and b"Tide 0 &amp; &lt;co&gt;" in page.content

    @pytest.mark.parametrize("row", [
        {"status": "draft"}, {"visibility": "members"}, {"visibility": "paid"}, {"visibility": "tiers"}, {"visibility": "odd"},
        {"status": "sent"}, {"status": "scheduled", "published_at": "2099-01-01 00:00:00"},
        {"status": "scheduled", "published_at": "2099-01-01 00:00:00", "visibility": "members"}, {"published_at": "2099-01-01 00:00:00"},
    ])  # fmt: skip
    def test_nothing_that_was_not_for_everybody_becomes_public(self, ghost, client, row) -> None:
        bring_in(ghost(post("1", **row), post("2", type="page", **row)))
        assert not Story.objects.get().live and not StaticPage.objects.get().live
        assert not Listing.objects.exists() and not Galley.objects.exists()
        assert {client.get(f"/{path}/").status_code for path in ("story-1", "story-2", "p/00000000-0000-4000-8000-000000000001")} == {404}
        why = (
            "members"
            if "visibility" in row
            else "mailed"
            if row.get("status") == "sent"
            else ""
            if row.get("status") == "draft"
            else "ahead"
        )
        assert set(SourceItem.objects.values_list("held", flat=True)) == {why}
        ahead = row.get("status") == "scheduled" and "visibility" not in row
        assert bool(Story.objects.get().go_live_at) == ahead

    def test_text_behind_a_paywall_is_on_no_page_and_in_the_desk(self, ghost, client) -> None:
        report = bring_in(ghost(post("1", lexical=lexical(para("Open"), {"type": "paywall"}, para("Secret")))))
        story = Story.objects.get()
        assert story.live and "Secret" in story.body.raw_data[-1]["value"]["raw"]
        for address in ("/story-1/", "/", "/latest/", "/feed/", "/news/", "/news/feed/"):
            assert b"Secret" not in client.get(address).content
        assert "Secret" not in json.dumps(list(Galley.objects.values("card", "body_html", "body_text")))
        assert "text behind a paywall kept in the desk, not shown to readers" in [o.what for o in report.oddities]

    def test_a_picture_with_its_words(self, ghost, tmp_path) -> None:
        (tmp_path / "images/2024/01").mkdir(parents=True)
        (tmp_path / "images/2024/01/a.jpg").write_bytes(jpeg())
        body = lexical(
            {"type": "image", "src": "__GHOST_URL__/content/images/size/w600/2024/01/a.jpg", "alt": "Waves", "caption": "In <b>March</b>"}
        )
        path = ghost(
            post("1", lexical=body, feature_image="__GHOST_URL__/content/images/2024/01/a.jpg"),
            posts_meta=[{"post_id": "1", "feature_image_alt": "The sea", "feature_image_caption": "By <a href='x'>us</a>"}],
        )  # fmt: skip
        for media in (tmp_path, tmp_path / "images"):
            report = bring_in(path, media=media)
        story = Story.objects.get()
        assert (story.lead_image.alt, story.lead_alt, story.lead_caption) == ("The sea", "The sea", "By us")
        value = story.body.raw_data[0]["value"]
        assert (value["image"], value["alt"], value["caption"]) == (story.lead_image_id, "Waves", "In <b>March</b>")
        assert report.items["attachment"].accounted == 1 and SourceMedia.objects.count() == 1


class TestOldAddresses:
    def test_each_leads_to_what_it_is_here(self, ghost, client, tmp_path) -> None:
        (tmp_path / "2024").mkdir()
        (tmp_path / "2024/a.jpg").write_bytes(jpeg())
        tags = {"tags": [tag("t1", "Coast"), tag("t2", "Ferries")], "users": [user("u1", "Ada Holm")]}
        links = tagged(*((str(n), t) for n in range(1, 4) for t in ("t1", "t2")))
        rows = [post(str(n), author_id="u1", feature_image="__GHOST_URL__/content/images/2024/a.jpg") for n in range(1, 4)]
        bring_in(ghost(*rows, post("9", status="draft", slug="later"), **tags, posts_tags=links), media=tmp_path)
        found = {}
        for address in ("/tag/coast/", "/tag/ferries/", "/author/ada-holm/", "/rss/", "/tag/ferries/rss/", "/tag/coast/rss/", "/page/2/"):
            answer = client.get(address)
            found[address] = answer.headers.get("Location", "") if answer.status_code == 301 else str(answer.status_code)
        assert found == {
            "/tag/coast/": "/coast/", "/tag/ferries/": "/topics/ferries/", "/author/ada-holm/": "/people/ada-holm/", "/rss/": "/feed/",
            "/tag/ferries/rss/": "/topics/ferries/feed/", "/tag/coast/rss/": "/coast/feed/", "/page/2/": "/latest/",
        }  # fmt: skip
        for size in ("", "size/w600/", "size/w30/format/webp/"):
            assert client.get(f"/content/images/{size}2024/a.jpg").headers["Location"].startswith("/media/")
        assert client.get("/story-1/").status_code == 200
        assert {client.get(a).status_code for a in ("/later/", "/p/00000000-0000-4000-8000-000000000009/", "/tag/none/")} == {404}


class TestAgain:
    def test_a_second_run_changes_nothing_and_a_newer_export_what_changed(self, ghost) -> None:
        bring_in(ghost(post("1"), post("2"), users=[user("u1", "Ada Holm")], tags=[tag("t1", "Coast")], posts_tags=tagged(("1", "t1"))))
        before = list(Story.objects.order_by("pk").values("pk", "title", "latest_revision_id", "permalink"))
        report = bring_in(
            ghost(post("1"), post("2"), users=[user("u1", "Ada Holm")], tags=[tag("t1", "Coast")], posts_tags=tagged(("1", "t1")))
        )
        assert list(Story.objects.order_by("pk").values("pk", "title", "latest_revision_id", "permalink")) == before
        assert (report.items["post"].unchanged, report.terms.unchanged, report.authors.unchanged) == (2, 1, 1)
        report = bring_in(ghost(post("1", title="Newer"), post("2"), post("3"), tags=[tag("t1", "Coast")], posts_tags=tagged(("1", "t1"))))
        tally = report.items["post"]
        assert (tally.updated, tally.unchanged, tally.imported) == (1, 1, 1)
        assert sorted(Story.objects.values_list("title", flat=True)) == ["A story", "A story", "Newer"]

    def test_an_upgrade_of_ghost_changes_ids_and_makes_no_second_story(self, ghost) -> None:
        bring_in(ghost(post("1", uuid="8492fbba-1102-4b53-8e3e-abe207952f0c")))
        bring_in(ghost(post("5a" * 12, slug="story-1", uuid="8492fbba-1102-4b53-8e3e-abe207952f0c")))
        assert Story.objects.count() == 1


class TestCommand:
    def zipped(self, path: Path, export: Path, **files: bytes) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(export, "site/data/site.json")
            for name, content in files.items():
                archive.writestr(name, content)
        return path

    def test_a_zip_with_its_pictures(self, ghost, tmp_path) -> None:
        export = ghost(post("1", feature_image="__GHOST_URL__/content/images/2024/a.jpg"))
        path = self.zipped(
            tmp_path / "a.zip", export, **{"site/content/images/2024/a.jpg": jpeg(), "site/content/images/b.jpg": jpeg("blue")}
        )
        assert import_ghost([str(path), "--report", str(tmp_path / "r.json")]) == 0
        report = json.loads((tmp_path / "r.json").read_text())
        assert (report["media"]["imported"], report["differences"]) == (1, [])
        assert Story.objects.get().lead_image is not None
        assert not list((Path(settings.DATA) / "import").glob("*"))
        assert import_ghost([str(path)]) == 0

    def test_pictures_from_two_places_are_refused(self, ghost, tmp_path, capsys) -> None:
        path = self.zipped(tmp_path / "a.zip", ghost(post()), **{"content/images/a.jpg": jpeg()})
        assert import_ghost([str(path), "--media", str(tmp_path)]) == 2
        assert "holds the site's files itself" in capsys.readouterr().err and not Story.objects.exists()

    def test_a_dry_run_writes_nothing(self, ghost, capsys) -> None:
        assert import_ghost([str(ghost(post())), "--dry-run"]) == 0
        assert "Nothing was written." in capsys.readouterr().out and not Story.objects.exists()

    def test_sections_stay_what_they_became(self, ghost) -> None:
        tags = {"tags": [tag("t1", "Coast"), tag("t2", "Ferries")]}
        assert import_ghost([str(ghost(post("1"), **tags, posts_tags=tagged(("1", "t1"), ("1", "t2")))), "--sections", "ferries"]) == 0
        more = tagged(*((str(n), "t1") for n in range(1, 5)), ("1", "t2"))
        assert import_ghost([str(ghost(*(post(str(n)) for n in range(1, 5)), **tags, posts_tags=more))]) == 0
        assert sorted(Section.objects.values_list("slug", flat=True)) == ["ferries", "news"]
        assert Topic.objects.get().name == "Coast"

    @pytest.mark.parametrize("options", [["--url", "javascript:x"], ["--permalinks", "x"], ["--media", "/nowhere"]])
    def test_a_wrong_option_is_refused_in_one_line(self, ghost, capsys, options) -> None:
        assert import_ghost([str(ghost(post())), *options]) == 2
        assert capsys.readouterr().err.count("\n") == 1 and not Story.objects.exists()


class TestRealExports:
    def test_every_file_is_in_one_of_the_lists(self, exports) -> None:
        assert sorted([*REFUSED, *READ]) == sorted(p.name for p in exports.glob("*.json"))

    @pytest.mark.parametrize("name", READ)
    def test_it_is_accounted_for_to_the_last_item(self, exports, name, tmp_path) -> None:
        """Counts from the whole document, read in another way."""
        whole = json.loads((exports / name).read_text())
        data = whole["db"][0]["data"] if "db" in whole else whole["data"]["data"]
        kinds = Counter("page" if p.get("type") == "page" or p.get("page") in (1, True) else "post" for p in data["posts"])
        public = sum(p["status"] == "published" and (p.get("visibility") or "public") == "public" for p in data["posts"])
        assert import_ghost([str(exports / name), "--report", str(tmp_path / "r.json")]) == 0
        report = json.loads((tmp_path / "r.json").read_text())
        items = {kind: tally for kind, tally in report["items"].items() if kind != "attachment"}
        assert {kind: tally["in_file"] for kind, tally in items.items()} == kinds
        assert {kind: tally["imported"] for kind, tally in items.items()} == kinds and report["differences"] == []
        assert Story.objects.count() + StaticPage.objects.count() == kinds.total()
        assert Story.objects.filter(live=True).count() + StaticPage.objects.filter(live=True).count() == public
        assert report["authors"]["in_file"] == report["authors"]["imported"] == len(data["users"]) == Person.objects.count()
        internal = sum((t.get("visibility") == "internal" or t["name"].startswith("#")) for t in data["tags"])
        assert report["terms"]["in_file"] == len(data["tags"]) == report["terms"]["imported"] + internal
        slugs = {p["slug"] for p in data["posts"] if p["status"] == "published" and (p.get("visibility") or "public") == "public"}
        addresses = {a for m in (Story, StaticPage) for a in m.objects.filter(live=True).values_list("permalink", flat=True)}
        assert addresses == {f"/{slug}/" for slug in slugs}
        assert import_ghost([str(exports / name), "--report", str(tmp_path / "r.json")]) == 0
        again = json.loads((tmp_path / "r.json").read_text())
        assert all(tally["unchanged"] == tally["in_file"] for tally in again["items"].values()) and again["differences"] == []

    @pytest.mark.parametrize(("name", "problem"), REFUSED.items())
    def test_what_is_no_export_is_refused_in_one_line(self, exports, name, problem, capsys) -> None:
        assert import_ghost([str(exports / name)]) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"broadsheet: {name}: {problem}. ") and told.count("\n") == 1
        assert not Story.objects.exists()

    def test_ghosts_own_import_fixtures(self, exports, tmp_path, capsys) -> None:
        with tarfile.open(exports / "ghostcore-import-fixtures.tar.gz") as archive:
            # Python before 3.11.4 knows no filters; the archive is one of the fixtures.
            archive.extractall(tmp_path / "x", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        results = {
            str(p.relative_to(tmp_path / "x")).rpartition("import/")[2]: import_ghost([str(p)])
            for p in sorted((tmp_path / "x").rglob("*.json"))
        }
        assert {k: v for k, v in results.items() if v == 0} == {"import-data-1.json": 0, "import-data-lts.json": 0}
        assert sorted(results.values()) == [0, 0, 2, 2, 2]
        for folder in sorted((tmp_path / "x").rglob("zips/*")):
            path = tmp_path / f"{folder.name}.zip"
            with zipfile.ZipFile(path, "w") as archive:
                for file in folder.rglob("*"):
                    archive.write(file, file.relative_to(folder))
            capsys.readouterr()
            assert import_ghost([str(path)]) == 2
            assert capsys.readouterr().err.count("\n") == 1

    def test_no_word_of_the_real_bodies_is_lost(self, exports) -> None:
        """Against the HTML that Ghost itself made of the same bodies."""

        def counted(text: str) -> Counter[str]:
            return Counter(re.findall(r"\w+", text.lower()))

        seen = 0
        for name in ("nsisong-ghost6.26-lexical.json", "whoisnnamdi-ghost4.8-mobiledoc.json", "ghostcore-v2_export.json"):
            export = Export([exports / name])
            shown = {p["uuid"]: p["html"] for p in json.loads((exports / name).read_text())["db"][0]["data"]["posts"]}
            for item in export.items():
                if item.type != "attachment" and shown[item.source_id]:
                    said = counted(plain_text(re.sub(r"<!--.*?-->", "", shown[item.source_id], flags=re.S)))
                    assert not said - counted(words_of(export.blocks(item, Surroundings()).blocks)), f"{name}: {item.slug}"
                    seen += said.total()
        assert seen > 100_000


class TestTheSite:
    def test_portraits_logo_and_colour(self, ghost, tmp_path) -> None:
        folder = tmp_path / "images"
        folder.mkdir()
        for name in ("ada", "logo"):
            (folder / f"{name}.jpg").write_bytes(jpeg())
        path = ghost(
            post("1"), settings={"accent_color": "#0A5C36", "logo": "__GHOST_URL__/content/images/logo.jpg"},
            users=[user("u1", "Ada Holm", profile_image="__GHOST_URL__/content/images/ada.jpg"),
                   user("u2", "Bo", profile_image="//www.gravatar.com/avatar/0123?s=250"), user("u3", "Eve", profile_image="javascript:x()")],
        )  # fmt: skip
        bring_in(path, media=folder)
        paper = Publication.objects.get()
        assert (paper.brand_colour, paper.logo.title) == ("#0a5c36", "logo.jpg")
        assert {p.name: p.portrait and p.portrait.title for p in Person.objects.all()} == {"Ada Holm": "ada.jpg", "Bo": None, "Eve": None}
        assert SourceMedia.objects.count() == 2
        paper.logo = None
        paper.save()
        bring_in(path, media=folder)
        assert Publication.objects.get().logo is None

    def test_a_publication_that_somebody_set_up_keeps_its_colour(self, ghost) -> None:
        found_publication(name="The Tern", by=None)
        Publication.objects.update(tagline="Ours", brand_colour="#112233")
        bring_in(ghost(post("1"), settings={"accent_color": "#0a5c36"}))
        assert Publication.objects.get().brand_colour == "#112233"

    def test_navigation_becomes_the_menu(self, ghost) -> None:
        entries = [
            {"label": "Home", "url": "/"}, {"label": "The coast", "url": "__GHOST_URL__/tag/coast/"}, {"label": "Ferries", "url": "/tag/ferries/"},
            {"label": "About", "url": "/about/"}, {"label": "Shop", "url": "https://shop.example/"}, {"label": "Bad", "url": "javascript:x()"}, 7,
        ]  # fmt: skip
        bring_in(ghost(
            *(post(str(n)) for n in range(3)), post("9", type="page", slug="about", title="About"), tags=[tag("t1", "Coast"), tag("t2", "Ferries")],
            posts_tags=tagged(("0", "t1"), ("1", "t1"), ("2", "t1"), ("0", "t2")), settings={"navigation": json.dumps(entries)},
        ))  # fmt: skip
        menu = [(e.text, e.url, e.section and e.section.title) for e in MenuEntry.objects.all()]
        assert menu == [
            ("Home", "/", None), ("The coast", "", "Coast"), ("Ferries", "/topics/ferries/", None), ("About", "/about/", None),
            ("Shop", "https://shop.example/", None),
        ]  # fmt: skip

    @pytest.mark.parametrize("given", ["", "[", "7", "null", "{}", '["x"]', '[{"label": 1, "url": []}]'])
    def test_a_setting_that_is_no_menu(self, ghost, given) -> None:
        bring_in(ghost(post("1"), settings={"navigation": given}))
        assert not MenuEntry.objects.exists()

    def test_what_was_featured_is_pinned_the_newest_first(self, ghost) -> None:
        bring_in(ghost(
            *(post(str(n), featured=n % 2, published_at=f"2024-03-0{n}T10:00:00.000Z") for n in range(1, 7)),
            post("8", featured=1, visibility="paid"), post("9", featured=True, status="draft"),
        ))  # fmt: skip
        pinned = FrontPage.objects.get().containers.raw_data[0]["value"]["pinned"]
        ids = [one["value"] if isinstance(one, dict) else one for one in pinned]
        assert [Story.objects.get(pk=pk).slug for pk in ids][:2] == ["story-5", "story-3"]
        assert not Story.objects.filter(pk__in=ids, live=False).exists()


USED = {
    "posts": "id uuid title slug html lexical mobiledoc markdown type page status visibility published_at updated_at created_at feature_image "
    "image featured author_id custom_excerpt locale language canonical_url email_only meta_title meta_description feature_image_alt "
    "feature_image_caption",
    "users": "id slug name email bio website profile_image image",
    "tags": "id slug name description visibility",
    "posts_meta": "post_id meta_title meta_description email_only feature_image_alt feature_image_caption",
}
TOLD = {
    "posts": "codeinjection_head codeinjection_foot og_title og_description og_image twitter_title twitter_description twitter_image",
    "posts_meta": "og_title og_description og_image twitter_title twitter_description twitter_image",
}
IGNORED = {
    # Made from the body; who pressed which button; what was sent to whom; how the theme shows it.
    "posts": "plaintext comment_id amp newsletter_id email_recipient_filter created_by updated_by published_by custom_template "
    "show_title_and_feature_image",
    # Accounts are made anew; what is about a person besides biography and website is the theme's.
    "users": "password status visibility last_seen last_login created_at updated_at created_by updated_by uuid locale language tour "
    "accessibility comment_notifications free_member_signup_notification paid_subscription_started_notification mention_notifications "
    "recommendation_notifications milestone_notifications donation_notifications cover cover_image location facebook twitter",
    # Sections and topics have no pictures here.
    "tags": "uuid created_at updated_at created_by updated_by feature_image image og_image",
    "posts_meta": "id",
}


def test_every_field_of_the_exports_is_used_told_or_left_for_a_reason(exports) -> None:
    for path in sorted(path for path in exports.glob("*.json") if path.name not in REFUSED):
        for database in databases(path):
            for table, row in database.rows(set(USED)):
                if isinstance(row, dict):
                    said = {name for name, value in row.items() if value not in (None, "", 0, False)}
                    known = f"{USED[table]} {TOLD.get(table, '')} {IGNORED[table]}".split()
                    assert said <= set(known), (path.name, table)
