"""Files over HTTP: only when asked for, only from the old site, never from inside; what is got is whole and what it says."""

from __future__ import annotations

import contextlib
import functools
import http.server
import io
import ipaddress
import socket
import ssl
import struct
import threading
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from broadsheet.delivery.connection import Connection
from broadsheet.delivery.hosts import Refused, Target, is_public, name_of, target
from broadsheet.importing import commands, fetching
from broadsheet.importing.commands import import_wordpress
from broadsheet.importing.fetching import Fetcher, Limits
from broadsheet.importing.files import Uploads
from broadsheet.importing.models import SourceMedia
from broadsheet.media.encoding import measure_picture
from broadsheet.media.models import Document
from broadsheet.stories.models import Story

from .conftest import item

INSIDE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "169.254.170.2",
    "100.100.100.200", "100.64.0.1", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:db8::1",
    "100::1", "", "localhost", "0x7f000001", "2130706433", "127.1",
)  # fmt: skip
PUBLIC = ("8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808")


def picture(kind: str = "JPEG", size: tuple[int, int] = (600, 400)) -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)) + chunk(b"IEND", b"")


class TestAddresses:
    @pytest.mark.parametrize("address", INSIDE)
    def test_inside(self, address) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", PUBLIC)
    def test_outside(self, address) -> None:
        assert is_public(address)

    @given(st.ip_addresses(v=4))
    def test_a_wrapped_address_is_what_is_in_it(self, ip) -> None:
        plain = is_public(str(ip))
        assert is_public(f"::ffff:{ip}") == is_public(str(ipaddress.IPv6Address((0x64FF9B << 96) | int(ip)))) == plain
        assert not is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80))))

    @given(st.one_of(*(st.ip_addresses(network=n) for n in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
                                                            "100.64.0.0/10", "224.0.0.0/3", "fe80::/10", "fc00::/7", "ff00::/8"))))  # fmt: skip
    def test_nothing_inside_is_public(self, ip) -> None:
        assert not is_public(str(ip))

    @given(st.text(max_size=80))
    def test_no_text_gets_anywhere(self, text) -> None:
        with pytest.raises(Refused):
            target(text, allowed=frozenset({"tern.example"}), resolve=lambda host, port: ["10.0.0.1"])

    @pytest.mark.parametrize(
        "url",
        ["file:///etc/passwd", "ftp://tern.example/a", "gopher://tern.example/", "//tern.example/a", "http://ada:pw@tern.example/a", "http:///a",
         "http://tern.example:22/a", "http://tern.example:0/", "http://other.example/a", "http://tern.example.evil.example/", "http://[::1/",
         "http://tern.example\\@10.0.0.1/", "http://tern.example/a\r\nHost: x", "http://127.0.0.1/", "http://[::ffff:7f00:1]/", "http://2130706433/"],
    )  # fmt: skip
    def test_what_is_not_asked(self, url) -> None:
        with pytest.raises(Refused):
            target(url, allowed=frozenset({"tern.example"}), resolve=lambda host, port: ["8.8.8.8"])

    def test_one_address_inside_refuses_the_host(self) -> None:
        for inside in ("10.0.0.1", "::1", "169.254.169.254"):
            with pytest.raises(Refused, match="not a public address"):
                target("http://tern.example/a", allowed=frozenset({"tern.example"}), resolve=lambda h, p, i=inside: ["8.8.8.8", i])

    def test_what_is_asked(self) -> None:
        made = target(
            "https://WWW.Tern.example./a b.jpg?x=ü".replace(" ", "%20"),
            allowed=frozenset({"tern.example"}),
            resolve=lambda h, p: ["8.8.8.8"],
        )
        assert (made.host, made.port, made.path, made.addresses) == ("www.tern.example", 443, "/a%20b.jpg?x=%C3%BC", ("8.8.8.8",))
        assert name_of("Files.Example", 8443) == "files.example:8443"


@pytest.fixture
def site():
    """The old site, on this machine: `site.files` is what it has, `site.asked` what it was asked for."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
            found = self.server.files.get(self.path)
            if callable(found):
                found(self)
                return
            self.send_response(200 if found is not None else 404)
            self.send_header("Content-Length", str(len(found or b"")))
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *args: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """A reader that hangs up is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    server.files, server.asked = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def permitted(address: str) -> bool:
    return address == "127.0.0.1" or is_public(address)


@pytest.fixture
def fetcher(site, tmp_path):
    """May ask this machine, which no fetcher outside tests may."""
    return functools.partial(
        Fetcher,
        tmp_path / "fetched",
        hosts={f"127.0.0.1:{site.server_port}", f"tern.example:{site.server_port}"},
        agent="test",
        permit=permitted,
    )


def redirect(to: str):
    def answer(handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def sends(*parts: bytes, headers: tuple = (), pause: float = 0, status: int = 200):
    def answer(handler) -> None:
        handler.send_response(status)
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause)

    return answer


class TestFetching:
    def get(self, fetcher: Fetcher, *urls: str) -> list[str]:
        return [problem for _key, problem in fetcher.fetch((url, url) for url in urls)]

    def test_a_file_is_got_once(self, site, fetcher) -> None:
        site.files["/wp-content/uploads/2024/03/a.jpg"] = picture()
        one, url = fetcher(), f"{site.url}/wp-content/uploads/2024/03/a.jpg"
        assert self.get(one, url) == [""] and self.get(fetcher(), url) == [""]
        assert [path for path, _host, _agent in site.asked] == ["/wp-content/uploads/2024/03/a.jpg"]
        assert site.asked[0][1:] == (f"127.0.0.1:{site.server_port}", "test")
        assert (one.folder / "2024/03/a.jpg").read_bytes() == picture() and [p.name for p in one.folder.rglob("*") if p.is_file()] == [
            "a.jpg"
        ]

    def test_what_failed_is_tried_again_and_leaves_nothing(self, site, fetcher) -> None:
        site.files["/a.jpg"] = picture()
        assert self.get(fetcher(), f"{site.url}/a.jpg", f"{site.url}/b.jpg") == ["", "is answered with 404"]
        site.files["/b.jpg"] = picture()
        assert self.get(fetcher(), f"{site.url}/a.jpg", f"{site.url}/b.jpg") == ["", ""]
        assert sorted(path for path, _host, _agent in site.asked) == ["/a.jpg", "/b.jpg", "/b.jpg"]

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            (sends(b"x" * 400_000), "larger than 0 MB"),
            (sends(headers=(("Content-Length", "999999999"),)), "larger than 0 MB"),
            (sends(*[b"x"] * 50, pause=0.2), "took longer than 1 seconds"),
            (sends(picture()[:300], headers=(("Content-Length", "4000"),)), "broke off"),
            (sends(picture(), headers=(("Content-Encoding", "gzip"),)), "compressed"),
            (sends(b"<html><body>Please sign in</body></html>"), "is not the picture its name says"),
            (sends(bomb()), "pixels"),
            (sends(b""), "is empty"),
            (sends(status=403), "is answered with 403"),
            (redirect("/loop.jpg"), "redirected more than 3 times"),
            (redirect("http://10.0.0.1/a.jpg"), "allow that with --media-host 10.0.0.1"),
            (redirect("file:///etc/passwd"), "only http and https"),
            (redirect("http://other.example/a.jpg"), "allow that with --media-host other.example"),
            (redirect(""), "is redirected nowhere"),
            (redirect("http://["), "is redirected to what is no address"),
            (redirect("//a]b/"), "is redirected to what is no address"),
        ],
    )  # fmt: skip
    def test_what_is_not_kept(self, site, fetcher, answer, words) -> None:
        site.files["/loop.jpg"] = answer
        one = fetcher(limits=Limits(size=300_000, seconds=1))
        started = time.monotonic()
        (problem,) = self.get(one, f"{site.url}/loop.jpg")
        assert words in problem and time.monotonic() - started < 8
        assert not [p for p in one.folder.rglob("*") if p.is_file()]

    def test_headers_that_never_end_are_cut_off(self, fetcher, tmp_path) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]

        def drip() -> None:
            connection, _ = listener.accept()
            try:
                for _ in range(100):
                    connection.sendall(b"H")
                    time.sleep(0.1)
            except OSError:
                pass
            finally:
                connection.close()

        threading.Thread(target=drip, daemon=True).start()
        one = Fetcher(tmp_path / "f", hosts={f"127.0.0.1:{port}"}, agent="t", permit=permitted, limits=Limits(seconds=0.5))
        started = time.monotonic()
        assert "took longer" in self.get(one, f"http://127.0.0.1:{port}/a.jpg")[0] and time.monotonic() - started < 5
        listener.close()

    @pytest.mark.parametrize("how", [
        b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ",
    ])  # fmt: skip
    def test_what_drips_is_cut_off_wherever_it_does_and_what_came_until_then_is_no_file(self, tmp_path, how) -> None:
        """The library forgets its socket where nothing more is asked after an answer: a line of such a one could take days."""
        enough = threading.Event()

        def drip() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.recv(65536)
                connection.sendall(how)
                while not enough.wait(0.05):
                    connection.sendall(b"a")

        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            threading.Thread(target=drip, daemon=True).start()
            one = Fetcher(tmp_path / "f", hosts={f"127.0.0.1:{port}"}, agent="t", permit=permitted, limits=Limits(seconds=0.4))
            found: list[str] = []
            asking = threading.Thread(target=lambda: found.extend(self.get(one, f"http://127.0.0.1:{port}/a.pdf")), daemon=True)
            asking.start()
            asking.join(10)
            enough.set()
        assert found == ["took longer than 0.4 seconds"] and not list(one.folder.rglob("*.pdf"))

    def test_over_tls_nothing_enciphered_is_taken_for_the_file(self) -> None:
        wire, other = socket.socketpair()
        tls = ssl.create_default_context()
        connection = Connection(Target("https", "tern.example", 443, "/", ("8.8.8.8",)), tls, time.monotonic() + 9)
        with other, tls.wrap_socket(wire, server_hostname="tern.example", do_handshake_on_connect=False) as connection.wire:
            connection.cut()
            assert connection.wire._sslobj is not None and other.recv(1) == b""

    def test_a_file_of_no_bytes_is_none(self, site, fetcher) -> None:
        site.files["/a.pdf"] = b""
        one = fetcher()
        assert self.get(one, f"{site.url}/a.pdf") == ["is empty"] and not list(one.folder.rglob("*.pdf"))

    def test_what_the_other_machine_says_is_one_line_of_letters(self, site, fetcher) -> None:
        site.files["/a.jpg"] = redirect("http://10.0.0.1\x1b[2J\x00\x9b/")
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 \x1b[2J\x00\x9b\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        one = fetcher(hosts={f"127.0.0.1:{port}", f"127.0.0.1:{site.server_port}"})
        problems = self.get(one, f"http://127.0.0.1:{port}/a.jpg", f"{site.url}/a.jpg")
        listener.close()
        assert problems[0].startswith("was not got") and all(problem.isprintable() for problem in problems)

    @pytest.mark.parametrize("path", ["/" + "/".join(["a" * 200] * 30) + "/x.jpg", "/a\ud800.jpg", "/uploads/\udcff/a.jpg"])
    def test_a_name_that_no_file_can_have_is_one_that_is_not_got(self, site, fetcher, path) -> None:
        one = fetcher()
        assert self.get(one, site.url + path) in (["has no name that a file can have"], ["is no address"]) and site.asked == []
        assert Uploads(one.folder).find(path, site.url + path) is None

    def test_files_of_two_hosts_that_are_called_the_same_are_two(self, site, fetcher) -> None:
        site.files["/img/a.jpg"] = lambda handler: sends(picture(size=(60, 40 if "tern" in handler.headers["Host"] else 50)))(handler)
        one = fetcher(resolve=lambda host, port: ["127.0.0.1"])
        urls = [f"{site.url}/img/a.jpg", f"http://tern.example:{site.server_port}/img/a.jpg"]
        assert self.get(one, *urls) == ["", ""]
        found = [Uploads(one.folder).find(url) for url in urls]
        assert [measure_picture(io.BytesIO(path.read_bytes())) for path in found] == [(60, 50), (60, 40)]

    def test_what_a_run_that_was_killed_had_begun_is_cleared_away(self, fetcher) -> None:
        (fetcher().folder / ".part-x").write_bytes(b"half")
        assert list(fetcher().folder.iterdir()) == []

    def test_redirects_are_followed_and_each_host_is_looked_up_once(self, site, fetcher) -> None:
        looked_up: list[str] = []

        def rebinding(host: str, port: int) -> list[str]:
            looked_up.append(host)
            return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

        site.files |= {"/a.jpg": picture(), "/b.jpg": redirect("/a.jpg")}
        url = f"http://tern.example:{site.server_port}"
        assert self.get(fetcher(resolve=rebinding), f"{url}/a.jpg") == [""] and looked_up == ["tern.example"]
        # The name now means a machine inside: the next look-up is a redirect's, and is checked again.
        assert "10.0.0.1: not a public address" in self.get(fetcher(resolve=rebinding), f"{url}/b.jpg")[0]
        assert self.get(fetcher(), f"{site.url}/b.jpg") == [""]

    def test_a_host_that_is_busy_is_asked_once_more(self, site, fetcher, monkeypatch) -> None:
        waited: list[float] = []
        monkeypatch.setattr(fetching.time, "sleep", waited.append)
        answers = iter([sends(status=503, headers=(("Retry-After", "9999"),)), lambda handler: sends(picture())(handler)])
        site.files["/a.jpg"] = lambda handler: next(answers)(handler)
        assert self.get(fetcher(), f"{site.url}/a.jpg") == [""] and fetching.WAIT_SECONDS in waited

    def test_a_host_that_is_down_is_given_up(self, fetcher, tmp_path) -> None:
        one = Fetcher(tmp_path / "f", hosts={"127.0.0.1:9"}, agent="t", permit=permitted)
        problems = self.get(one, *(f"http://127.0.0.1:9/{n}.jpg" for n in range(20)))
        assert problems[0].startswith("was not got") and problems[-1] == "127.0.0.1 does not answer"

    @pytest.mark.parametrize(
        "path",
        ["/../../etc/passwd.jpg", "/%2e%2e/%2e%2e/x.jpg", "/", "/wp-content/uploads/../../../x.jpg", f"/{'a' * 300}.jpg", "/a%00.jpg"],
    )
    def test_no_name_leads_out_of_the_folder(self, site, fetcher, path) -> None:
        one = fetcher()
        assert self.get(one, site.url + path) != [""] and site.asked == [] and not [p for p in one.folder.parent.rglob("*") if p.is_file()]


@pytest.mark.django_db
class TestImports:
    def attached(self, site, number: str, name: str) -> str:
        url = f"<wp:attachment_url>{site.url}/wp-content/uploads/2024/03/{name}</wp:attachment_url>"
        return item(number, name, "", type="attachment", status="inherit", slug=f"f{number}", link=f"{site.url}/?attachment_id={number}",
                    meta={"_wp_attached_file": f"2024/03/{name}"}, more=url)  # fmt: skip

    @pytest.fixture
    def export(self, wxr, site, settings, tmp_path, monkeypatch) -> Path:
        settings.DATA = tmp_path
        monkeypatch.setattr(commands, "Fetcher", functools.partial(Fetcher, permit=permitted))
        body = f'<img src="{site.url}/wp-content/uploads/2024/03/a-300x200.jpg" alt="A">'
        return wxr(
            item("1", "Gale", body, slug="gale", link=f"{site.url}/gale/", meta={"_thumbnail_id": "2"}),
            self.attached(site, "2", "a.jpg"), self.attached(site, "3", "paper.pdf"), self.attached(site, "4", "lost.jpg"), base=site.url,
        )  # fmt: skip

    def test_nothing_is_asked_without_being_told_to(self, export, site, tmp_path) -> None:
        site.files["/wp-content/uploads/2024/03/a.jpg"] = picture()
        assert import_wordpress([str(export)]) == 0 and import_wordpress([str(export), "--dry-run"]) == 0
        assert site.asked == [] and SourceMedia.objects.filter(image=None).count() == 3

    def test_files_are_fetched_and_the_next_run_goes_on(self, export, site, client, tmp_path, capsys) -> None:
        site.files |= {"/wp-content/uploads/2024/03/a.jpg": picture(), "/wp-content/uploads/2024/03/paper.pdf": b"%PDF-1.4 paper"}
        assert import_wordpress([str(export), "--fetch-media"]) == 0
        assert "could not be fetched: 1" in capsys.readouterr().out
        assert SourceMedia.objects.get(source_id="4").problem.endswith("lost.jpg is answered with 404")
        story = Story.objects.get()
        assert story.lead_image_id == SourceMedia.objects.get(source_id="2").image_id and story.body[0].value["image"] is not None
        assert client.get("/wp-content/uploads/2024/03/a-300x200.jpg").status_code == 301
        paper = client.get(client.get("/wp-content/uploads/2024/03/paper.pdf")["Location"])
        assert paper.getvalue() == b"%PDF-1.4 paper" and Document.objects.get().title == "paper.pdf"
        asked = len(site.asked)
        site.files["/wp-content/uploads/2024/03/lost.jpg"] = picture()
        assert import_wordpress([str(export), "--fetch-media"]) == 0
        assert [a[0] for a in site.asked[asked:]] == ["/wp-content/uploads/2024/03/lost.jpg"]
        lost = SourceMedia.objects.get(source_id="4")
        assert lost.image_id and lost.problem == "" and not [p for p in (tmp_path / "fetched").rglob("*") if p.is_file()]

    def test_options_that_contradict_each_other(self, export, capsys) -> None:
        for more, words in ((["--fetch-media", "--dry-run"], "a dry run keeps nothing"), (["--media-host", "x.example"], "only whom --fetch-media may ask"),
                            (["--fetch-media", "--media-host", "https://x.example/a"], "Write a host such as"),
                            (["--fetch-media", "--media-host", "x.example/a"], "is more than a host")):  # fmt: skip
            assert import_wordpress([str(export), *more]) == 2 and words in capsys.readouterr().err
