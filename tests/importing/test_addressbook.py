"""The list of old addresses: what is in it, that the site answers as it says, and that asking finds what does not."""

from __future__ import annotations

import http.server
import json
import threading
from collections import Counter
from dataclasses import replace

import pytest

from broadsheet.conf import options
from broadsheet.importing import addressbook
from broadsheet.importing.commands import import_wordpress
from broadsheet.importing.links import check_links
from broadsheet.importing.load import Loader
from broadsheet.importing.wordpress.reader import Export
from broadsheet.ops.cli import main
from broadsheet.stories.models import StaticPage, Story

from .conftest import item
from .test_forwarding import BANGLA, GALE, HEAD, TELUGU, TERMS, ask, meta, quote

REAL = [
    ("real/wporg-news-posts.xml", "real/wporg-news-media.xml", "real/wporg-news-podcasts.xml"), ("real/cclabs-en-30authors.xml",),
    ("real/hsoub-news-ar.xml",), ("real/bitcoinfrance-fr.xml",), ("official/themeunittestdata-2024.xml",), ("real/cactifans-zh.xml",),
    ("theme-demos/colormag-magazine.xml",),
]  # fmt: skip
QUICK = ("real/hsoub-news-ar.xml", "official/themeunittestdata-2024.xml")


def lines(export: Export, loader: Loader) -> list[dict]:
    return list(addressbook.Addresses(export, loader.site).lines())


@pytest.mark.django_db
class TestAddresses:
    def test_every_address_is_listed_and_answered_so(self, wxr, client) -> None:
        path = wxr(
            item("12", "Gale", creator="ada.holm", slug="gale", terms=TERMS, more=meta("_wp_old_slug", "storm", "gust")),
            item("13", "About", type="page", slug="about", link="https://tern.example/about-us/"),
            item("14", "Draft", status="draft", link="https://tern.example/?p=14"), item("15", "Bin", status="trash"),
            item("16", "gale", "", type="attachment", status="inherit", slug="g", link="https://tern.example/2024/03/gale/g/",
                 more="<wp:attachment_url>https://tern.example/wp-content/uploads/2024/03/g.jpg</wp:attachment_url><wp:post_parent>12</wp:post_parent>"),
            item("17", "Telugu", slug=TELUGU, link=f"https://tern.example/{quote(TELUGU).lower()}/"),
            item("18", "Same", slug="same", link="https://tern.example/latest/"),
            item("19", "Again", link="https://tern.example/2024/03/gale/"),
            head=HEAD,
        )  # fmt: skip
        export = Export([path])
        loader = Loader(export)
        loader.run()
        made = lines(export, loader)
        by_address = {line["address"]: line for line in made}
        assert by_address["/?p=12"] == {"address": "/?p=12", "status": 301, "to": GALE, "of": "post 12"}
        for address in ("/2024/03/storm/", "/2024/03/gust/", f"{GALE}feed/", f"{GALE}amp/", GALE[:-1], "/?attachment_id=16"):
            assert by_address[address]["to"] == GALE
        assert (
            by_address[GALE]["status"]
            == by_address[f"/{quote(TELUGU)}/"]["status"]
            == by_address[f"/{quote(TELUGU).lower()}/"]["status"]
            == 200
        )
        assert [by_address[f"/?p={n}"]["status"] for n in (14, 15)] == [404, 404]
        assert by_address["/wp-content/uploads/2024/03/g.jpg"]["status"] == 404, "its file is not here"
        assert {"/category/coast/", "/tag/ferries/feed/", "/author/ada-holm/", "/?cat=4", "/?author=7", "/2024/03/", "/?m=2024"} <= set(
            by_address
        )
        assert "/latest/" not in by_address and "/tag/empty/" in by_address
        for line in made:
            expected = line["to"] if line["status"] == 301 else str(line["status"])
            assert ask(client, line["address"]) == expected, line

    def test_a_site_in_a_folder_that_is_a_section_here(self, wxr, client) -> None:
        export = Export([wxr(item("1", slug="gale", link="https://x.org/news/gale/"), base="https://x.org/news")])
        loader = Loader(export)
        loader.run()
        made = {line["address"]: line.get("to") or str(line["status"]) for line in lines(export, loader)}
        assert made["/news/"] == made["/news/gale/"] == made["/news/feed/"] == "200" and made["/news/?p=1"] == "/news/gale/"
        assert {address: ask(client, address) for address in made} == made

    def test_a_page_where_a_section_is_stands_beside_it(self, wxr, client) -> None:
        page = item("2", "Coasts", type="page", slug="coast", link="https://tern.example/coast/")
        export = Export(
            [wxr(item("1", slug="gale", terms=TERMS), page, head=HEAD.replace("<wp:category_parent>news", "<wp:category_parent>"))]
        )
        loader = Loader(export)
        loader.run()
        assert StaticPage.objects.get().permalink == "/coast-2/" and "Coasts" in client.get("/coast-2/").content.decode()
        assert ask(client, "/coast/") == "200" and ask(client, "/?page_id=2") == "/coast-2/"
        assert all(ask(client, line["address"]) == (line.get("to") or str(line["status"])) for line in lines(export, loader))

    def test_the_second_site_with_the_same_ids(self, wxr, client) -> None:
        Loader(Export([wxr(item("12", "Gale", slug="gale"))])).run()
        export = Export([wxr(item("12", "Other", link="https://b.example/other/"), base="https://b.example")])
        loader = Loader(export)
        loader.run()
        made = lines(export, loader)
        assert "/?p=12" not in {line["address"] for line in made} and ask(client, "/?p=12") == GALE
        assert all(ask(client, line["address"]) == (line.get("to") or str(line["status"])) for line in made)

    def test_the_report_names_the_file(self, wxr, tmp_path, settings, capsys) -> None:
        settings.DATA = tmp_path
        for dry in ([], ["--dry-run"]):
            assert import_wordpress([str(wxr(item("12"))), "--report", str(tmp_path / "r.json"), *dry]) == 0
            told = json.loads((tmp_path / "r.json").read_text())["addresses"]
            written = [json.loads(line) for line in (tmp_path / "r.addresses.jsonl").read_text().splitlines()]
            assert told["file"] == "r.addresses.jsonl" and told["count"] == len(written) == sum(told["by_status"].values())

    @pytest.mark.parametrize("files", [(name,) for name in QUICK], ids=lambda f: f[0])
    def test_real_sites(self, fixtures, client, files) -> None:
        self.ask_for_all(fixtures, client, files, at_most=120)

    @pytest.mark.long
    @pytest.mark.parametrize("files", REAL, ids=lambda f: f[0])
    def test_real_sites_to_the_last_address(self, fixtures, client, files) -> None:
        self.ask_for_all(fixtures, client, files)

    def ask_for_all(self, fixtures, client, files, at_most: int | None = None) -> None:
        """Asks for the old addresses of a site, or for so many of them, spread over all kinds there are."""
        export = Export([fixtures / name for name in files])
        loader = Loader(export)
        assert loader.run().differences == []
        seen: dict[str, int] = {}
        told = lines(export, loader)
        for line in told[:: max(1, len(told) // at_most)] if at_most else told:
            response = client.head(line["address"])
            assert (response.status_code, response.get("Location", "")) == (line["status"], line.get("to", "")), line
            if to := line.get("to"):
                if to not in seen:
                    seen[to] = client.head(to).status_code
                assert seen[to] == 200, line
        assert Story.objects.filter(live=True).exists() and seen


@pytest.fixture
def asked() -> Counter[str]:
    """How often the site was asked for each address."""
    return Counter()


@pytest.fixture
def site(asked):
    """A site that answers what it is told to."""
    answers = {
        "/": (200, ""),
        "/a/": (200, ""),
        "/old/": (301, "/a/"),
        "/%E0%A6%AC/": (200, ""),
        "/bad/": (301, "/lost/"),
        "/b/": (301, "/c/"),
        "/down/": (503, ""),
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked[self.path] += 1
            status, to = answers.get(self.path, (404, ""))
            self.send_response(status)
            if to:
                self.send_header("Location", f"http://{self.headers['Host']}{to}" if to == "/a/" else to)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class TestCheckLinks:
    def report(self, folder, *rows: tuple) -> str:
        with (folder / "r.addresses.jsonl").open("w") as file:
            for address, status, *to in rows:
                file.write(json.dumps({"address": address, "status": status, "of": "post 1", **({"to": to[0]} if to else {})}) + "\n")
        (folder / "r.json").write_text(json.dumps({"addresses": {"file": "r.addresses.jsonl", "count": len(rows)}}))
        return str(folder / "r.json")

    @pytest.mark.django_db
    def test_all_as_they_should_be(self, site, tmp_path, capsys) -> None:
        report = self.report(tmp_path, ("/a/", 200), ("/old/", 301, "/a/"), (f"/{quote(BANGLA[0])}/", 200), ("/none/", 404))
        assert main(["import", "check-links", report, "--base", site]) == 0
        assert "4 addresses asked for (2 × 200, 1 × 301, 1 × 404), 0 not answered as they should be" in capsys.readouterr().out

    def test_each_fault_is_named(self, site, tmp_path, capsys) -> None:
        report = self.report(
            tmp_path, ("/a/", 301, "/x/"), ("/old/", 301, "/elsewhere/"), ("/bad/", 301, "/lost/"), ("/gone/", 200), ("/b/", 301, "/c/")
        )
        assert check_links([report, "--base", site]) == 1
        out = capsys.readouterr().out
        for words in ("/a/ (post 1): 200, should be 301 /x/", "/old/ (post 1): leads to /a/, should lead to /elsewhere/", "which is a 404",
                      "/gone/ (post 1): 404, should be 200", "5 not answered"):  # fmt: skip
            assert words in out

    def test_it_says_whom_it_asks(self, site, tmp_path, capsys, monkeypatch) -> None:
        report = self.report(tmp_path, ("/a/", 200))
        assert check_links([report, "--base", site]) == 0
        assert capsys.readouterr().out.startswith(f"Asking {site}\n")
        monkeypatch.setattr("broadsheet.importing.links.options", replace(options, url=site))
        assert check_links([report]) == 0
        assert capsys.readouterr().out.startswith(f"Asking {site} (BROADSHEET_URL; another with --base)\n")

    def test_a_site_that_goes_down_is_asked_no_further(self, site, asked, tmp_path, capsys) -> None:
        report = self.report(tmp_path, ("/a/", 200), *(("/down/", 200),) * 390)
        assert check_links([report, "--base", site]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "went down after 1 of 391 addresses: 503 to 20 in a row" in said
        assert asked["/down/"] < 60
        report = self.report(tmp_path, *(("/down/", 200),) * 19, ("/a/", 200), *(("/down/", 200),) * 19)
        assert check_links([report, "--base", site]) == 1

    def test_what_cannot_be_asked_is_one_line(self, site, tmp_path, capsys) -> None:
        report = self.report(tmp_path, ("/a/", 200))
        assert check_links([report, "--base", "http://127.0.0.1:9"]) == 2 and "does not answer" in capsys.readouterr().err
        assert check_links([str(tmp_path / "none.json")]) == 2 and "cannot be read" in capsys.readouterr().err
        assert check_links([report, "--base", "ftp://x"]) == 2 and "is no address of a site" in capsys.readouterr().err
        assert check_links([report, "--base", "http://[x"]) == 2 and "is no address of a site" in capsys.readouterr().err
        (tmp_path / "r.addresses.jsonl").write_text('{"address": 1}\n')
        assert check_links([report, "--base", site]) == 2 and "line 1: is damaged" in capsys.readouterr().err
        for odd in (b"\xff\n", b'{"address": "/a/", "status": 1e999, "of": ""}\n', b"[" * 100_000, b'{"address": "' + b"/" * (1 << 20)):
            (tmp_path / "r.addresses.jsonl").write_bytes(odd)
            assert check_links([report, "--base", site]) == 2 and "line 1: is damaged" in capsys.readouterr().err
        (tmp_path / "r.addresses.jsonl").write_text('{"address": "https://else.example/", "status": 200, "of": ""}\n')
        assert check_links([report, "--base", site]) == 2 and "no address of the site" in capsys.readouterr().err
        for odd in ("[]", '{"addresses": {"file": "r.addresses.jsonl", "count": 1e999}}', "[" * 100_000):
            (tmp_path / "r.json").write_text(odd)
            assert check_links([report, "--base", site]) == 2 and "is no report" in capsys.readouterr().err

    def test_what_is_said_of_a_line_is_not_for_the_terminal_to_obey(self, site, tmp_path, capsys) -> None:
        report = self.report(tmp_path, ("/none/", 200))
        (tmp_path / "r.addresses.jsonl").write_text(json.dumps({"address": "/none/", "status": 200, "of": "\x1b[31m\ud800" + "W" * 9000}))
        assert check_links([report, "--base", site]) == 1
        out = capsys.readouterr().out
        assert "/none/ (" in out and "\x1b" not in out and len(out) < 3000
