"""What comes with a Ghost export in a zip or a folder: redirects, routes, audio, video and files."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from broadsheet.fronts.models import MenuEntry
from broadsheet.importing.commands import import_ghost
from broadsheet.importing.ghost import package
from broadsheet.importing.ghost.redirects import Unreadable, read
from broadsheet.importing.models import SourceMedia, SourceRedirect
from broadsheet.importing.records import ImportRefused
from broadsheet.media.models import Document
from broadsheet.people.models import Publication
from broadsheet.stories.models import Story

from .conftest import lexical, post, tables, tag, tagged
from .test_import import jpeg

JSON = json.dumps([
    {"from": "/old/", "to": "/story-1/", "permanent": True}, {"from": "^/blog/(.*)/$", "to": "/$1/", "permanent": True},
    {"from": "/for-now", "to": "https://elsewhere.example/now?x=1", "permanent": False}, {"from": "/tidings/", "to": "/tag/ferries/#top"},
    {"from": "/story-2/", "to": "/story-1/", "permanent": True}, {"from": "^/x(", "to": "/y/"}, {"from": "/old/", "to": "/other/"},
    {"from": "/z/", "to": "javascript:x()"}, {"from": "/loop/", "to": "/loop"}, {"from": 7, "to": None}, "odd",
])  # fmt: skip
YAML = """
301:
  /old/: /story-1/
  ^\\/blog\\/(.*)\\/$: /$1/
302:
  /for-now: https://elsewhere.example/now?x=1
"""


@pytest.fixture(autouse=True)
def data_folder() -> None:
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)


def packed(path: Path, **files: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, (bytes, str)) else json.dumps(content))
    return path


def laid_out(folder: Path, **files: Any) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(
            content if isinstance(content, bytes) else (content if isinstance(content, str) else json.dumps(content)).encode()
        )
    return folder


def export(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"db": [{"meta": {"version": "5.80.0"}, "data": tables(*rows, **more)}]}


def told(tmp_path: Path, given: Path, *options: str) -> dict[str, Any]:
    assert import_ghost([str(given), "--report", str(tmp_path / "r.json"), *options]) == 0
    return json.loads((tmp_path / "r.json").read_text())


@pytest.mark.django_db
class TestRedirects:
    def test_they_answer_as_they_did(self, tmp_path, client) -> None:
        rows = [post("1"), post("2"), post("3", slug="quay")]
        tags = {"tags": [tag("t1", "Ferries")], "posts_tags": tagged(("1", "t1"))}
        report = told(tmp_path, packed(tmp_path / "a.zip", **{"site.json": export(*rows, **tags), "content/data/redirects.json": JSON}))
        answers = {}
        for address in ("/old/", "/old", "/blog/quay/", "/blog/quay/?a=1", "/for-now/?y=2", "/tidings/", "/story-2/", "/blog/none/"):
            answer = client.get(address)
            answers[address] = (answer.status_code, answer.headers.get("Location", ""))
        assert answers == {
            "/old/": (301, "/story-1/"), "/old": (301, "/story-1/"), "/blog/quay/": (301, "/quay/"), "/blog/quay/?a=1": (301, "/quay/?a=1"),
            "/for-now/?y=2": (302, "https://elsewhere.example/now?y=2&x=1"), "/tidings/": (302, "/topics/ferries/#top"),
            "/story-2/": (200, ""), "/blog/none/": (301, "/none/"),
        }  # fmt: skip
        assert report["redirects"] == {"in_file": 5, "imported": 5, "updated": 0, "unchanged": 0, "skipped": []}
        odd = {o["what"]: o["examples"] for o in report["oddities"]}
        assert odd["redirect left out"] == [
            "content/data/redirects.json: a pattern that cannot be read: ^/x(", "content/data/redirects.json: listed before: /old/",
            "content/data/redirects.json: leads to no address that can be linked: /z/", "content/data/redirects.json: leads to itself: /loop/",
            "content/data/redirects.json: without an address it comes from or leads to: 7",
        ]  # fmt: skip
        assert odd["redirect from an address at which a page is: the page is shown"] == ["/story-2/"]

    @pytest.mark.parametrize("name", ["redirects.yaml", "data/redirects.yml", "content/data/redirects.yaml"])
    def test_the_other_form_in_a_folder(self, tmp_path, client, name) -> None:
        report = told(tmp_path, laid_out(tmp_path / "site", **{"data/site.json": export(post("1"), post("2", slug="quay")), name: YAML}))
        assert report["redirects"]["imported"] == 3
        assert client.get("/old/").headers["Location"] == "/story-1/"
        assert client.get("/blog/quay/").headers["Location"] == "/quay/"
        answer = client.get("/for-now")
        assert (answer.status_code, answer.headers["Location"]) == (302, "https://elsewhere.example/now?x=1")

    def test_a_newer_export_changes_what_nobody_changed_here(self, tmp_path, client) -> None:
        def run(number: int, *rules: tuple[str, str]) -> dict[str, Any]:
            redirects = [{"from": source, "to": to, "permanent": True} for source, to in rules]
            return told(tmp_path, packed(tmp_path / f"{number}.zip", **{"site.json": export(post("1")), "redirects.json": redirects}))

        first = [("/a/", "/story-1/"), ("/b/", "/story-1/"), ("/c/", "/story-1/"), ("^/d/(.*)$", "/$1")]
        assert run(1, *first)["redirects"]["imported"] == 4
        assert run(2, *first)["redirects"]["unchanged"] == 4
        Redirect.objects.filter(old_path="/b").update(redirect_link="/ours/")
        Redirect.objects.filter(old_path="/c").delete()
        report = run(3, ("/a/", "/n/"), ("/b/", "/n/"), ("/c/", "/n/"), ("^/d/(.*)$", "/n/$1"), ("/e/", "/n/"))
        assert report["redirects"] == {
            "in_file": 5, "imported": 1, "updated": 2, "unchanged": 0, "skipped": [{"reason": "edited here", "count": 2, "ids": ["/b/", "/c/"]}],
        }  # fmt: skip
        links = dict(Redirect.objects.values_list("old_path", "redirect_link"))
        assert links == {"/a": "/n/", "/b": "/ours/", "/e": "/n/"}
        assert client.get("/d/x").headers["Location"] == "/n/x"

    @pytest.mark.parametrize("old", [f"/{'నౌక-వచ్చింది-' * 22}/", f"/{'a-ferry-came-' * 22}/"])
    def test_an_address_longer_than_a_redirect_of_the_desk_holds(self, tmp_path, client, old) -> None:
        rules = [{"from": old, "to": "/story-1/", "permanent": True}]
        path = packed(tmp_path / "a.zip", **{"site.json": export(post("1")), "redirects.json": rules})
        assert told(tmp_path, path)["redirects"]["imported"] == 1 and not Redirect.objects.exists()
        for address in (old, quote(old), old.rstrip("/")):
            answer = client.get(address, {"a": "1"})
            assert (answer.status_code, answer.headers["Location"]) == (301, "/story-1/?a=1")
        assert client.get(f"/more{quote(old)}").status_code == 404
        assert told(tmp_path, path)["redirects"]["unchanged"] == 1

    def test_an_editor_takes_a_pattern_away_for_good(self, tmp_path, client, editor_client, django_user_model) -> None:
        path = packed(tmp_path / "a.zip", **{"site.json": export(post("1")), "redirects.json": [{"from": "^/d/(.*)$", "to": "/x/$1"}]})
        told(tmp_path, path)
        page = editor_client.get("/desk/reports/old-patterns/")
        assert b"^/d/(.*)$" in page.content
        assert client.post("/desk/reports/old-patterns/", {"row": SourceRedirect.objects.get().pk}).status_code == 302
        assert client.get("/d/y").headers["Location"] == "/x/y"
        editor_client.post("/desk/reports/old-patterns/", {"row": SourceRedirect.objects.get().pk})
        assert client.get("/d/y").status_code == 404
        assert told(tmp_path, path)["redirects"]["unchanged"] == 1
        assert client.get("/d/y").status_code == 404

    def test_files_that_are_none_and_what_is_only_told(self, tmp_path) -> None:
        report = told(tmp_path, packed(tmp_path / "a.zip", **{
            "site.json": export(post("1")), "data/redirects.json": "{", "redirects.yaml": "- a", "data/redirects-2024-01-01-00-00-00.json": "[]",
            "settings/routes.yaml": "routes:", "content/themes/x/redirects.json": "[",
        }))  # fmt: skip
        odd = {o["what"]: sorted(o["examples"]) for o in report["oddities"]}
        assert odd["backup of redirects or routes; left out"] == ["data/redirects-2024-01-01-00-00-00.json"]
        assert odd["routes.yaml: only its permalink pattern can be told, with --permalinks; left out"] == ["settings/routes.yaml"]
        bad = odd["file of redirects that cannot be read, left out: mend it, then run this again"]
        assert [one.partition(" (")[0] for one in bad] == [
            "data/redirects.json is no valid JSON",
            "redirects.yaml has neither “301:” nor “302:”",
        ]


@pytest.mark.parametrize("content", [
    "{}", "7", "[", '"x"', "301:\n  - a", "302: 7", "x: &a [*a]", "301: {a: !!python/object/apply:os.system [x]}", "\x00", "a: b",
])  # fmt: skip
def test_what_is_no_list_of_redirects(content) -> None:
    for name in ("redirects.json", "redirects.yaml"):
        with pytest.raises(Unreadable):
            list(read(name, content.encode()))


@given(st.binary(max_size=200), st.sampled_from(["redirects.json", "redirects.yaml"]))
def test_any_bytes_are_read_or_refused(content, name) -> None:
    try:
        assert all(bool(found) != bool(problem) for found, problem in read(name, content))
    except Unreadable as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_python_would_unpack_whole_is_refused_packed(tmp_path, how) -> None:
    """Of two hundred bytes that say they are a thousand, gigabytes were unpacked before anybody counted."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", how) as archive:
        archive.writestr("site.json", bytes(3000))
    with pytest.raises(ImportRefused, match="packed in a way that few programs can unpack"):
        package.entries(tmp_path / "a.zip")


@pytest.mark.parametrize("names", [("images/a.jpg", "images/a.jpg/b.jpg"), ("images/a.jpg/b.jpg", "images/a.jpg")])
def test_a_file_and_a_folder_of_one_name_are_one_clear_line(tmp_path, names) -> None:
    path = packed(tmp_path / "a.zip", **dict.fromkeys(names, b"x"))
    with pytest.raises(ImportRefused, match="is called what a folder is called, or lies in a file"):
        package.unpack(path, tmp_path / "out", {".jpg"})
    assert not list((tmp_path / "out").rglob("*.part"))


def test_a_zip_of_more_json_than_any_site_exports_is_refused(tmp_path) -> None:
    path = packed(tmp_path / "a.zip", **{f"{number}.json": "{}" for number in range(package.MAX_EXPORTS + 1)})
    with pytest.raises(ImportRefused, match="holds 101 JSON files"):
        package.entries(path)


def test_a_path_that_no_system_has_is_a_file_that_is_not_here(tmp_path) -> None:
    path = packed(tmp_path / "a.zip", **{f"images/{'/'.join(['d' * 200] * 30)}/x.jpg": b"x", "images/y.jpg": b"y"})
    assert package.unpack(path, tmp_path / "out", {".jpg"}) == 1


def content_of(document: int) -> bytes:
    with Document.objects.get(pk=document).file.open("rb") as file:
        return file.read()


def cards() -> str:
    return lexical(
        {"type": "video", "src": "__GHOST_URL__/content/media/2024/03/tide.mp4", "caption": "High"},
        {"type": "audio", "src": "__GHOST_URL__/content/media/2024/03/gulls.mp3", "title": "Gulls"},
        {"type": "file", "src": "__GHOST_URL__/content/files/2024/03/table.pdf", "fileTitle": "Tide table", "fileCaption": "All year"},
    )


FILES = {
    "content/media/2024/03/tide.mp4": b"video", "content/media/2024/03/gulls.mp3": b"audio", "content/files/2024/03/table.pdf": b"%PDF",
    "content/files/2024/03/evil.sh": b"x", "content/images/2024/03/icon.jpg": jpeg(), "content/images/2024/03/cover.jpg": jpeg("blue"),
}  # fmt: skip
SETTINGS = {"icon": "__GHOST_URL__/content/images/2024/03/icon.jpg", "cover_image": "__GHOST_URL__/content/images/2024/03/cover.jpg"}


@pytest.mark.django_db
class TestFiles:
    @pytest.mark.parametrize("how", ["zip", "folder", "content", "media"])
    def test_audio_video_and_files_come_along(self, tmp_path, client, how) -> None:
        whole = export(
            post("1", lexical=cards()), post("2", status="draft", lexical=cards().replace("tide.mp4", "secret.mp4")), settings=SETTINGS
        )
        files = {**FILES, "content/media/2024/03/secret.mp4": b"secret"}
        options: list[str] = []
        if how == "zip":
            given = packed(tmp_path / "a.zip", **{"site/site.json": whole, **{f"site/{name}": content for name, content in files.items()}})
        elif how == "folder":
            given = laid_out(tmp_path / "site", **{"site.json": whole, **files})
        elif how == "content":
            given = laid_out(tmp_path / "site", **{"content/data/site.json": whole, **files}) / "content"
        else:
            given = laid_out(tmp_path / "site", **{"site.json": whole, **files}) / "site.json"
            options = ["--media", str(tmp_path / "site/content")]
        told(tmp_path, given, "--url", "https://tern.example", *options)
        body = Story.objects.get(live=True).body.raw_data
        assert [(b["type"], b["value"]["kind"], b["value"]["title"], content_of(b["value"]["document"])) for b in body[:3]] == [
            ("file", "video", "High", b"video"), ("file", "audio", "Gulls", b"audio"), ("file", "file", "Tide table", b"%PDF"),
        ]  # fmt: skip
        page = client.get("/story-1/").content.decode()
        assert page.count("/desk/documents/") == 0 and "tern.example/content" not in page
        for document in Document.objects.exclude(title__contains="secret"):
            assert document.url in page
        old = client.get("/content/files/2024/03/table.pdf")
        assert old.status_code == 301 and old.headers["Location"] == Document.objects.get(title="table.pdf").url
        assert client.get("/content/media/2024/03/secret.mp4").status_code == 404
        assert not Document.objects.filter(title__contains="evil").exists()
        assert Publication.objects.get().logo.title == "icon.jpg"
        assert sorted(SourceMedia.objects.filter(image__isnull=False).values_list("title", flat=True)) == ["cover.jpg", "icon.jpg"]

    def test_files_that_come_later_get_into_stories_that_are_here(self, tmp_path) -> None:
        folder = laid_out(tmp_path / "site", **{"site.json": export(post("1", lexical=cards()))})
        told(tmp_path, folder)
        assert {b["value"]["document"] for b in Story.objects.get().body.raw_data[:3]} == {None}
        laid_out(folder, **FILES)
        assert told(tmp_path, folder)["items"]["post"]["updated"] == 1
        assert None not in {b["value"]["document"] for b in Story.objects.get().body.raw_data[:3]}

    def test_what_a_card_for_members_offers_is_not_given_away(self, tmp_path, client) -> None:
        card = {"type": "file", "src": "/content/files/a.pdf", "fileTitle": "For members", "visibility": {"web": {"nonMember": False}}}
        told(
            tmp_path, laid_out(tmp_path / "site", **{"site.json": export(post("1", lexical=lexical(card))), "content/files/a.pdf": b"%PDF"})
        )
        assert client.get("/content/files/a.pdf").status_code == 404

    def test_a_folder_without_an_export_and_two_places_of_files(self, tmp_path, capsys) -> None:
        assert import_ghost([str(laid_out(tmp_path / "empty", **{"read.me": b"x"}))]) == 2
        assert "is a folder without an export" in capsys.readouterr().err
        folder = laid_out(tmp_path / "site", **{"site.json": export(post("1")), **FILES})
        assert import_ghost([str(folder), "--media", str(tmp_path)]) == 2
        assert "holds the site's files itself" in capsys.readouterr().err

    def test_the_second_navigation_is_the_menu_when_it_is_chosen(self, tmp_path, capsys) -> None:
        menus = {name: json.dumps([{"label": name, "url": "/story-1/"}]) for name in ("navigation", "secondary_navigation")}
        path = laid_out(tmp_path / "site", **{"site.json": export(post("1"), settings=menus)})
        assert import_ghost([str(path), "--menu", "third"]) == 2
        assert "Its menus: navigation, secondary_navigation" in capsys.readouterr().err
        told(tmp_path, path, "--menu", "secondary_navigation")
        assert MenuEntry.objects.get().text == "secondary_navigation"
