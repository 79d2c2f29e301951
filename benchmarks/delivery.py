"""How many finished pages a second are given out: by nginx from a plain file, by nginx from our store, by `broadsheet serve` alone.

    python benchmarks/delivery.py [--seconds 5] [--connections 32]

The server has one processor and wrk, which asks, the other; each is warmed up, then all take turns, three times, and the middle one counts. nginx on
a plain precompressed file is 1.00. Goals: nginx on our store at least 0.95, `broadsheet serve` at least 0.45; and while eight readers at once wait
for pages that take half a second of the processor each, hits within 20 ms at the 99th percentile. Needs nginx and wrk (Debian's packages).
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
STORY = "/section-0/long-story/"
SERVER, ASKER = ("taskset", "-c", "0"), ("taskset", "-c", "1")
GOALS = {"nginx, our store": 0.95, "broadsheet serve": 0.45}
SLOW, HIT = 0.5, 20.0


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until somebody answers there."""
    for _ in range(4000):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        if process.poll() is not None:
            raise SystemExit(f"{process.args} ended with {process.returncode}")
        time.sleep(0.05)
    raise SystemExit(f"nothing answers at port {port}")


@contextlib.contextmanager
def running(command: list[str], port: int, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server on its own processor."""
    process = subprocess.Popen([*SERVER, *command], env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **more})
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def make(folder: str) -> None:
    """A publication of a hundred stories, and one whose page is 40 KB, 12 KB compressed."""
    from benchmarks.pages import Archive, prepare

    prepare(folder)
    archive = Archive(plain=False)
    archive.grow(100)
    from broadsheet.stories.models import Section, Story

    letters, chance = "etaoinshrdlucmfwypvbgkjqxz", random.Random(3)
    words = ["".join(chance.choices(letters, weights=range(26, 0, -1), k=chance.randint(2, 9))) for _ in range(1500)]
    body = "".join(f"<p>{' '.join(chance.choice(words) for _ in range(75)).capitalize()}.</p>" for _ in range(42))
    story = Story(title="A long story about the harbour", slug="long-story", body=[("text", body)], live=False)
    Section.objects.get(pk=archive.sections[0].pk).add_child(instance=story)
    story.save_revision().publish()


def asked(port: int, path: str, connections: int, seconds: float) -> tuple[float, float]:
    """(answers a second, milliseconds at the 99th percentile) of wrk; every answer must be 200."""
    command = [*ASKER, "wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--latency", "-H", "Accept-Encoding: gzip"]
    told = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(told)
    slow, rate = re.search(r"99%\s+([\d.]+)(us|ms|s)", told), re.search(r"Requests/sec:\s+([\d.]+)", told)
    if slow is None or rate is None:
        raise SystemExit(told)
    return float(rate[1]), float(slow[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[slow[2]]


def got(port: int, path: str) -> tuple[int, int, str]:
    """(status, bytes, encoding) of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, len(body), answer.headers.get("Content-Encoding", "")


def nginx_sites(data: str, plain: str, ports: tuple[int, int], behind: int) -> str:
    """The manual's configuration, and beside it a server that knows nothing but precompressed files."""
    manual = re.search(r"```nginx\n(.*?)```", (ROOT / "docs/operating/nginx.md").read_text(), re.DOTALL)
    ours = manual[1] if manual else ""
    ours = (
        ours.replace("/srv/broadsheet/data", data)
        .replace("listen 80;", f"listen 127.0.0.1:{ports[1]};")
        .replace("server_name news.example;", "")
    )
    ours = ours.replace("pages/news.example", f"pages/127.0.0.1_{behind}").replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    return f"server {{ listen 127.0.0.1:{ports[0]}; root {plain}; gzip_static on;  }}\n{ours}"


@contextlib.contextmanager
def nginx(folder: Path, sites: str, port: int) -> Iterator[None]:
    """nginx with one process."""
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\nevents {{}}\n"
        f"http {{ access_log off; sendfile on; keepalive_requests 1000000;\n{temporary}{sites} }}\n"
    )
    where = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    with running([str(where), "-p", str(folder), "-c", str(folder / "nginx.conf")], port):
        yield


def beside_slow_ones(port: int, seconds: float) -> float:
    """Milliseconds at the 99th percentile of hits at 32 connections, eight readers at once waiting for pages that are not stored."""
    ended = threading.Event()
    answered: list[int] = []

    def read() -> None:
        while not ended.is_set():
            answered.append(got(port, f"/slow/{len(answered)}/?miss")[0])

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    _rate, slowest = asked(port, STORY, 32, seconds)
    ended.set()
    for reader in readers:
        reader.join()
    if set(answered) != {200}:
        raise SystemExit(f"slow pages answered {sorted(set(answered))}")
    return slowest


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--make", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.make:
        make(args.make)
        return
    for tool in ("nginx", "wrk"):
        if not shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin"):
            raise SystemExit(f"{tool} is missing: apt-get install {tool}")
    with tempfile.TemporaryDirectory() as place:
        folder, data, plain = Path(place), f"{place}/data", Path(place) / "plain"
        folder.chmod(0o755)
        plain.mkdir(mode=0o755)
        Path(data).mkdir(mode=0o711)
        serve, slow, ports = free_port(), free_port(), (free_port(), free_port())
        environment = {
            "BROADSHEET_DATA": data,
            "BROADSHEET_URL": f"http://127.0.0.1:{serve}",
            "PORT": str(serve),
            "DJANGO_SETTINGS_MODULE": "broadsheet.settings",
        }
        os.environ.update(environment)
        subprocess.run([sys.executable, __file__, "--make", data], check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
        with running([sys.executable, "-m", "broadsheet", "up", "--empty"], serve):
            status, size, encoding = got(serve, STORY)
            if (status, encoding) != (200, "gzip"):
                raise SystemExit(f"{STORY} answered {status}, encoding {encoding!r}")
            stored = Path(data) / "store/pages" / f"127.0.0.1_{serve}" / STORY.strip("/")
            (plain / "index.html").write_bytes((stored / "@.html").read_bytes())
            (plain / "index.html.gz").write_bytes((stored / "@.html.gz").read_bytes())
            print(
                f"a story of {(stored / '@.html').stat().st_size / 1000:.1f} KB, {size / 1000:.1f} KB compressed; {args.connections} connections; load {os.getloadavg()[0]:.1f}"
            )
            with nginx(folder, nginx_sites(data, str(plain), ports, serve), ports[0]):
                kinds = {
                    "nginx, plain file": (ports[0], "/index.html"), "nginx, our store": (ports[1], STORY), "broadsheet serve": (serve, STORY),
                    "nginx, static file of ours": (ports[1], static_file(data)), "Django, not stored": (serve, f"{STORY}?miss"),
                }  # fmt: skip
                rates: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
                for port, path in kinds.values():
                    asked(port, path, args.connections, min(1, args.seconds))
                for _ in range(3):
                    for kind, (port, path) in kinds.items():
                        rates[kind].append(asked(port, path, args.connections, args.seconds))
        base = statistics.median(rate for rate, _p99 in rates["nginx, plain file"])
        for kind, taken in rates.items():
            rate, slowest = statistics.median(rate for rate, _p99 in taken), statistics.median(p99 for _rate, p99 in taken)
            goal = f"  (goal ≥ {GOALS[kind]})" if kind in GOALS else ""
            print(f"{kind:28} {rate:>9,.0f}/s  p99 {slowest:>7.2f} ms  ratio {rate / base:.3f}{goal}")
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(slow), "--workers", "1"]
        from broadsheet.delivery.turnstile import THREADS

        with running([*web, "--blocking-threads", str(THREADS), "--log-level", "error", "benchmarks.slow:application"], slow):
            got(slow, STORY)
            print(
                f"hits beside eight misses of {SLOW} s of the processor each: p99 {beside_slow_ones(slow, args.seconds):.1f} ms  (goal ≤ {HIT:g})"
            )


def static_file(data: str) -> str:
    """A file that has nothing to do with pages, to compare with."""
    return "/static/" + next(
        path.relative_to(Path(data) / "static").as_posix() for path in sorted((Path(data) / "static/broadsheet/js").glob("*.js"))
    )


if __name__ == "__main__":
    main()
