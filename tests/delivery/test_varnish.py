"""The configuration of the manual, in a real Varnish, told as the outbox tells it."""

from __future__ import annotations

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

from broadsheet.delivery.caches import LONGER, NotTold, Varnish

MANUAL = Path(__file__).resolve().parents[2] / "docs/operating/caches.md"
VARNISH = shutil.which("varnishd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(not VARNISH, reason="no Varnish: apt-get install varnish")
HOST = "news.example"


class App(BaseHTTPRequestHandler):
    """Stands for Broadsheet: how often it was asked is in every answer."""

    def do_GET(self):
        self.server.asked += 1
        body = f"{self.server.asked} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, no-cache" if self.path.startswith("/search/") else LONGER)
        self.send_header("Surrogate-Key", "story:1")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


class Running:
    """Varnish before the app."""

    def __init__(self, port, app):
        self.port, self.app, self.backend = port, app, Varnish({"LOCATION": f"http://127.0.0.1:{port}"})

    def ask(self, path, method="GET", host=HOST, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.headers), body


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def varnish():
    app = ThreadingHTTPServer(("127.0.0.1", 0), App)
    app.asked = 0
    threading.Thread(target=app.serve_forever, daemon=True).start()
    folder, port = Path(tempfile.mkdtemp(prefix="broadsheet-varnish-")), free_port()
    folder.chmod(0o755)
    written = re.search(r"```vcl\n(.*?)```", MANUAL.read_text(), re.DOTALL).group(1)
    (folder / "site.vcl").write_text(written.replace('"8000"', f'"{app.server_port}"'))
    command = [VARNISH, "-F", "-n", str(folder / "work"), "-a", f"127.0.0.1:{port}", "-f", str(folder / "site.vcl"), "-s", "malloc,16m"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            break
        except OSError:
            assert process.poll() is None, process.stdout.read().decode()
            time.sleep(0.05)
    yield Running(port, app)
    process.terminate()
    process.communicate(timeout=20)
    app.shutdown()
    app.server_close()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_page_is_kept_until_it_is_told(varnish):
    first = varnish.ask("/a/")
    assert varnish.ask("/a/", Cookie="other=1")[2] == first[2]
    assert not {"Surrogate-Key", "X-Host"} & set(first[1])
    varnish.backend.purge_batch([f"http://{HOST}/a/"])
    assert varnish.ask("/a/")[2] != first[2]


def test_everything_of_a_host_and_of_no_other(varnish):
    ours, other = varnish.ask("/b/")[2], varnish.ask("/b/", host="other.example")[2]
    varnish.backend.purge_everything(HOST)
    assert varnish.ask("/b/")[2] != ours and varnish.ask("/b/", host="other.example")[2] == other


def test_what_is_one_readers_own_is_not_kept(varnish):
    for asked in (
        {"path": "/c/", "Cookie": "sessionid=abc"},
        {"path": "/c/", "Authorization": "Basic x"},
        {"path": "/c/", "method": "POST"},
        {"path": "/search/?q=a"},
    ):
        path = asked.pop("path")
        assert varnish.ask(path, **asked)[2] != varnish.ask(path, **asked)[2]


def test_who_is_not_ours_or_no_cache_is_a_reason(varnish):
    assert varnish.ask("/", "BREW")[0] != 200
    with pytest.raises(NotTold, match="answered 501"):
        Varnish({"LOCATION": f"http://127.0.0.1:{varnish.app.server_port}"}).purge_everything(HOST)
