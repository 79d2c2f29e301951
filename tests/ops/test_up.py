"""`broadsheet up`, really started: in a folder and on a port of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("BROADSHEET_")}
    return {**kept, "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1", "BROADSHEET_DATA": str(data), **more}


def broadsheet(*arguments, **more):
    """Run a command to its end."""
    command = [sys.executable, "-m", "broadsheet", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **more)


class Running:
    """A started `broadsheet up --empty`, with what it has printed so far."""

    def __init__(self, data, log):
        self.port, self.log = free_port(), log
        with log.open("w") as out:
            command = [sys.executable, "-m", "broadsheet", "up", "--empty"]
            env = environment(data, PORT=str(self.port))
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env, start_new_session=True)

    def wait_for(self, text, seconds=150):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if text in self.log.read_text():
                return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"{text!r} did not appear:\n{self.log.read_text()}")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()

    def children(self):
        """The ids of all processes below this one."""
        found, todo = [], [self.process.pid]
        while todo:
            out = subprocess.run(["ps", "-o", "pid=", "--ppid", str(todo.pop())], capture_output=True, text=True, check=False).stdout
            below = [int(pid) for pid in out.split()]
            found += below
            todo += below
        return found

    def end(self, number):
        """Send a signal; returns the exit status."""
        self.process.send_signal(number)
        return self.process.wait(30)


def gone(pids, seconds=15):
    """True when none of these processes is there any more."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text() for pid in pids):
            return True
        time.sleep(0.1)
    return False


def answers(running, seconds=60):
    """Wait until the site does."""
    end = time.monotonic() + seconds
    while True:
        try:
            return running.get("/robots.txt")[0] == 200
        except OSError:
            assert time.monotonic() < end, running.log.read_text()
            time.sleep(0.2)


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Starts `up` in a data folder; whatever still runs at the end is ended."""
    started = []

    def begin(data):
        running = Running(data, tmp_path_factory.mktemp("log") / "log")
        started.append(running)
        return running

    yield begin
    for running in started:
        if running.process.poll() is None:
            running.end(signal.SIGTERM)


linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to look for processes left behind")


@linux
def test_from_nothing_to_a_site_and_back(start, tmp_path):
    """One test, since setting up is what takes its time: first run, interrupted; second; third; killed."""
    data = tmp_path / "data"
    first = start(data)
    first.wait_for("Preparing the database")
    assert first.end(signal.SIGINT) == 0
    assert "goes on from here" in first.log.read_text() and "Traceback" not in first.log.read_text()

    second = start(data)
    second.wait_for("Running.")
    text = second.log.read_text()
    assert f"http://127.0.0.1:{second.port}/desk/" in text
    assert re.search(r"Login  editor  \w{4}(-\w{4}){4} ", text)
    assert second.get("/")[0] == 200
    status, _headers, page = second.get("/desk/login/")
    assert status == 200
    script = re.search(r'/static/[^"]+\.[0-9a-f]{12}\.js', page)
    assert script and "immutable" in second.get(script[0])[1]["Cache-Control"]
    for private in (data / "broadsheet.sqlite3", data / "secret_key"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    done = broadsheet("check", env=environment(data))
    assert done.returncode == 0, done.stdout
    link = broadsheet("desk-login", env=environment(data, BROADSHEET_URL=f"http://127.0.0.1:{second.port}")).stdout.strip()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    assert opener.open(link, timeout=30).url.endswith("/desk/")
    busy = broadsheet("up", env=environment(tmp_path / "other", PORT=str(second.port)))
    assert busy.returncode == 1 and "set PORT" in busy.stderr and busy.stderr.count("\n") == 1
    children = second.children()
    assert len(children) >= 2
    assert second.end(signal.SIGINT) == 0
    assert gone(children) and "Traceback" not in second.log.read_text()

    began = time.monotonic()
    third = start(data)
    third.wait_for("Running.", 60)
    assert "Login" not in third.log.read_text() and "Preparing" not in third.log.read_text()
    assert time.monotonic() - began < 45

    def web_server():
        """Its two processes, the one that was started first."""
        commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in third.children()}
        return [pid for pid, command in commands.items() if b"granian" in command]

    # Killed, it leaves nothing behind that would go on answering at the port, and comes back.
    server = web_server()
    os.kill(server[0], signal.SIGKILL)
    assert len(server) == 2 and gone(server)
    answers(third)
    os.kill(web_server()[1], signal.SIGKILL)
    answers(third)
    children = third.children()
    assert len(children) >= 3
    third.end(signal.SIGKILL)
    assert gone(children)


def test_a_data_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / "file").write_text("")
    done = broadsheet("up", env=environment(tmp_path / "file/data", PORT=str(free_port())))
    assert done.returncode == 1 and "BROADSHEET_DATA" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("PORT", "eighty", "PORT"),
        ("BROADSHEET_URL", "news.example", "BROADSHEET_URL"),
        ("BROADSHEET_DATABASE_URL", "mysql://x/y", "postgres://"),
    ],
)
def test_an_option_that_cannot_be_used_is_one_line(tmp_path, variable, value, named):
    for command in ("up", "check"):
        if (variable, command) == ("PORT", "check"):
            continue
        done = broadsheet(command, env=environment(tmp_path / "data", **{"PORT": str(free_port()), variable: value}))
        assert done.returncode == 1 and named in done.stderr, done.stderr
        assert done.stderr.count("\n") == 1, done.stderr


def test_check_says_what_is_missing(tmp_path):
    done = broadsheet("check", env=environment(tmp_path / "nothing"))
    assert done.returncode == 1
    assert "run broadsheet up" in done.stdout and "Traceback" not in done.stderr


def test_help_and_version():
    assert "desk-login" in broadsheet("--help", env=environment("data")).stdout
    from broadsheet import __version__

    assert broadsheet("version", env=environment("data")).stdout.strip() == __version__


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed: apt-get install make")
@pytest.mark.parametrize(
    ("pretence", "says"),
    [
        ("sys.version_info, sys.version = (3, 10, 1), '3.10.1 (main)'", "this is 3.10.1. Run: make up PYTHON="),
        ("sys.modules['ensurepip'] = None", "apt-get install python3-venv"),
    ],
)
def test_make_up_says_what_the_python_lacks(tmp_path, pretence, says):
    python = tmp_path / "python3"
    # Python that runs what it is given, after pretending to be an older or a poorer one.
    python.write_text(f"""#!/bin/sh\nexec '{sys.executable}' -c "import sys; {pretence}; exec(sys.argv[1])" "$2"\n""")
    python.chmod(0o755)
    command = ["make", "-s", "up", f"PYTHON={python}", f"VENV={tmp_path / 'venv'}"]
    done = subprocess.run(command, cwd=SOURCE.parent, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() + done.stdout.splitlines() if not line.startswith("make")]
    assert done.returncode and len(said) == 1 and says in said[0], (done.stdout, done.stderr)
