"""The configuration of the manual, in a real nginx: what comes from the store, what does not, and what is left when Broadsheet is down."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from broadsheet.delivery.store import Page, Store

MANUAL = Path(__file__).resolve().parents[2] / "docs/operating/nginx.md"
BODY = b"<p>" + b"It sailed at noon. " * 100
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(not NGINX, reason="no nginx: apt-get install nginx")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class App(BaseHTTPRequestHandler):
    """Stands for Broadsheet."""

    def do_GET(self):
        body = f"from the app: {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


def started(port):
    """The app, answering in a thread of its own."""
    app = ThreadingHTTPServer(("127.0.0.1", port), App)
    threading.Thread(target=app.serve_forever, daemon=True).start()
    return app


def ended(app):
    """The app does not answer any more."""
    app.shutdown()
    app.server_close()


@pytest.fixture(scope="module")
def nginx():
    # As the data folder of an operator: nginx's own user has to come in, and pytest closes its folders at every start.
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-nginx-"))
    folder.chmod(0o755)
    data, port = folder / "data", free_port()
    for name in ("static", "media/public", "media/originals"):
        (data / name).mkdir(parents=True)
    (data / "static/a.css").write_text("a{}")
    (data / "media/originals/secret.jpg").write_text("secret")
    app = started(0)
    manual = re.search(r"```nginx\n(.*?)```", MANUAL.read_text(), re.DOTALL).group(1)
    site = manual.replace("/srv/broadsheet/data", str(data)).replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{app.server_port}")
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\nevents {{}}\n"
        f"http {{ access_log off;\n{temporary}{site} }}\n"
    )
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            break
        except OSError:
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.05)
    running = Running(port, Store(data / "store", "news.example"), app)
    yield running
    process.terminate()
    process.communicate()
    ended(running.app)
    shutil.rmtree(folder)


class Running:
    """A started nginx with a store."""

    def __init__(self, port, store, app):
        self.port, self.store, self.app = port, store, app
        for path in ("/", "/news/", "/ferry.html", "/أخبار/"):
            store.put(path, Page(BODY + path.encode(), "html", {"Content-Type": "text/html; charset=utf-8"}))
        store.put("/feed/", Page(b"<rss>" + BODY, "rss", {"Content-Type": "application/rss+xml; charset=utf-8"}))

    def ask(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": "news.example", **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("path", "address"), [("/", "/"), ("/news/", "/news/"), ("/ferry.html", "/ferry.html"), ("/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/", "/أخبار/")]
)
def test_stored_pages_come_from_the_files(nginx, path, address):
    status, headers, body = nginx.ask(path)
    assert (status, body) == (200, BODY + address.encode())
    assert headers["Content-Type"] == "text/html; charset=utf-8" and "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"].startswith("public, max-age=0") and headers["ETag"]


def test_compressed_as_they_lie_there(nginx):
    _status, headers, body = nginx.ask("/news/", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip" and headers["Vary"] == "Accept-Encoding" and gzip.decompress(body) == BODY + b"/news/"
    assert body == Path(nginx.store.stem("/news/") + "@.html.gz").read_bytes()


def test_a_feed_has_its_type(nginx):
    assert nginx.ask("/feed/")[1]["Content-Type"] == "application/rss+xml; charset=utf-8"


def test_who_has_it_is_not_given_it_again(nginx):
    tag = nginx.ask("/news/")[1]["ETag"]
    assert nginx.ask("/news/", If_None_Match=tag)[0] == 304


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/news/?before=1", {}), ("/news/", {"Cookie": "a=1; sessionid=abc"}), ("/news/", {"Authorization": "Basic x"}),
        ("/news/", {"method": "POST"}), ("/other/", {}), ("/news", {}), ("/News/", {}), ("//news/", {}), ("/news//", {}), ("/news/@.html", {}),
        ("/news/@.head", {}), ("/desk/", {}), ("/news/%40.html", {}), ("/news%2f", {}),
    ],
)  # fmt: skip
def test_the_rest_comes_from_the_app(nginx, path, more):
    body = nginx.ask(path, **more)[2]
    # An encoded slash is one to nginx, as it is to the app.
    assert body.startswith(b"from the app") or path == "/news%2f"


@pytest.mark.parametrize("path", ["/static/../media/originals/secret.jpg", "/static..%2fmedia/originals/secret.jpg", "/media/../originals/secret.jpg", "/media..%2foriginals/secret.jpg",
                                  "/../../originals/secret.jpg", "/%2e%2e/%2e%2e/media/originals/secret.jpg", "/media/%2e%2e/originals/secret.jpg", "/static%00/a.css"])  # fmt: skip
def test_nothing_outside_is_reached(nginx, path):
    assert b"secret" not in nginx.ask(path)[2].replace(path.encode(), b"")


def test_a_dropped_page_is_gone_at_once(nginx):
    nginx.store.put("/gone/", Page(BODY, "html", {}))
    assert nginx.ask("/gone/")[2] == BODY
    nginx.store.drop("/gone/")
    assert nginx.ask("/gone/")[2].startswith(b"from the app")


def test_the_log_of_the_record_comes_from_its_files(nginx):
    place = nginx.store.folder.parents[1] / "record"
    for name, content in (
        ("checkpoint", b"signed"),
        ("keys", b"a+b+c"),
        ("tile/0/000.p/7", bytes(7)),
        ("tile/entries/x001/234", bytes(99)),
        ("2/checkpoint", b"two"),
    ):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    (place / "tile/entries/x001/234.gz").write_bytes(gzip.compress(bytes(99)))
    status, headers, body = nginx.ask("/record/checkpoint")
    assert (status, body, headers["Content-Type"]) == (200, b"signed", "text/plain; charset=utf-8") and "max-age=1," in headers[
        "Cache-Control"
    ]
    assert nginx.ask("/record/2/checkpoint")[2] == b"two" and nginx.ask("/record/keys")[2] == b"a+b+c"
    status, headers, body = nginx.ask("/record/tile/0/000.p/7")
    assert (body, headers["Content-Type"]) == (bytes(7), "application/octet-stream") and "immutable" in headers["Cache-Control"]
    small = nginx.ask("/record/tile/entries/x001/234", Accept_Encoding="gzip")
    assert small[1]["Content-Encoding"] == "gzip" and gzip.decompress(small[2]) == nginx.ask("/record/tile/entries/x001/234")[2] == bytes(
        99
    )
    # What it was, what is not there, and the page for people are not files.
    for path in (
        "/record/tile/0/000.p/3",
        "/record/tile/0/000",
        "/record/",
        "/record/key.1",
        "/record/.checkpoint",
        "/record/tile/0/.000",
        "/record/of/news/ferry/",
        "/record/verify.py",
    ):
        assert nginx.ask(path)[2].startswith(b"from the app"), path
    ended(nginx.app)
    try:
        assert nginx.ask("/record/checkpoint")[2] == b"signed"
    finally:
        nginx.app = started(nginx.app.server_port)


def test_readers_survive_us(nginx):
    ended(nginx.app)
    try:
        status, headers, body = nginx.ask("/other/")
        assert status == 503 and headers["Retry-After"] == "30" and b"try again" in body and headers["Cache-Control"] == "no-store"
        assert nginx.ask("/news/")[0] == 200
    finally:
        nginx.app = started(nginx.app.server_port)
