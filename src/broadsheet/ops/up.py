"""`broadsheet up` and `broadsheet serve`: make what is missing, then run site and worker until told to stop."""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from broadsheet.conf import Options, options
from broadsheet.delivery.turnstile import THREADS
from broadsheet.durable import settle
from broadsheet.ops.cli import Stop

SUPERVISED = "BROADSHEET_IS_SUPERVISED"
"""Set for the processes of `broadsheet serve`: what the web server starts is to end with it, and lets go of the port."""
ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""glibc gives each thread an arena of its own, up to eight for each processor, and what one has freed no other gets: of Python's threads only one runs at a time."""
REPOSITORY = Path(__file__).resolve().parents[3]


def run(setup: Sequence[str] = ()) -> int:
    """Set up, `setup` being how, then serve; returns the exit status."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Stop(f"PORT is {port!r}: give a number from 1 to 65535")
    _require_free(host, int(port))
    make_data_folder(options.data_folder)
    os.environ["BROADSHEET_URL"] = address()
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: stopping.append(number))
    status = _set_up(stopping, setup)
    if stopping:
        print("\nbroadsheet: stopped; the next run goes on from here.", file=sys.stderr)
        return 0
    return status or _supervise(host, int(port), stopping)


def address() -> str:
    """Where the site is reached: as BROADSHEET_URL says, else at HOST and PORT."""
    return Options.from_environment().url


def make_data_folder(folder: Path) -> None:
    """The data folder with its parts; private, but for what a web server may read.

    Raises Stop when it cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        for name, mode in (("media", 0o711), ("media/public", 0o755), ("media/originals", 0o700), ("store", 0o755), ("static", 0o755)):
            (folder / name).mkdir(mode=mode, exist_ok=True)
        settle(folder.parent, folder, folder / "media")
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Stop(f"cannot write to the data folder {folder} ({error.strerror}): set BROADSHEET_DATA to a folder that is yours") from error


def _set_up(stopping: list[int], how: Sequence[str]) -> int:
    """Run the set-up in a process of its own, which reads the settings as they now are; returns its exit status."""
    child = Child("the set-up", [sys.executable, "-m", "broadsheet.ops.setup", *how])
    child.keep_running()
    try:
        while child.running() and not stopping:
            time.sleep(0.1)
    finally:
        child.stop()
    return child.process.returncode if child.process is not None else 0


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(f"port {port} on {host} cannot be used ({error.strerror}): stop what uses it or set PORT to another") from error


def end_with_parent(by: int = signal.SIGTERM) -> None:
    """From now on this process gets a signal when its parent ends: one that is killed outright cannot end its children."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, by)  # PR_SET_PDEATHSIG, see prctl(2)


class Child:
    """A process that is started again when it dies, with growing pauses."""

    def __init__(self, name: str, command: list[str], *, left_alone: int = signal.SIGTERM) -> None:
        self.name, self.command, self.left_alone = name, command, left_alone
        self.pause, self.due, self.started = 1.0, 0.0, 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def keep_running(self) -> None:
        """Start it if it is not there and its pause is over."""
        now = time.monotonic()
        if self.running():
            return
        if self.process is not None:
            self.pause = 1.0 if now - self.started > 60 else self.pause
            status = self.process.returncode
            print(f"broadsheet: {self.name} ended with status {status}; starting it again in {self.pause:.0f} s", file=sys.stderr)
            self.due, self.process = now + self.pause, None
            self.pause = min(self.pause * 2, 60.0)
        if now >= self.due:
            # A session of its own: Ctrl-C reaches the supervisor, which ends its children in order.
            self.process = subprocess.Popen(  # noqa: S603
                self.command, start_new_session=True, preexec_fn=lambda: end_with_parent(self.left_alone), env={**ARENAS, **os.environ, SUPERVISED: "1"}
            )  # fmt: skip
            self.started = now

    def stop(self) -> None:
        """End it and wait; after ten seconds by force."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _supervise(host: str, port: int, stopping: list[int]) -> int:
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1",
        "--blocking-threads", str(THREADS), "--respawn-failed-workers", "--log-level", "error", "broadsheet.wsgi:application",
    ]  # fmt: skip
    # Asked to end, the web server waits for its own child, which without a supervisor nobody would end after all.
    children = [Child("the site", web, left_alone=signal.SIGKILL), Child("the worker", [sys.executable, "-m", "broadsheet", "worker"])]
    announced = False
    try:
        while not stopping:
            for child in children:
                child.keep_running()
            if not announced and _answers(host, port):
                announced = True
                print("  Running. Ctrl-C ends it.\n", flush=True)
            time.sleep(0.2)
    finally:
        for child in children:
            child.stop()
    return 0


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection(({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port), timeout=1):  # noqa: S104 - not bound
            return True
    except OSError:
        return False


def new_password() -> str:
    """Five groups that can be typed from a screen."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(5))
