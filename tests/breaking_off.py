"""Work done in a process of its own, broken off at a chosen moment, and what readers get afterwards.

The process says when it enters a phase; whoever breaks it off waits for that and then for a while. `cut` is a power cut:
what the process had not made sure of with fsync is gone, or is an empty file. Of the database it is as SQLite promises.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import random
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image as Pillow

Work = Callable[["Announce"], int]
Announce = Callable[[str], None]
"""Told the name of each phase that begins."""


@dataclass
class Run:
    """How a run went."""

    status: int
    """Exit status, negative for a signal."""
    phases: list[tuple[str, float]] = field(default_factory=list)
    """Names, and when they began, in seconds."""
    seconds: float = 0.0
    broken_off: bool = False

    @property
    def last(self) -> str:
        """The phase it ended in."""
        return self.phases[-1][0] if self.phases else "start"

    def lengths(self) -> dict[str, float]:
        """How long each phase took, in seconds."""
        ends = [*(at for _name, at in self.phases[1:]), self.seconds]
        return {name: end - at for (name, at), end in zip(self.phases, ends, strict=True)}


def apart(work: Callable[[], int]) -> int:
    """Do something in a process of its own; its exit status, negative for a signal."""
    return run(lambda announce: work()).status


def run(work: Work, *, phase: str = "", delay: float = 0.0, strike: Callable[[int], None] | None = None) -> Run:
    """Do something in a process of its own; `strike` is called with its id when it has been in a phase for `delay` seconds."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _do(work, lambda name: os.write(theirs, f"{name}\n".encode()) and None)
    os.close(theirs)
    begun = time.monotonic()
    done, due = Run(0), None if phase or strike is None else begun + delay
    with open(ours, "rb", buffering=0) as told:
        while True:
            ready, _, _ = select.select([told], [], [], None if due is None else max(0.0, due - time.monotonic()))
            if not ready:
                due = None
                done.broken_off = True
                assert strike
                strike(pid)
                continue
            heard = told.read(4096)
            if not heard:
                break
            for name in heard.decode().split():
                done.phases.append((name, time.monotonic() - begun))
                if name == phase and strike and not done.broken_off:
                    due = time.monotonic() + delay
    done.status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    done.seconds = time.monotonic() - begun
    return done


def _do(work: Work, announce: Announce) -> None:
    status = 70
    try:
        status = work(announce)
    except KeyboardInterrupt:
        status = 130
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def kill(pid: int) -> None:
    """`kill -9`."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def interrupt(pid: int) -> None:
    """Ctrl-C."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)


def kill_helpers(pid: int) -> None:
    """`kill -9` of every process that a process has started, not of itself."""
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            kill(int(child))


@contextmanager
def announced(announce: Announce, places: Mapping[str, tuple[Any, str]]) -> Iterator[None]:
    """Say so when one of these functions, each with its owner and name, is called for the first time."""
    said = set()

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if name not in said:
                said.add(name)
                announce(name)
            return real(*args, **kwargs)

        return call

    with ExitStack() as patches:
        for name, (owner, attribute) in places.items():
            patches.enter_context(mock.patch.object(owner, attribute, wrapped(name, getattr(owner, attribute))))
        yield


class Place:
    """One data folder, set back before every trial."""

    def __init__(self, data: Path) -> None:
        self.data, self.original, self.synced = data, data.parent / "before", data.parent / "synced"
        shutil.copytree(data, self.original)
        self.there: set[Path] = set()

    def look(self) -> None:
        """What is there now was there long before a power cut that comes."""
        self.there = set(self.data.rglob("*"))

    def set_back(self) -> None:
        """The data folder as it was at first."""
        shutil.rmtree(self.data)
        shutil.copytree(self.original, self.data)

    @contextmanager
    def noting_what_is_synced(self) -> Iterator[None]:
        """For `cut`: write down every file and folder that this process makes sure of."""
        real = os.fsync

        def fsync(opened: Any) -> None:
            real(opened)
            number = opened if isinstance(opened, int) else opened.fileno()
            path, about = os.readlink(f"/proc/self/fd/{number}"), os.fstat(number)
            names = sorted(os.listdir(path)) if os.path.isdir(path) else None
            with self.synced.open("a") as out:
                out.write(json.dumps([path, about.st_ino, about.st_mtime_ns, names]) + "\n")

        with mock.patch.object(os, "fsync", fsync):
            yield

    def cut(self, chance: random.Random) -> int:
        """Take away what the process that has just died had not made sure of; how many files that were."""
        whole, folders = set(), {}
        for line in self.synced.read_text().splitlines() if self.synced.exists() else ():
            path, inode, written, names = json.loads(line)
            if names is None:
                whole.add((inode, written))
            else:
                folders[path] = set(names)
        self.synced.unlink(missing_ok=True)
        gone = 0
        for path in sorted(p for p in self.data.rglob("*") if p.is_file() and ".sqlite3" not in p.name):
            if path in self.there:
                continue
            about, above = path.stat(), [one for one in path.parents if one.is_relative_to(self.data)]
            named = all(one.name in folders.get(str(one.parent), ()) for one in (path, *above[:-1]) if one not in self.there)
            if named and (about.st_ino, about.st_mtime_ns) in whole:
                continue
            gone += 1
            if chance.random() < 0.5:
                path.write_bytes(b"")
            else:
                path.unlink()
        return gone

    @contextmanager
    def on_a_disk(self, size: int) -> Iterator[Callable[[], None]]:
        """The data folder on a file system of so many bytes; what is given makes it large. Raises PermissionError where none can be mounted."""
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", self.data], capture_output=True, check=False).returncode:
            raise PermissionError("may not mount a file system")
        try:
            shutil.copytree(self.original, self.data, dirs_exist_ok=True)
            yield lambda: subprocess.run(["mount", "-o", "remount,size=256m", self.data], check=True) and None
        finally:
            subprocess.run(["umount", "-l", self.data], check=True)

    def size(self) -> int:
        """Bytes that the data folder takes on a disk."""
        return sum(path.stat().st_blocks * 512 for path in (self.data, *self.data.rglob("*")))

    def outcome(self) -> dict[str, str]:
        """What readers get at every public address, as digests; from the database, that it is sound."""
        path = self.data.parent / "outcome.json"
        if apart(lambda: path.write_text(json.dumps(public())) and 0):
            raise SystemExit("the pages could not be read")
        return dict(json.loads(path.read_text()))


def is_sound(data: Path) -> str:
    """What SQLite finds when it looks its file through: `ok`."""
    with closing(sqlite3.connect(data / "broadsheet.sqlite3")) as database:
        return str(database.execute("PRAGMA integrity_check").fetchone()[0])


def public() -> dict[str, str]:
    """Every public address with a digest of its answer, the pictures that pages show among them."""
    from django.conf import settings
    from django.test import Client

    from broadsheet.stories.models import Listing, Section, StaticPage, Story
    from tests.importing.public_bytes import addresses

    paths = set(addresses())
    for model in (Story, StaticPage, Section):
        paths.update(page.url_path.removeprefix("/front") for page in model.objects.all())
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    found, files = {}, set()
    # Pages say how late it is.
    with mock.patch("django.utils.timezone.now", return_value=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)):
        for path in sorted(paths):
            answer = client.get(path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            # The index of the sitemaps says when lists were written here, a page that is gone when it was taken down, a story's changes
            # when it came in and was changed.
            content = re.sub(
                rb"<lastmod>[^<]*</lastmod></sitemap>|<p>Removed <time.*?</time>|(?<=[a-z\)], )<time datetime=.*?</time></h2>", b"", content
            )
            found[path] = f"{answer.status_code} {answer.headers.get('Location', '')} {hashlib.sha256(content).hexdigest()}"
            files.update(re.findall(rb"/media/(?!originals)[\w./~-]+\.\w+|/documents/\d+/[\w.-]+", content))
    for name in sorted(one.decode() for one in files):
        file = Path(settings.MEDIA_ROOT) / name.removeprefix("/media/")
        if name.startswith("/documents/"):
            answer = client.get(name)
            found[name] = f"{answer.status_code} {answer.headers.get('Location', '')}"
        else:
            found[name] = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
    found["lists"] = str(sorted(Listing.objects.values_list("list_key", "published", "story__permalink")))
    return found


def set_up_django(data: Path) -> None:
    """Settings for a data folder; the database is not opened, so that processes can be split off."""
    import warnings

    os.environ.update(BROADSHEET_DATA=str(data), DJANGO_SETTINGS_MODULE="broadsheet.settings")
    os.environ.pop("BROADSHEET_DATABASE_URL", None)
    import django

    warnings.filterwarnings("ignore", "No directory at")
    django.setup()


def warm_up() -> None:
    """Load what every trial would load anew in its own process; the database is not asked for anything."""
    from django.template.loader import get_template
    from django.urls import resolve

    import broadsheet
    from broadsheet.importing import commands  # noqa: F401

    resolve("/nowhere/")
    templates = Path(broadsheet.__file__).parent / "theme" / "templates"
    for path in templates.rglob("*.html"):
        get_template(str(path.relative_to(templates)))
    Pillow.init()


def fill(data: Path, database: Path | None) -> None:
    """An empty database with all tables, copied from one that is ready where there is one."""
    from broadsheet.ops.up import make_data_folder

    make_data_folder(data)
    if database:
        shutil.copyfile(database, data / "broadsheet.sqlite3")
        return
    from django.core.management import call_command

    apart(lambda: call_command("migrate", verbosity=0, interactive=False) or 0)
